import { nodeId } from '../../graph/node-id';
import type { NodeType } from '../../graph/graph';
import { isMadeInCluster } from '../facts/generated-in-cluster';
import { missingTarget } from '../facts/missing-reference';
import type { Rule } from '../rule';
import { otherKind } from './dependency-cross-kind';

/** What Flux itself waits for; a ResourceSet may wait for any object of the cluster. */
const waitable = new Set<NodeType>(['kustomization', 'helm-release']);

/** A `dependsOn` that names nothing. */
export const dependencyMissing: Rule = {
  code: 'dependency-missing',
  *check(context) {
    for (const cluster of context.clusters) {
      for (const { from, to, field } of cluster.edges('depends-on')) {
        const [source, target] = [cluster.node(from), cluster.node(to)];
        if (!source || target?.state !== 'missing' || !waitable.has(target.type)) continue;
        const { identity } = target;
        if (cluster.node(nodeId(otherKind(identity)))?.object) continue;
        if (isMadeInCluster(cluster, identity.kind)) continue;
        const words = { verb: 'waits for', consequence: 'so it never starts' };
        yield missingTarget(context, cluster, { source, field, identity, ...words });
      }
    }
  },
};
