import { join } from 'node:path';
import { buildGraph } from '../../lib/graph/build-graph';
import { computeOrder } from '../../lib/graph/order/compute-order';
import { formatOrder } from '../../lib/graph/order/format-order';
import { loadTree } from '../../lib/tree/load-tree';
import { skipped } from '../tools/find-tool';
import { repositories, repositoryNames } from '../tools/repositories';

if (!repositories) {
  skipped('the graph and the order of real repositories come out', 'FLUX_REPOS is not set');
} else {
  describe('real repositories', () => {
    it.each(repositoryNames)('%s: the graph and the order are complete', (name) => {
      const { tree } = loadTree(join(repositories as string, name));
      const graph = buildGraph(tree);
      for (const cluster of graph.clusters) {
        const order = computeOrder(graph, cluster);
        const steps =
          order.waves.flat().length +
          order.cycles.flatMap(({ nodes }) => nodes).length +
          order.blocked.length;
        const applied = cluster.nodes.filter(
          ({ type, object }) => object && (type === 'kustomization' || type === 'helm-release'),
        );
        expect(steps).toBe(applied.length);
        expect(formatOrder(order)).toContain('wave 0');
      }
    });
  });
}
