import type { OwnFindingInput } from '../../findings/finding';
import type { ClusterProps } from '../cluster';

/** The props of a Cluster that say something else of its source than `sync`. */
export function syncConflicts({ sync, sourceRef, bootstrap }: ClusterProps): OwnFindingInput[] {
  if (!sync) return [];
  const { repository, branch, readWriteKey, tokenAuth } = bootstrap ?? {};
  const forGit = Object.entries({ repository, branch, readWriteKey, tokenAuth }).filter(
    ([, value]) => value !== undefined,
  );
  const others = [
    ...(sourceRef === undefined ? [] : ['sourceRef']),
    ...forGit.map(([name]) => `bootstrap.${name}`),
  ];
  return others.map((field) => ({
    code: 'sync-conflict',
    field,
    message: `got both sync, which syncs the cluster from an artifact, and ${field}, which is for another source`,
    hint: `remove ${field}, or remove sync if the cluster is synced from Git`,
  }));
}
