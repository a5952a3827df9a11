import { checkTree } from '../../lib/check/check-tree';
import type { RepositorySide } from '../../lib/diff/repository-side';
import { buildGraph } from '../../lib/graph/build-graph';
import { loadTree } from '../../lib/tree/load-tree';
import { project } from '../diff/pair-of-trees';

/** One side of a diff: the files of a folder on disk, with the clusters that are in `clusters/`. */
export function sideOfFolder(root: string, names: readonly string[]): RepositorySide {
  const { tree } = loadTree(root, { except: (path) => path === 'dist' });
  // Files that are read on demand would be those of another state later.
  for (const { bytes } of tree.files) expect(bytes).toBeDefined();
  const clusters = names.map((name) => ({ name, path: `clusters/${name}` }));
  const graph = buildGraph(tree, { entries: clusters.map(({ path }) => path), clusters });
  return { side: { name: root }, project, tree, report: checkTree(tree, { graph }) };
}
