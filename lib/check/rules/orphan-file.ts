import type { ClusterFacts } from '../facts/cluster-facts';
import { isArtifact } from '../../graph/entries/source-root';
import { pushesArtifacts } from '../../graph/entries/pushed-artifacts';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import type { Rule } from '../rule';
import { fluxNodeType } from '../../graph/kinds';
import { apiGroup, identityOf } from '../../tree/manifest';
import { directoryOf } from '../../tree/path';
import type { CheckContext } from '../check-context';
import { isCommentedOut } from '../facts/files/put-aside';
import { byTopFolder, unreadFiles, type UnreadFile } from '../facts/files/unread-files';
import { isForgotten } from '../facts/files/forgotten-files';

const REMOVE = 'remove what is no longer used, or allow it with a reason';

/** Manifests that no Kustomization reads. */
export const orphanFile: Rule = {
  code: 'orphan-file',
  *check(context) {
    // The contents of other kinds of sources are unknown, and may be these files.
    if (context.clusters.length === 0 || context.clusters.some(isFedOtherwise)) return;
    const forgotten = isForgotten(context);
    const isBroken = context.clusters.some(hasFailure);
    const orphans = unreadFiles(context).filter((unread) => !forgotten(unread));
    for (const [folder, [first, ...others]] of byTopFolder(orphans, context.graph)) {
      if (!first || isCommentedOut(context.tree, folder)) continue;
      const count = others.length === 0 ? 'manifest' : `${others.length + 1} manifests`;
      const [object] = first.file.documents;
      const mayBeCluster = isBesideEntry(context, folder) && [first, ...others].some(hasKustomization);
      yield {
        locations: [{ file: first.file.path, line: object?.line }],
        object: object && identityOf(object.object),
        message:
          folder === first.file.path
            ? 'no Kustomization reads this file'
            : `no Kustomization reads the folder ${JSON.stringify(folder)}, with its ${count}`,
        hint: mayBeCluster
          ? `if Flux starts from it in another cluster, add it to entries in cdk8s-flux.yaml; if not, ${REMOVE}`
          : isBroken
            ? `correct the errors first, because what Flux cannot build may read it; then ${REMOVE}`
            : REMOVE,
      };
    }
  },
};

/** Whether a folder lies beside an entry path, as the one of another cluster does. */
function isBesideEntry({ graph: { clusters } }: CheckContext, folder: string): boolean {
  return clusters.some(({ entry }) => entry.includes('/') && directoryOf(entry) === directoryOf(folder));
}

function hasKustomization({ file }: UnreadFile): boolean {
  return file.documents.some(
    ({ object }) => fluxNodeType(apiGroup(object.apiVersion), object.kind) === 'kustomization',
  );
}

/** Whether Flux cannot build a Kustomization of a cluster. */
function hasFailure({ kustomizations }: ClusterFacts): boolean {
  return kustomizations.some(({ build }) => build?.failure !== undefined);
}

/** Whether a cluster may get files of this repository in ways that the graph does not show. */
function isFedOtherwise(cluster: ClusterFacts): boolean {
  return (
    ['Kustomization', 'ExternalArtifact'].some((kind) => isMadeInCluster(cluster, kind)) ||
    cluster.kustomizations.some(({ build }) => build?.source === 'unknown') ||
    (usesOtherArtifacts(cluster) && pushesArtifacts(cluster.tree))
  );
}

/** Whether a cluster applies artifacts that are not created from the folder of the sync. */
function usesOtherArtifacts(cluster: ClusterFacts): boolean {
  return cluster.kustomizations.some(({ id, build }) => {
    if (build?.source !== 'outside') return false;
    return cluster
      .edgesFrom(id, 'source')
      .some(({ to }) => isArtifact(cluster.node(to)?.identity.kind ?? ''));
  });
}
