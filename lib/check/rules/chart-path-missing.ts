import { didYouMean } from '../../findings/nearest-name';
import { nearestName } from '../../findings/nearest-name';
import { nodeId } from '../../graph/node-id';
import { sourceOf } from '../../graph/entries/entry';
import type { GraphNode } from '../../graph/graph';
import { sourcePath } from '../../graph/post-build/kustomization-change';
import { once } from '../../plain/once';
import { listOf, mapOf, textOf } from '../../plain/plain-data';
import { directoryOf, isBelow, joinPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { atNode } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import type { Rule } from '../rule';

/** A HelmRelease with a chart from this repository, in a folder that holds none. */
export const chartPathMissing: Rule = {
  code: 'chart-path-missing',
  *check({ clusters, tree }) {
    const folders = chartFolders(tree);
    for (const facts of clusters) {
      if (!bringsOneRepository(facts)) continue;
      for (const node of facts.nodes) {
        const path = chartPath(facts, node);
        if (path === undefined || folders.has(path)) continue;
        const meant = likelyFolder(folders, path);
        yield {
          ...atNode(node, 'spec.chart.spec.chart'),
          message: `there is no Chart.yaml in ${JSON.stringify(path === '' ? '.' : path)}, so Flux finds no chart to install`,
          hint: meant
            ? didYouMean(`./${meant}`)
            : 'correct the path of the chart; it starts at the root of the repository',
        };
      }
    }
  },
};

/** The folders of all charts. */
const chartFolders = once(
  (tree: Tree): ReadonlySet<string> =>
    new Set(
      [...tree.paths].filter((path) => joinPath(directoryOf(path), 'Chart.yaml') === path).map(directoryOf),
    ),
);

/** Whether the source of the sync is a GitRepository that adds nothing to this repository. */
function bringsOneRepository(facts: ClusterFacts): boolean {
  const { syncSource } = facts.cluster;
  const { include, recurseSubmodules } = mapOf(facts.node(nodeId(syncSource))?.object?.spec);
  return syncSource.kind === 'GitRepository' && listOf(include).length === 0 && recurseSubmodules !== true;
}

/** The folder of this repository from which a HelmRelease takes its chart. */
function chartPath(facts: ClusterFacts, { type, identity, object }: GraphNode): string | undefined {
  if (type !== 'helm-release' || !object) return undefined;
  const { chart, sourceRef } = mapOf(mapOf(mapOf(object.spec).chart).spec);
  const path = textOf(chart);
  // A packed chart is not a folder, and a variable may be any folder.
  if (path === undefined || /\.tgz$|\$\{/.test(path)) return undefined;
  const source = nodeId(sourceOf(sourceRef, identity.namespace ?? ''));
  return source === nodeId(facts.cluster.syncSource) ? sourcePath(path) : undefined;
}

/** If there are more charts than this, no suggestion is made. */
const MANY = 500;

/**
 * The only chart below or above a folder, the only chart in a folder of that name, otherwise one with a similar path.
 */
function likelyFolder(folders: ReadonlySet<string>, path: string): string | undefined {
  if (folders.size > MANY) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const all = [...folders];
  const tests: readonly ((folder: string) => boolean)[] = [
    (folder) => isBelow(folder, path) || (folder !== '' && isBelow(path, folder)),
    (folder) => folder === name || folder.endsWith(`/${name}`),
  ];
  for (const test of tests) {
    const [first, second] = all.filter(test);
    if (first !== undefined && second === undefined) return first;
  }
  return nearestName(path, all);
}
