import type { ObjectIdentity } from '../../findings/finding';
import type { AppliedObject, GraphNode } from '../../graph/graph';
import { fluxNodeType } from '../../graph/kinds';
import { isFluxGroup } from '../../kinds/groups';
import { mapOf, textOf } from '../../plain/plain-data';
import { isKubernetesGroup } from '../../schema/kubernetes-kinds';
import { once } from '../../plain/once';
import { chartOf, isOwnChart } from '../providers/release-chart';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from './cluster-facts';
import { isMadeInCluster } from './generated-in-cluster';
import { hiddenParts } from './hidden-parts';
import { isNamespaceMade, makesNamespaces } from './namespaces-made';

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
  const releases = (source.build?.inventory ?? []).filter(({ object }) => object.kind === 'HelmRelease');
  // An object in another namespace is probably the one that is meant, unless a release goes to the named namespace.
  if (!fluxNodeType(group, kind)) {
    if (elsewhere === undefined) return mayBeMadeUnseen(context, cluster, identity);
    return releases.some((release) => targetOf(release) === namespace);
  }
  if (isMadeInCluster(cluster, kind)) return true;
  return elsewhere === undefined && releases.some((release) => mayMakeFlux(cluster, release));
}

function targetOf({ identity, object }: AppliedObject): string | undefined {
  return textOf(mapOf(object.spec).targetNamespace) ?? identity.namespace;
}

/**
 * Charts that create Flux objects: known by name, or any chart in the repository, because nobody can tell what it
 * creates.
 */
function mayMakeFlux(cluster: ClusterFacts, { node }: AppliedObject): boolean {
  const release = node === undefined ? undefined : cluster.node(node);
  const name = (release && chartOf(cluster, release)?.name) ?? '';
  return (
    /flux|gitops|app-of-apps|apps$|tenant|raw|resources|manifests|bootstrap|cluster/.test(name) ||
    (release !== undefined && isOwnChart(cluster, release))
  );
}

/**
 * Whether something that no file shows may create an object: a chart, an operator with a custom resource, another
 * repository, a template.
 */
function mayBeMadeUnseen(
  context: CheckContext,
  facts: ClusterFacts,
  { kind, namespace }: ObjectIdentity,
): boolean {
  if (!WORKLOADS.has(kind) || namespace === undefined) return true;
  if (hiddenParts(facts).length > 0 || isMadeInCluster(facts, kind) || hasMakers(facts)) return true;
  if (facts.objects.has(`Namespace//${namespace}`)) return false;
  // A namespace that comes from elsewhere may contain anything.
  return !makesNamespaces(facts) || isNamespaceMade(context, facts, namespace);
}

/** Whether a cluster has charts or custom resources, whose controllers may create any object. */
const hasMakers = once(({ objects }: ClusterFacts): boolean =>
  [...objects.values()].some(([first]) => {
    const { group, kind } = first?.identity ?? { group: '', kind: '' };
    return kind === 'HelmRelease' || (!isFluxGroup(group) && !isKubernetesGroup(group));
  }),
);
