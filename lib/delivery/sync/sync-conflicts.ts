import type { OwnFindingInput } from '../../findings/finding';
import type { ClusterProps } from '../cluster';

/** What is wrong with the `sync` of a Cluster: its kind, or that other props say something else of the source. */
export function syncConflicts({ sync, sourceRef, bootstrap }: ClusterProps): OwnFindingInput[] {
  if (!sync) return [];
  if (sync.kind !== 'OCIRepository') {
    const message = `got ${JSON.stringify(sync.kind) ?? 'undefined'}; must be "OCIRepository"`;
    const hint = "for example sync: { kind: 'OCIRepository', url: 'oci://ghcr.io/myorg/fleet' }";
    return [{ code: 'argument-invalid', field: 'sync.kind', message, hint }];
  }
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
