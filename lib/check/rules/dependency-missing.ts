import { nodeId } from '../../graph/cluster-graph';
import type { NodeType } from '../../graph/graph';
import { atNode, nameOf } from '../at-node';
import { likelyHint } from '../facts/suggestions';
import { isMadeInCluster } from '../facts/generated-in-cluster';
import type { Rule } from '../rule';
import { otherKind } from './dependency-cross-kind';

/** What Flux itself waits for; a ResourceSet may wait for any object of the cluster. */
const waitable = new Set<NodeType>(['kustomization', 'helm-release']);

/** A `dependsOn` that names nothing. */
export const dependencyMissing: Rule = {
  code: 'dependency-missing',
  *check(context) {
    for (const cluster of context.clusters) {
      for (const edge of cluster.edges('depends-on')) {
        const [source, target] = [cluster.node(edge.from), cluster.node(edge.to)];
        if (!source || target?.state !== 'missing' || !waitable.has(target.type)) continue;
        const { identity } = target;
        if (cluster.node(nodeId(otherKind(identity)))?.object) continue;
        if (isMadeInCluster(cluster, identity.kind)) continue;
        yield {
          ...atNode(source, edge.field),
          message: `waits for ${nameOf(identity)}, which nothing applies, so it never starts`,
          hint: likelyHint(context, cluster, identity, 'correct the name and namespace, or drop it'),
        };
      }
    }
  },
};
