import { didYouMean, nearestName } from '../findings/nearest-name';
import { fail } from '../findings/findings-error';
import type { FindingLocation } from '../findings/finding';

/** Where a cluster was named. */
export interface NamedCluster {
  /**
   * The field of a file that names it.
   *
   * @default - the command line names it
   */
  readonly field?: string;
  /**
   * The file that names it.
   *
   * @default - the command line names it
   */
  readonly locations?: readonly FindingLocation[];
}

function refuseCluster(wanted: string, known: readonly string[], where: NamedCluster = {}): never {
  const names = known.map((name) => JSON.stringify(name)).join(', ');
  const near = nearestName(wanted, known);
  const ways = near === undefined ? `use one of ${names}` : `${didYouMean(near)} the clusters are ${names}`;
  return fail({
    code: 'cluster-unknown',
    message: `unknown cluster ${JSON.stringify(wanted)}`,
    hint: names === '' ? 'the repository has no clusters' : ways,
    ...where,
  });
}

/**
 * Refuses the name of a cluster that there is not. Without a name, all clusters are meant.
 *
 * @throws FindingsError `cluster-unknown`
 */
export function checkCluster(
  wanted: string | undefined,
  known: readonly string[],
  where?: NamedCluster,
): void {
  if (wanted !== undefined && !known.includes(wanted)) refuseCluster(wanted, known, where);
}
