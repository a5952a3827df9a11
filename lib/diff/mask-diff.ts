import type { Masker } from '../mask/masker';
import type { Change, ClusterDiff, Diff } from './change';

/** A diff without the secrets of both sides, wherever a text could hold one. */
export function maskDiff(diff: Diff, maskers: readonly Masker[]): Diff {
  const mask = <T>(data: T): T => maskers.reduce((value, masker) => masker.data(value), data);
  const maskChange = (change: Change): Change => ({
    ...change,
    ...maskWords(change),
    fields: change.fields.map(({ path, ...values }) => ({ path, ...mask(values) })),
  });
  // A build may also have made names from secrets.
  const maskWords = ({ object, owner, formerOwner, message, hint, versions, alongWith }: Change) =>
    mask({ object, owner, formerOwner, message, hint, versions, alongWith });
  const maskCluster = (cluster: ClusterDiff): ClusterDiff => ({
    ...cluster,
    changes: cluster.changes.map(maskChange),
    impact: mask(cluster.impact),
  });
  return {
    ...diff,
    clusters: diff.clusters.map(maskCluster),
    policy: diff.policy.map(maskChange),
    uncompared: diff.uncompared.map((part) => ({
      ...part,
      ...mask({ object: part.object, detail: part.detail }),
    })),
  };
}
