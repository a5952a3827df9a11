import type { KustomizationBuild } from '../../graph/graph';
import { kustomizationFileNames } from '../../graph/sources/folder-listing';
import { once } from '../../plain/once';
import { listOf, mapOf } from '../../plain/plain-data';
import type { Tree } from '../../tree/tree';
import { objectsOf } from './used-files';

const known = once((_build: KustomizationBuild) => new WeakMap<Tree, boolean>());

/**
 * Whether a build has components or transformers of another repository, which may change any of its objects. Resources
 * of other repositories change none.
 */
export function hasRemoteChanges(tree: Tree, build: KustomizationBuild): boolean {
  const found = known(build).get(tree) ?? findRemoteChanges(tree, build);
  known(build).set(tree, found);
  return found;
}

function findRemoteChanges(tree: Tree, { reads, remotes }: KustomizationBuild): boolean {
  if (remotes.length === 0) return false;
  const files = reads.flatMap((folder) =>
    kustomizationFileNames.flatMap((name) => tree.get(folder === '' ? name : `${folder}/${name}`) ?? []),
  );
  return files.flatMap(objectsOf).some((object) => {
    const { components, transformers } = mapOf(object);
    return [...listOf(components), ...listOf(transformers)].some((entry) =>
      remotes.includes(entry as string),
    );
  });
}
