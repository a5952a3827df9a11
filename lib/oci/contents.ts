import { basename } from 'node:path/posix';
import type { Graph } from '../graph/graph';
import { artifactFilter } from '../graph/sources/source-ignore';
import { compareText } from '../plain/compare-text';
import { directoryOf } from '../tree/path';
import type { Tree } from '../tree/tree';

/**
 * The folders and files that Flux reads of a repository, for an artifact that has the root of the repository as its root: what
 * the Kustomizations of the clusters build.
 */
export function foldersThatFluxReads({ clusters }: Graph): string[] {
  const read = new Set<string>();
  for (const { build } of clusters.flatMap(({ nodes }) => nodes)) {
    if (build?.source === 'repository') for (const path of build.reads) read.add(path);
  }
  return [...read];
}

/**
 * The files in some folders, without what Flux ignores, in code-unit order. A worktree or a submodule has a file `.git`, which
 * only says where the repository is on this machine.
 */
export function filesIn(tree: Tree, folders: readonly string[]): string[] {
  const holds = artifactFilter(tree);
  const wanted = new Set(folders);
  return [...tree.paths]
    .filter((path) => isInOneOf(path, wanted) && basename(path) !== '.git' && holds(path))
    .sort(compareText);
}

/** Whether a path is one of some folders and files, or lies in one. */
export function isInOneOf(path: string, folders: ReadonlySet<string>): boolean {
  for (let current = path; current !== ''; current = directoryOf(current))
    if (folders.has(current)) return true;
  return folders.has('');
}
