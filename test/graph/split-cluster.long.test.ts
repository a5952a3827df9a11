import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph } from '../../lib/graph/build-graph';
import { loadTree } from '../../lib/tree/load-tree';
import { differentFromArtifacts } from './built-from-artifacts';

const repositories = process.env['FLUX_REPOS'];
const names =
  repositories !== undefined && existsSync(repositories)
    ? readdirSync(repositories).filter((name) => statSync(join(repositories, name)).isDirectory())
    : [];

(names.length > 0 ? describe : describe.skip)('real repositories', () => {
  it.each(names.length > 0 ? names : ['none'])('%s builds the same from artifacts', (name) => {
    const { tree } = loadTree(join(repositories ?? '', name));
    const graph = buildGraph(tree);
    for (const cluster of graph.clusters.slice(0, 4))
      expect(differentFromArtifacts(tree, cluster)).toEqual([]);
  });
});
