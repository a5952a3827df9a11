import type { ObjectIdentity } from '../../findings/finding';
import { nodeId } from '../../graph/node-id';
import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../kinds/groups';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { GraphNode } from '../../graph/graph';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isMadeInCluster } from '../facts/generated-in-cluster';
import { describeOrigin, hiddenParts, possibleOrigin } from '../facts/hidden-parts';
import { mayMakeFlux } from '../facts/made-objects';
import type { Rule, RuleFinding } from '../rule';

/** A `dependsOn` that names an object of the other kind. */
export const dependencyCrossKind: Rule = {
  code: 'dependency-cross-kind',
  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const edge of cluster.edges('depends-on')) {
        const [source, target] = [cluster.node(edge.from), cluster.node(edge.to)];
        // A ResourceSet waits for any kind, which it names itself.
        if (!source || source.type === 'operator' || target?.state !== 'missing') continue;
        const { identity } = target;
        const other = namesake(cluster, identity);
        if (!other || mayMakeNamesake(cluster, other) || isMadeInCluster(cluster, identity.kind)) continue;
        yield { ...crossing(cluster, source, other, identity), ...atNode(source, edge.field) };
      }
    }
  },
};

/** What is said of the object of the other kind; less if something that the files do not show may apply what is missing. */
function crossing(
  cluster: ClusterFacts,
  source: GraphNode,
  other: GraphNode,
  missing: ObjectIdentity,
): Pick<RuleFinding, 'severity' | 'message' | 'hint'> {
  const { kind } = source.identity;
  const origin = possibleOrigin(cluster, missing, ({ node }) => node === source || node === other);
  const rule = `${nameOf(other.identity)} is not a ${kind}; Flux waits only for the same kind`;
  const hint = hintFor(cluster, source, other);
  if (!origin) return { message: `${rule}, so this object never starts`, hint };
  return {
    severity: origin.isLikely ? 'info' : 'warning',
    message: `${rule}, and no file has a ${kind} of this name; ${describeOrigin(origin)}`,
    hint: `make sure that it does; otherwise, ${hint}`,
  };
}

function hintFor(cluster: ClusterFacts, source: GraphNode, other: GraphNode): string {
  if (source.identity.kind === 'HelmRelease')
    return 'put the HelmRelease into a Kustomization that waits for the other';
  const [owner] = other.appliedBy.flatMap((id) => cluster.node(id) ?? []);
  if (!owner) return 'wait for the Kustomization that applies it, and set wait: true there';
  // It cannot wait for one that applies it too, and that waits for it.
  return cluster.isAppliedThrough(source, owner)
    ? 'put the HelmRelease into a Kustomization of its own with wait: true, and wait for that'
    : `wait for ${nameOf(owner.identity)}, which applies it, and set wait: true there`;
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
