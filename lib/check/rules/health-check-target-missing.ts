import type { ObjectIdentity } from '../../findings/finding';
import { nodeId } from '../../graph/cluster-graph';
import { fluxNodeType } from '../../graph/kinds';
import { mapOf } from '../../plain/plain-data';
import { atNode, nameOf } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import { likelyHint } from '../facts/suggestions';
import { isMadeInCluster } from '../facts/generated-in-cluster';
import type { Rule } from '../rule';

/** A health check of an object that is not there. */
export const healthCheckTargetMissing: Rule = {
  code: 'health-check-target-missing',
  *check(context) {
    for (const cluster of context.clusters) {
      for (const edge of cluster.edges('health-check')) {
        const [source, target] = [cluster.node(edge.from), cluster.node(edge.to)];
        if (!source || target?.state !== 'missing') continue;
        const { identity } = target;
        const elsewhere = namesake(cluster, identity);
        // What charts install is in no file: only what stands in another namespace is known to be meant.
        if (
          !elsewhere &&
          (!fluxNodeType(identity.group, identity.kind) || isMadeInCluster(cluster, identity.kind))
        )
          continue;
        const masked = mapOf(source.object?.spec).wait === true;
        yield {
          ...atNode(source, edge.field),
          message: `nothing applies ${nameOf(identity)}, ${masked ? 'which goes unnoticed as wait: true ignores it' : 'so that it never becomes ready'}`,
          hint: elsewhere
            ? `did you mean the one in namespace ${JSON.stringify(elsewhere)}?`
            : likelyHint(context, cluster, identity, 'correct the kind, name and namespace, or drop it'),
        };
      }
    }
  },
};

/** The only other namespace that has an object of this kind and name. */
function namesake(
  { objects }: ClusterFacts,
  { group, kind, name, namespace }: ObjectIdentity,
): string | undefined {
  const namespaces = new Set<string>();
  for (const [{ identity } = { identity: undefined }] of objects.values()) {
    if (identity?.kind === kind && identity.group === group && identity.name === name && identity.namespace)
      namespaces.add(identity.namespace);
  }
  const others = [...namespaces].filter((other) => other !== namespace);
  return others.length === 1 && !objects.has(nodeId({ group, kind, namespace, name }))
    ? others[0]
    : undefined;
}
