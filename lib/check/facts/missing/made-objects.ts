import type { ObjectIdentity } from '../../../findings/finding';
import type { AppliedObject, GraphNode } from '../../../graph/graph';
import { fluxNodeType } from '../../../graph/kinds';
import { isFluxGroup } from '../../../kinds/groups';
import { mapOf, textOf } from '../../../plain/plain-data';
import { isKubernetesGroup } from '../../../schema/kubernetes-kinds';
import { once } from '../../../plain/once';
import { chartOf, isOwnChart } from '../releases/release-chart';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { isMadeInCluster } from './generated-in-cluster';
import { isNamespaceMade, makesNamespaces } from '../namespaces/namespaces-made';

/** Kinds of workloads, which a file of the repository, a chart or an operator creates. */
const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** An object that no file has. */
export interface AbsentObject {
  readonly identity: ObjectIdentity;
  /** Another namespace, where there is an object of this kind and name. */
  readonly elsewhere: string | undefined;
}

/** Whether an operator or a chart may make an object that no file has. */
export function mayBeMade(
  context: CheckContext,
  cluster: ClusterFacts,
  source: GraphNode,
  { identity, elsewhere }: AbsentObject,
): boolean {
  const { group, kind, namespace } = identity;
  // An object in another namespace is probably the one that is meant, unless something makes objects in the named one.
  if (!fluxNodeType(group, kind)) {
    if (elsewhere === undefined) return mayBeMadeUnseen(context, cluster, identity);
    return namespacesOfMakers(cluster).has(namespace ?? '');
  }
  if (isMadeInCluster(cluster, kind)) return true;
  const releases = (source.build?.inventory ?? []).flatMap(({ node }) =>
    node === undefined ? [] : (cluster.node(node) ?? []),
  );
  return elsewhere === undefined && releases.some((release) => mayMakeFlux(cluster, release));
}

/** The namespaces to which releases go, or in which operators have custom resources. */
const namespacesOfMakers = once(({ objects }: ClusterFacts): ReadonlySet<string> => {
  const makers = [...objects.values()].flatMap(([first]) => (first && isMaker(first) ? first : []));
  return new Set(makers.flatMap((maker) => targetOf(maker) ?? []));
});

function targetOf({ identity, object }: AppliedObject): string | undefined {
  return textOf(mapOf(object.spec).targetNamespace) ?? identity.namespace;
}

/**
 * Whether a release may create Flux objects, which is known by the name of its chart; or by its being somebody's own,
 * because nobody can tell what it creates.
 */
export function mayMakeFlux(cluster: ClusterFacts, release: GraphNode): boolean {
  if (release.identity.kind !== 'HelmRelease') return false;
  const name = chartOf(cluster, release)?.name ?? '';
  return (
    /flux|gitops|app-of-apps|apps$|tenant|raw|resources|manifests|bootstrap|cluster/.test(name) ||
    isOwnChart(cluster, release)
  );
}

/** Whether something in the cluster may create an object that no file shows: a chart, an operator with a custom resource, a template. */
function mayBeMadeUnseen(
  context: CheckContext,
  facts: ClusterFacts,
  { kind, namespace }: ObjectIdentity,
): boolean {
  if (!WORKLOADS.has(kind) || namespace === undefined) return true;
  if (hasMakers(facts)) return true;
  if (namespace === 'default' || facts.objects.has(`Namespace//${namespace}`)) return false;
  // A namespace that comes from elsewhere may contain anything.
  return !makesNamespaces(facts) || isNamespaceMade(context, facts, namespace);
}

/** Whether a cluster has charts or custom resources, whose controllers may create any object. */
export const hasMakers = once(({ objects }: ClusterFacts): boolean =>
  [...objects.values()].some(([first]) => first !== undefined && isMaker(first)),
);

function isMaker({ identity: { group, kind } }: AppliedObject): boolean {
  return kind === 'HelmRelease' || (!isFluxGroup(group) && !isKubernetesGroup(group));
}
