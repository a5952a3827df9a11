import type { ObjectIdentity } from '../../findings/finding';
import { nodeId } from '../../graph/cluster-graph';
import { fluxNodeType } from '../../graph/kinds';
import type { AppliedObject, GraphNode } from '../../graph/graph';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { atNode, nameOf } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import { possibleOrigin } from '../facts/hidden-parts';
import { meantHint } from '../facts/suggestions';
import { isMadeInCluster } from '../facts/generated-in-cluster';
import { chartOf } from '../providers/release-chart';
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
        // What is applied to another cluster, and what builds do not show, cannot be told.
        if (source.build?.remoteCluster !== undefined || source.build?.complete === false) continue;
        const elsewhere = namesake(cluster, identity);
        if (mayBeMade(cluster, source, identity, elsewhere)) continue;
        const meant = elsewhere ?? meantHint(context, cluster, identity);
        if (meant === undefined && possibleOrigin(cluster, identity, ({ node }) => node === source)) continue;
        const masked = mapOf(source.object?.spec).wait === true;
        yield {
          ...atNode(source, edge.field),
          message: `nothing applies ${nameOf(identity)}, ${masked ? 'which goes unnoticed as wait: true ignores it' : 'so that it never becomes ready'}`,
          hint: elsewhere
            ? `did you mean the one in namespace ${JSON.stringify(elsewhere)}?`
            : (meant ?? 'correct the kind, name and namespace, or drop it'),
        };
      }
    }
  },
};

/** Whether an operator or a chart may make an object that no file has. */
function mayBeMade(
  cluster: ClusterFacts,
  source: GraphNode,
  { group, kind, namespace }: ObjectIdentity,
  elsewhere: string | undefined,
): boolean {
  const releases = (source.build?.inventory ?? []).filter(({ object }) => object.kind === 'HelmRelease');
  // What stands in another namespace is known to be meant, unless a release goes to the one that is named.
  if (!fluxNodeType(group, kind))
    return elsewhere === undefined || releases.some((release) => targetOf(release) === namespace);
  if (isMadeInCluster(cluster, kind)) return true;
  return elsewhere === undefined && releases.some((release) => mayMakeFlux(cluster, release));
}

function targetOf({ identity, object }: AppliedObject): string | undefined {
  return textOf(mapOf(object.spec).targetNamespace) ?? identity.namespace;
}

/** Charts that make objects of Flux: by their names, or since nobody can tell what a chart of the repository itself makes. */
function mayMakeFlux(cluster: ClusterFacts, { node }: AppliedObject): boolean {
  const release = node === undefined ? undefined : cluster.node(node);
  const name = (release && chartOf(cluster, release)?.name) ?? '';
  return (
    /flux|gitops|app-of-apps|apps$|tenant|raw|resources|manifests|bootstrap|cluster/.test(name) ||
    isOwnChart(release)
  );
}

/** A chart that lies in a Git repository or bucket is mostly somebody's own. */
function isOwnChart(release: GraphNode | undefined): boolean {
  const kind = valueAt(release?.object?.spec, 'chart', 'spec', 'sourceRef', 'kind');
  return kind === 'GitRepository' || kind === 'Bucket';
}

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
