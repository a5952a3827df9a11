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

/**
 * Refuses the name of a cluster that there is not.
 *
 * @throws FindingsError `cluster-unknown`
 */
export function refuseCluster(wanted: string, known: readonly string[], where: NamedCluster = {}): never {
  const names = known.map((name) => JSON.stringify(name)).join(', ');
  return fail({
    code: 'cluster-unknown',
    message: `unknown cluster ${JSON.stringify(wanted)}`,
    hint: names === '' ? 'there are no clusters' : `use one of ${names}`,
    ...where,
  });
}
