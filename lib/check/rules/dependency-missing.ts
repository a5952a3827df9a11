import { nearestName } from '../../findings/nearest-name';
import type { ClusterFacts } from '../cluster-facts';
import type { GraphEdge, GraphNode } from '../../graph/graph';
import { atNode, nameOf } from '../at-node';
import type { Rule, RuleFinding } from '../rule';

/** A `dependsOn` that names nothing. */
export const dependencyMissing: Rule = {
  code: 'dependency-missing',
  severity: 'error',
  summary: 'A dependsOn names an object that the cluster does not have, so what waits for it never starts',
  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const edge of cluster.edges('depends-on')) {
        const [source, target] = [cluster.node(edge.from), cluster.node(edge.to)];
        if (source && target?.state === 'missing') yield missing(cluster, edge, source, target);
      }
    }
  },
};

function missing(cluster: ClusterFacts, edge: GraphEdge, source: GraphNode, target: GraphNode): RuleFinding {
  const meant = likely(cluster, target);
  return {
    ...atNode(source, edge.field),
    message: `waits for ${nameOf(target.identity)}, which nothing applies, so it never starts`,
    hint: meant ? `did you mean ${JSON.stringify(meant)}?` : 'correct the name and namespace, or drop it',
  };
}

/** The same name in another namespace, else the most similar name. */
function likely({ nodes }: ClusterFacts, { identity }: GraphNode): string | undefined {
  const others = nodes.filter(({ object, identity: { kind } }) => object && kind === identity.kind);
  const namesake = others.find(({ identity: { name } }) => name === identity.name);
  if (namesake) return `${namesake.identity.namespace}/${namesake.identity.name}`;
  return nearestName(
    identity.name,
    others.map(({ identity: { name } }) => name),
  );
}
