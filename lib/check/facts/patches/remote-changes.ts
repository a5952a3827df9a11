import type { KustomizationBuild } from '../../../graph/graph';
import { kustomizationFileNames } from '../../../graph/sources/folder-listing';
import { once } from '../../../plain/once';
import { listOf, mapOf } from '../../../plain/plain-data';
import { joinPath } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';
import { objectsOf } from '../../../tree/readable-documents';

/**
 * Whether a build has components or transformers of another repository, which may change any of its objects. Resources
 * of other repositories change none.
 */
export function hasRemoteChanges(tree: Tree, build: KustomizationBuild): boolean {
  return changesOf(tree)(build);
}

const changesOf = once((tree: Tree) =>
  once(({ reads, remotes }: KustomizationBuild): boolean => {
    if (remotes.length === 0) return false;
    const files = reads.flatMap((folder) =>
      kustomizationFileNames.flatMap((name) => tree.get(joinPath(folder, name)) ?? []),
    );
    return files.flatMap(objectsOf).some((object) => {
      const { components, transformers } = mapOf(object);
      return [...listOf(components), ...listOf(transformers)].some((entry) =>
        remotes.includes(entry as string),
      );
    });
  }),
);
