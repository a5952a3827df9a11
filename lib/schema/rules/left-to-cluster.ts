import { hasMark } from '../../kinds/apply-marks';

/** Whether Flux adds the object to one in the cluster, which may have the rest, or does not apply it. */
export function isLeftToCluster(metadata: unknown): boolean {
  return hasMark(metadata, 'ssa', 'Merge', 'Ignore') || hasMark(metadata, 'reconcile', 'disabled');
}
