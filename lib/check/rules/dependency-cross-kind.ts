import type { ObjectIdentity } from '../../findings/finding';
import { nodeId } from '../../graph/node-id';
import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../kinds/groups';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { GraphNode } from '../../graph/graph';
import type { ClusterFacts } from '../facts/cluster-facts';
import { hiddenParts } from '../facts/hidden-parts';
import { mayMakeFlux } from '../facts/made-objects';
import type { Rule } from '../rule';

/** A `dependsOn` that names an object of the other kind. */
export const dependencyCrossKind: Rule = {
  code: 'dependency-cross-kind',
  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const edge of cluster.edges('depends-on')) {
        const [source, target] = [cluster.node(edge.from), cluster.node(edge.to)];
        // A ResourceSet waits for any kind, which it names itself.
        if (!source || source.type === 'operator' || target?.state !== 'missing') continue;
        const other = namesake(cluster, target.identity);
        if (!other || mayMakeNamesake(cluster, other)) continue;
        const [owner] = other.appliedBy.flatMap((id) => cluster.node(id) ?? []);
        yield {
          ...atNode(source, edge.field),
          message: `${nameOf(other.identity)} is not a ${source.identity.kind}; Flux waits only for the same kind, so this object never starts`,
          hint: hint(source.identity.kind, owner && nameOf(owner.identity)),
        };
      }
    }
  },
};

function hint(waiting: string, owner: string | undefined): string {
  if (waiting === 'HelmRelease') return 'put the HelmRelease into a Kustomization that waits for the other';
  return owner
    ? `wait for ${owner}, which applies it, and set wait: true there`
    : 'wait for the Kustomization that applies it, and set wait: true there';
}

/** The HelmRelease of a missing Kustomization's name, or the other way round. */
export function namesake(cluster: ClusterFacts, identity: ObjectIdentity): GraphNode | undefined {
  const other = cluster.node(nodeId(otherKind(identity)));
  return other?.object && other;
}

/** Whether an object may create one of its own name and of the other kind, which is then the one that is meant. */
export function mayMakeNamesake(cluster: ClusterFacts, other: GraphNode): boolean {
  return mayMakeFlux(cluster, other) || hiddenParts(cluster).some(({ node }) => node === other);
}

function otherKind({ kind, namespace, name }: ObjectIdentity): ObjectIdentity {
  return kind === 'Kustomization'
    ? { group: HELM_GROUP, kind: 'HelmRelease', namespace, name }
    : { group: KUSTOMIZE_GROUP, kind: 'Kustomization', namespace, name };
}
