import { quotedFolder } from '../../findings/quoted-folder';
import { didYouMean, nearestName } from '../../findings/nearest-name';
import { baseName, isBelow } from '../../tree/path';
import { atNode } from '../at-node';
import { chartFolders, localChart } from '../facts/releases/local-charts';
import type { Rule } from '../rule';

/** A HelmRelease with a chart from this repository, in a folder that holds none. */
export const chartPathMissing: Rule = {
  code: 'chart-path-missing',
  namesCause: true,
  *check({ clusters, tree }) {
    const folders = chartFolders(tree);
    for (const facts of clusters) {
      for (const node of facts.nodes) {
        const path = localChart(facts, node);
        if (path === undefined || folders.has(path)) continue;
        const meant = likelyFolder(folders, path, node.location?.file ?? '');
        yield {
          ...atNode(node, 'spec.chart.spec.chart'),
          message: `there is no Chart.yaml in ${quotedFolder(path)}, so Flux finds no chart to install`,
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
 * The only chart below or above a folder, the chart in a folder of that name that is nearest to the release, otherwise
 * one with a similar path.
 *
 * @param file - the release's
 */
function likelyFolder(folders: ReadonlySet<string>, path: string, file: string): string | undefined {
  if (folders.size > MANY) return undefined;
  const name = baseName(path);
  const all = [...folders];
  const around = all.filter((folder) => isBelow(folder, path) || (folder !== '' && isBelow(path, folder)));
  if (around.length === 1) return around[0];
  const named = all.filter((folder) => folder === name || folder.endsWith(`/${name}`));
  const most = Math.max(...named.map((folder) => sharedParts(folder, file)));
  const [first, second] = named.filter((folder) => sharedParts(folder, file) === most);
  return first !== undefined && second === undefined ? first : nearestName(path, all);
}

/** With how many equal names two paths begin. */
function sharedParts(a: string, b: string): number {
  const [names, others] = [a.split('/'), b.split('/')];
  let same = 0;
  while (same < names.length && names[same] === others[same]) same += 1;
  return same;
}
