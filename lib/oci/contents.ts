import type { Graph } from '../graph/graph';
import { artifactFilter } from '../graph/sources/source-ignore';
import { compareText } from '../plain/compare-text';
import { directoryOf } from '../tree/path';
import type { Tree } from '../tree/tree';

/**
 * The files that Flux reads of a repository, for an artifact that has the root of the repository as its root: what is in the
 * folders that the Kustomizations of the clusters build, without what Flux ignores.
 */
export function filesThatFluxReads(tree: Tree, { clusters }: Graph): string[] {
  const read = new Set<string>();
  for (const { build } of clusters.flatMap(({ nodes }) => nodes)) {
    if (build?.source === 'repository') for (const path of build.reads) read.add(path);
  }
  return filesIn(tree, [...read]);
}

/** The files in some folders, without what Flux ignores, in code-unit order. */
export function filesIn(tree: Tree, folders: readonly string[]): string[] {
  const holds = artifactFilter(tree);
  const wanted = new Set(folders);
  return [...tree.paths].filter((path) => isIn(path, wanted) && holds(path)).sort(compareText);
}

function isIn(path: string, folders: ReadonlySet<string>): boolean {
  for (let current = path; current !== ''; current = directoryOf(current))
    if (folders.has(current)) return true;
  return folders.has('');
}
