import type { Graph } from '../../../graph/graph';
import { isFluxKustomization } from '../../../graph/kinds';
import { sourcePath } from '../../../graph/post-build/kustomization-change';
import { filesBelow } from '../../../graph/sources/files-below';
import { mapOf, textOf } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import type { Tree } from '../../../tree/tree';

/**
 * The folders that other clusters build: those of the Kustomizations that a cluster applies to them with `kubeConfig`, and
 * of those in these folders.
 */
export function remoteFolders(tree: Tree, { clusters }: Graph): ReadonlySet<string> {
  const builds = clusters.flatMap(({ nodes }) => nodes.flatMap(({ build }) => build ?? []));
  const applied = builds.flatMap(({ remoteCluster, inventory }) =>
    remoteCluster === undefined ? [] : inventory.map(({ object }) => object),
  );
  const folders = new Set(applied.flatMap(folderOf));
  // The set grows while it is walked.
  for (const folder of folders) {
    const inner = filesBelow(tree.files, folder).flatMap(({ documents }) => documents);
    for (const found of inner.flatMap(({ object }) => folderOf(object))) folders.add(found);
  }
  return folders;
}

function folderOf(object: ManifestObject): string[] {
  const path = isFluxKustomization(object) ? textOf(mapOf(object.spec).path) : undefined;
  // With a variable, any folder beside may be meant.
  const folder = sourcePath(path?.replace(/[^/]*\$\{[^]*/, ''));
  return folder === '' ? [] : [folder];
}
