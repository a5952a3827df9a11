import { didYouMean, nearestName } from '../../findings/nearest-name';
import { isBelow } from '../../tree/path';
import { atNode } from '../at-node';
import { chartFolders, localChart } from '../facts/local-charts';
import type { Rule } from '../rule';

/** A HelmRelease with a chart from this repository, in a folder that holds none. */
export const chartPathMissing: Rule = {
  code: 'chart-path-missing',
  *check({ clusters, tree }) {
    const folders = chartFolders(tree);
    for (const facts of clusters) {
      for (const node of facts.nodes) {
        const path = localChart(facts, node);
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
