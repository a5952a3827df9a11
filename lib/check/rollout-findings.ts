import { finding, type Finding } from '../findings/finding';
import { checkRings } from '../rollout/check-rings';
import { describeFleet } from '../rollout/describe-fleet';
import type { FleetFacts, RolloutFiles } from '../rollout/fleet-file';
import { isFleetFile, parseFleet } from '../rollout/parse-fleet';
import { parsePins } from '../rollout/parse-pins';
import { Pins } from '../rollout/pins';
import type { Tree } from '../tree/tree';

/**
 * What is wrong with the pins of a fleet, and what is suspended in it. Without a file that synth wrote of a fleet, a
 * file of that name is another tool's.
 */
export function rolloutFindings(tree: Tree, { pins: file, fleet: places }: RolloutFiles): Finding[] {
  const place = places.find((path) => tree.get(path) !== undefined);
  const text = place === undefined ? '' : (tree.get(place)?.bytes.toString('utf8') ?? '');
  const content = tree.get(file)?.bytes.toString('utf8');
  if (place === undefined || !isFleetFile(text)) return withoutFleet(content, file, places);
  const { fleet, problem } = parseFleet(text, place);
  if (problem) return [problem];
  const { pins, findings } =
    content === undefined ? { pins: Pins.none(file), findings: [] } : parsePins(content, file);
  const rings = fleet.rings.map(({ name }) => name);
  const missing = findings.length > 0 ? [] : missingPins(pins, fleet, place);
  return [...findings, ...missing, ...checkRings(pins, rings), ...describeFleet(pins, fleet)];
}

/**
 * If the file of the fleet is missing, nothing keeps pins in line with their rings. A file in another form belongs to
 * another tool.
 */
function withoutFleet(content: string | undefined, file: string, places: readonly string[]): Finding[] {
  if (content === undefined) return [];
  const { pins, findings } = parsePins(content, file);
  if (findings.length > 0 || pins.names.length === 0) return [];
  return [
    finding({
      code: 'fleet-missing',
      message: `${JSON.stringify(file)} has pins, but there is no fleet file from synth with their rings (${places.map((place) => JSON.stringify(place)).join(' or ')})`,
      hint: 'run npx cdk8s-flux synth, and commit the files that it writes; if there is no fleet, remove the pins',
      locations: [{ file }],
    }),
  ];
}

/** The pins that the code uses and that the file does not have, also if the file is missing or a link. */
function missingPins(pins: Pins, { components }: FleetFacts, place: string): Finding[] {
  const names = new Set(components.flatMap((component) => component.pins));
  return [...names]
    .filter((name) => pins.valuesOf(name) === undefined)
    .map((name) =>
      finding({
        code: 'pin-missing',
        message: `the fleet uses the pin ${JSON.stringify(name)} (see ${JSON.stringify(place)}), but ${JSON.stringify(pins.file)} has no entry for it, or is not a regular file`,
        hint: `add it to ${pins.file}, or remove it from the code and run npx cdk8s-flux synth`,
        locations: [{ file: place }],
      }),
    );
}
