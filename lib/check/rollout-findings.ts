import type { Finding } from '../findings/finding';
import { checkRings } from '../rollout/check-rings';
import { describeFleet } from '../rollout/describe-fleet';
import type { RolloutFiles } from '../rollout/fleet-file';
import { isFleetFile, parseFleet } from '../rollout/parse-fleet';
import { parsePins } from '../rollout/parse-pins';
import type { Tree } from '../tree/tree';

/**
 * What is wrong with the pins of a fleet, and what is suspended in it. Without a file that synth wrote of a fleet, a
 * file of that name is another tool's.
 */
export function rolloutFindings(tree: Tree, { pins: file, fleet: places }: RolloutFiles): Finding[] {
  const place = places.find((path) => tree.get(path) !== undefined);
  const text = place === undefined ? '' : (tree.get(place)?.bytes.toString('utf8') ?? '');
  if (place === undefined || !isFleetFile(text)) return [];
  const { fleet, problem } = parseFleet(text, place);
  if (problem) return [problem];
  const content = tree.get(file)?.bytes.toString('utf8');
  if (content === undefined) return [];
  const { pins, findings } = parsePins(content, file);
  const rings = fleet.rings.map(({ name }) => name);
  return [...findings, ...checkRings(pins, rings), ...describeFleet(pins, fleet)];
}
