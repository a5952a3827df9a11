import { isFluxGroup, KUSTOMIZE_GROUP } from '../../kinds/groups';
import { listOf, mapOf } from '../../plain/plain-data';
import type { AppliedObject, GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { atNode } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import { EXTERNAL_SECRETS_GROUP, reportsReady, takesTime } from '../facts/readiness';
import { nameOf } from '../../findings/object-name';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import { earlyKustomizations } from '../providers/api-order';
import { isPlatformNamespace } from '../facts/namespaces/platform-namespaces';
import type { Rule, RuleFinding } from '../rule';
import { asText } from '../../plain/as-text';

/** A dependency on a Kustomization that is ready before what it applies is. */
export const dependencyNotReady: Rule = {
  code: 'dependency-not-ready',
  *check(context) {
    // If the problem concerns custom resources, their own rule reports it.
    const early = earlyKustomizations(context);
    for (const cluster of context.clusters) {
      const waits = groupBy(cluster.edges('depends-on'), ({ to }) => to);
      for (const [id, edges] of waits) {
        const target = cluster.node(id);
        if (!target || early.has(target) || isSuspended(target)) continue;
        const [first, ...more] = edges.filter(
          ({ from }) => waits.has(from) || needsReady(cluster, cluster.node(from), target),
        );
        const source = cluster.node(first?.from ?? '');
        if (!source) continue;
        const children = [first, ...more].filter((edge) => {
          const waiting = edge && cluster.node(edge.from);
          return waiting !== undefined && cluster.isAppliedThrough(waiting, target);
        });
        // A child cannot wait, through its parent, for the Kustomizations beside it: it is one of them.
        const awaited = awaitedObjects(target, children.length > more.length).filter(
          (one) => !storeFollows(cluster, target, one),
        );
        const who = `${nameOf(source.identity)} ${more.length > 0 ? `and ${more.length} more wait` : 'waits'}`;
        const hint =
          children.length > 0
            ? 'list what must be ready in healthChecks; with wait: true, it would wait for objects that wait for it'
            : 'set wait: true, or list what must be ready in healthChecks';
        if (awaited.length > 0) yield { ...problem(target, who, awaited), hint };
      }
    }
  },
};

/** @param awaited - what needs time: at least one object */
function problem(
  target: GraphNode,
  who: string,
  awaited: readonly AppliedObject[],
): Pick<RuleFinding, 'locations' | 'severity' | 'message' | 'cause'> {
  const sure = awaited.filter(({ identity }) => reportsReady(identity));
  const [isSure, shown] = [sure.length > 0, sure[0] ?? awaited[0]];
  const object = `${shown ? nameOf(shown.identity) : ''}${sure.length > 1 ? ` and ${sure.length - 1} more` : ''}`;
  const state = `${nameOf(target.identity)}, which is ready once its objects are applied, ${isSure ? `without waiting for ${object}` : `although ${object} may need time after that`}`;
  return {
    ...atNode(target, 'spec'),
    severity: isSure ? undefined : 'info',
    message: `${who} for ${state}`,
    cause: `other Kustomizations wait for ${state}`,
  };
}

/** Core kinds that only hold data or names, so nothing has to run for them. */
const inertKinds = new Set(['ConfigMap', 'Namespace', 'Secret', 'ServiceAccount']);

/**
 * Whether what waits, and for which nothing waits in turn, may need more than the order of the apply. A HelmRelease may
 * create the namespace of what waits for it, unless that is sure to exist.
 */
function needsReady(facts: ClusterFacts, waiting: GraphNode | undefined, target: GraphNode): boolean {
  const { complete = false, inventory = [] } = waiting?.build ?? {};
  if (!complete || inventory.length === 0) return true;
  const isSure = (namespace: string) =>
    namespace === waiting?.identity.namespace ||
    namespacesIn(target).has(namespace) ||
    isPlatformNamespace(namespace) ||
    facts.objects.has(nodeId({ group: '', kind: 'Namespace', name: namespace }));
  return inventory.some(
    ({ identity: { group, kind, namespace } }) =>
      group !== '' ||
      !inertKinds.has(kind) ||
      (kind !== 'Namespace' && (namespace === undefined || !isSure(namespace))),
  );
}

/** The namespaces that a Kustomization creates or has objects in. */
const namespacesIn = once(
  ({ build }: GraphNode): ReadonlySet<string | undefined> =>
    new Set(
      (build?.inventory ?? []).map(({ identity: { kind, name, namespace } }) =>
        kind === 'Namespace' ? name : namespace,
      ),
    ),
);

/** What a Kustomization applies and does not wait for, and what may need time. */
function awaitedObjects({ type, object, build }: GraphNode, isParent: boolean): readonly AppliedObject[] {
  if (type !== 'kustomization' || !object) return [];
  const { wait, healthChecks } = mapOf(object.spec);
  if (wait === true || listOf(healthChecks).length > 0) return [];
  const isAwaited = (applied: AppliedObject) =>
    applied.madeBy === undefined &&
    takesTime(applied.identity) &&
    !isIdle(applied) &&
    !isFluxItself(applied) &&
    !(isParent && isKustomization(applied));
  return build?.inventory.filter(isAwaited) ?? [];
}

/**
 * Whether an ExternalSecret reads from a store that is applied only after its own Kustomization, so that nothing can wait
 * for it before.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
function storeFollows(
  cluster: ClusterFacts,
  target: GraphNode,
  { identity, object }: AppliedObject,
): boolean {
  const { kind = 'SecretStore', name } = mapOf(mapOf(object.spec).secretStoreRef);
  if (typeof kind !== 'string' || typeof name !== 'string') return false;
  const namespace = kind === 'SecretStore' ? identity.namespace : undefined;
  const stores = cluster.objects.get(nodeId({ group: EXTERNAL_SECRETS_GROUP, kind, namespace, name })) ?? [];
  const ready = { id: target.id, at: 'ready' } as const;
  return stores.some(({ owner }) => cluster.precedence.follows({ id: owner.id, at: 'applied' }, ready));
}

/** Whether nothing runs for an object: it is suspended, or has no replicas. */
function isIdle({ identity, object }: AppliedObject): boolean {
  const { replicas } = mapOf(object.spec);
  return isFluxGroup(identity.group) ? isSuspended({ object }) : asText(replicas) === '0';
}

/** Whether an object is a part of Flux's own controllers, which are already running when they apply themselves. */
function isFluxItself({ object }: AppliedObject): boolean {
  return mapOf(object.metadata?.labels)['app.kubernetes.io/part-of'] === 'flux';
}

function isKustomization({ identity: { group, kind } }: AppliedObject): boolean {
  return group === KUSTOMIZE_GROUP && kind === 'Kustomization';
}
