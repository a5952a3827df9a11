import type { Directory } from '../flux/directory';
import { directoryOf } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { TreeFile } from '../tree/tree-file';

/** The files of a directory. */
export interface DirectoryFiles {
  /**
   * The directory that they are in.
   *
   * @default - none
   */
  readonly directory?: Directory;
  readonly files: readonly TreeFile[];
}

/** The files of a tree by the directory that they are in; without the `kustomization.yaml`s, which hold no objects. */
export function filesByDirectory(tree: Tree, directories: readonly Directory[]): DirectoryFiles[] {
  const byPath = new Map<string, Directory | undefined>(
    directories.map((directory) => [directory.path, directory]),
  );
  const groups = new Map<Directory | undefined, TreeFile[]>();
  for (const file of tree.files) {
    if (file.path.endsWith('/kustomization.yaml')) continue;
    const directory = nearestDirectory(directoryOf(file.path), byPath);
    const group = groups.get(directory);
    if (group) group.push(file);
    else groups.set(directory, [file]);
  }
  return [...groups].map(([directory, files]) => ({ directory, files }));
}

/** The directory of a folder, or of the nearest folder around it; `byPath` caches the results. */
function nearestDirectory(folder: string, byPath: Map<string, Directory | undefined>): Directory | undefined {
  if (folder === '' || byPath.has(folder)) return byPath.get(folder);
  const directory = nearestDirectory(directoryOf(folder), byPath);
  byPath.set(folder, directory);
  return directory;
}
