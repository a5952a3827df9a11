import { LoadedTree } from '../tree/loaded-tree';
import type { TreeFile } from '../tree/tree-file';
import type { LoadedRepository } from '../tree/load-tree';

/** A tree in which files that another one has too are the other's, so that each is parsed once. */
export function sharingFiles(repository: LoadedRepository, other: LoadedTree): LoadedRepository {
  const { tree, findings } = repository;
  const files = tree.files.map((file) => equalFile(file, other) ?? file);
  return { tree: new LoadedTree(files, tree.otherPaths, (path) => tree.get(path)?.bytes), findings };
}

function equalFile(file: TreeFile, other: LoadedTree): TreeFile | undefined {
  const found = other.otherPaths.has(file.path) ? undefined : other.get(file.path);
  return found?.bytes.equals(file.bytes) ? found : undefined;
}
