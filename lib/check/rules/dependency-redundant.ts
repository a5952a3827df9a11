import type { GraphEdge } from '../../graph/graph';
import { atNode } from '../at-node';
import { firstNames } from '../../plain/first-names';
import { groupBy } from '../../plain/group-by';
import { nameOf } from '../../findings/object-name';
import type { ClusterFacts } from '../facts/cluster-facts';
import type { ObjectIdentity } from '../../findings/finding';
import type { Rule, RuleFinding } from '../rule';

/** How many of the dependencies that add nothing are named. */
const NAMED = 5;

/** A `dependsOn` that another one implies. */
export const dependencyRedundant: Rule = {
  code: 'dependency-redundant',
  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const node of cluster.nodes) {
        const edges = cluster.edgesFrom(node.id, 'depends-on');
        if (edges.length < 2) continue;
        const throughOf = impliedEdges(cluster, edges);
        const implied = edges.filter((edge) => throughOf.has(edge));
        for (const [through, group] of groupBy(implied, (edge) => throughOf.get(edge))) {
          const other = through && cluster.node(through.to);
          if (!other) continue;
          const targets = group.flatMap(({ to }) => cluster.node(to)?.identity ?? []);
          yield { ...atNode(node, group[0]?.field), ...inWords(other.identity, targets) };
        }
      }
    }
  },
};

function inWords(
  other: ObjectIdentity,
  targets: readonly ObjectIdentity[],
): Pick<RuleFinding, 'message' | 'hint'> {
  const several = targets.length > 1;
  return {
    message: `adds nothing${several ? `, like ${targets.length - 1} more` : ''}: ${nameOf(other)} already waits for ${firstNames(targets.map(nameOf), NAMED)}`,
    hint: `remove ${several ? 'them, or keep them' : 'it, or keep it'} if the order must not depend on the other entry`,
  };
}

/** The edges of one node whose target can also be reached through another edge of the node, each with that one. */
function impliedEdges(cluster: ClusterFacts, edges: readonly GraphEdge[]): ReadonlyMap<GraphEdge, GraphEdge> {
  const heightOf = (id: string) => cluster.chainLengths.get(id) ?? 0;
  const lowest = Math.min(...edges.map(({ to }) => heightOf(to)));
  const direct = new Map(edges.map((edge) => [edge.to, edge]));
  const implied = new Map<GraphEdge, GraphEdge>();
  const seen = new Set<string>();
  for (const through of [...edges].sort((a, b) => heightOf(b.to) - heightOf(a.to))) {
    const waiting = [through.to];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const { to } of cluster.edgesFrom(id, 'depends-on')) {
        if (seen.has(to) || heightOf(to) < lowest || to === through.to) continue;
        seen.add(to);
        waiting.push(to);
        const edge = direct.get(to);
        if (edge) implied.set(edge, through);
      }
    }
  }
  return implied;
}
