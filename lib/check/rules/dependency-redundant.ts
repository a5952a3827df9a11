import type { GraphEdge } from '../../graph/graph';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { ClusterFacts } from '../facts/cluster-facts';
import type { Rule } from '../rule';

/** A `dependsOn` that another one implies. */
export const dependencyRedundant: Rule = {
  code: 'dependency-redundant',
  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const node of cluster.nodes) {
        const edges = cluster.edgesFrom(node.id, 'depends-on');
        if (edges.length < 2) continue;
        for (const { edge, through } of impliedEdges(cluster, edges)) {
          const [target, other] = [cluster.node(edge.to), cluster.node(through.to)];
          if (!target || !other) continue;
          yield {
            ...atNode(node, edge.field),
            message: `adds nothing: ${nameOf(other.identity)} already waits for ${nameOf(target.identity)}`,
            hint: 'remove it, or keep it if the order must not depend on the other entry',
          };
        }
      }
    }
  },
};

/** The edges of one node whose target can also be reached through another edge of the node. */
function* impliedEdges(
  cluster: ClusterFacts,
  edges: readonly GraphEdge[],
): Iterable<{ edge: GraphEdge; through: GraphEdge }> {
  const heightOf = (id: string) => cluster.chainLengths.get(id) ?? 0;
  const lowest = Math.min(...edges.map(({ to }) => heightOf(to)));
  const direct = new Map(edges.map((edge) => [edge.to, edge]));
  const implied = new Set<string>();
  const seen = new Set<string>();
  for (const through of [...edges].sort((a, b) => heightOf(b.to) - heightOf(a.to))) {
    const waiting = [through.to];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const { to } of cluster.edgesFrom(id, 'depends-on')) {
        if (seen.has(to) || heightOf(to) < lowest || to === through.to) continue;
        seen.add(to);
        waiting.push(to);
        const edge = direct.get(to);
        if (!edge || implied.has(to)) continue;
        implied.add(to);
        yield { edge, through };
      }
    }
  }
}
