import { join } from 'node:path';
import { artifactFilter, IGNORE_FILE } from '../graph/sources/source-ignore';
import { readRegular } from '../publish/read-regular';
import { directoryOf, joinPath } from '../tree/path';
import { Tree } from '../tree/tree';
import { TreeFile } from '../tree/tree-file';

/**
 * The paths of files on disk that Flux gets to see: not those that it ignores by itself, such as `.sops.yaml`, nor those that
 * `.sourceignore` files above them leave out.
 *
 * @param root - the absolute path of the repository's root
 * @param paths - from the root of the repository
 * @see https://fluxcd.io/flux/components/source/gitrepositories/#excluding-files
 */
export function seenByFlux(root: string, paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const folders = new Set(['']);
  for (const path of paths)
    for (let folder = directoryOf(path); folder !== '' && !folders.has(folder); folder = directoryOf(folder))
      folders.add(folder);
  const tree = new Tree();
  for (const folder of folders) {
    const path = joinPath(folder, IGNORE_FILE);
    const bytes = readRegular(join(root, path));
    if (bytes) tree.add(TreeFile.fromBytes(path, bytes));
  }
  return paths.filter(artifactFilter(tree));
}
