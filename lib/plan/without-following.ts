import type { IConstruct } from 'constructs';
import type { Finding } from '../findings/finding';
import { asDirectory } from '../flux/directory';
import { isBelow } from '../tree/path';

/**
 * Findings without those of constructs that were made with stand-ins: what is wrong with these follows from arguments that
 * are reported already. Of a FluxApp or Cluster, only what is said of itself is left out: its contents are the author's.
 *
 * @param known - what is reported already
 */
export function withoutFollowing(
  findings: readonly Finding[],
  invalid: readonly IConstruct[],
  known: readonly Finding[],
): Finding[] {
  if (invalid.length === 0) return [...findings];
  const own = new Set(known);
  const paths = new Set(invalid.filter(asDirectory).map(({ node }) => node.path));
  const around = invalid.filter((construct) => !asDirectory(construct)).map(({ node }) => node.path);
  const follows = ({ locations: [first] }: Finding): boolean => {
    const path = first?.constructPath;
    return path !== undefined && (paths.has(path) || around.some((outer) => isBelow(path, outer)));
  };
  return findings.filter((found) => own.has(found) || !follows(found));
}
