import type { ObjectIdentity } from '../../findings/finding';
import {
  isFluxGroup,
  KUSTOMIZE_GROUP,
  NOTIFICATION_GROUP,
  SOURCE_EXTENSIONS_GROUP,
  SOURCE_GROUP,
} from '../../kinds/groups';
import { listOf, mapOf } from '../../plain/plain-data';
import type { AppliedObject, GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { atNode } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import { nameOf } from '../../findings/object-name';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import { earlyKustomizations } from '../providers/api-order';
import { isPlatformNamespace } from '../facts/namespaces/platform-namespaces';
import type { Rule, RuleFinding } from '../rule';

const EXTERNAL_SECRETS_GROUP = 'external-secrets.io';

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
): Pick<RuleFinding, 'locations' | 'severity' | 'message'> {
  const sure = awaited.filter(({ identity }) => reportsReady(identity));
  const [isSure, shown] = [sure.length > 0, sure[0] ?? awaited[0]];
  const object = `${shown ? nameOf(shown.identity) : ''}${sure.length > 1 ? ` and ${sure.length - 1} more` : ''}`;
  return {
    ...atNode(target, 'spec'),
    severity: isSure ? undefined : 'info',
    message: `${who} for it, but it is ready once its objects are applied, ${isSure ? `without waiting for ${object}` : `and ${object} may need time after that`}`,
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

/** Groups of custom resources that report whether they are ready. Many others report nothing that Flux reads. */
const readyGroups = new Set([
  'cert-manager.io',
  EXTERNAL_SECRETS_GROUP,
  'karpenter.sh',
  'keda.sh',
  'kyverno.io',
  'postgresql.cnpg.io',
]);

function reportsReady({ group }: ObjectIdentity): boolean {
  return !group.includes('.') || isFluxGroup(group) || readyGroups.has(group);
}

/** Whether nothing runs for an object: it is suspended, or has no replicas. */
function isIdle({ identity, object }: AppliedObject): boolean {
  const { replicas } = mapOf(object.spec);
  return isFluxGroup(identity.group) ? isSuspended({ object }) : String(replicas) === '0';
}

/** Whether an object is a part of Flux's own controllers, which are already running when they apply themselves. */
function isFluxItself({ object }: AppliedObject): boolean {
  return mapOf(object.metadata?.labels)['app.kubernetes.io/part-of'] === 'flux';
}

function isKustomization({ identity: { group, kind } }: AppliedObject): boolean {
  return group === KUSTOMIZE_GROUP && kind === 'Kustomization';
}

/**
 * Kinds of Kubernetes' core group that need time to become ready. A PersistentVolumeClaim also does, but nothing can wait
 * for it: most are bound only once a Pod uses them.
 */
const slowKinds = new Set(['Pod', 'ReplicationController']);

/**
 * Kinds that never report the conditions that Flux reads, by group: most are settings that a controller reads. Flux treats
 * them as ready immediately, even with `wait`.
 */
const settings = new Map<string, ReadonlySet<string>>([
  [
    'monitoring.coreos.com',
    new Set([
      'AlertmanagerConfig',
      'PodMonitor',
      'Probe',
      'PrometheusRule',
      'ScrapeConfig',
      'ServiceMonitor',
    ]),
  ],
  // A schedule is ready as it is, and so are limits of replicas.
  ['batch', new Set(['CronJob'])],
  ['autoscaling', new Set(['HorizontalPodAutoscaler'])],
  // They have no status.
  [NOTIFICATION_GROUP, new Set(['Alert', 'Provider'])],
  // A condition of its own says whether the Secret exists, and kstatus does not know it.
  ['bitnami.com', new Set(['SealedSecret'])],
  ['nfd.k8s-sigs.io', new Set(['NodeFeatureRule'])],
  ['grafana.integreatly.org', new Set(['GrafanaDashboard', 'GrafanaDatasource', 'GrafanaFolder'])],
  ['helm.cattle.io', new Set(['HelmChartConfig'])],
  ['flagger.app', new Set(['AlertProvider', 'MetricTemplate'])],
  ['keda.sh', new Set(['ClusterTriggerAuthentication', 'TriggerAuthentication'])],
  ['kyverno.io', new Set(['PolicyException'])],
  ['longhorn.io', new Set(['RecurringJob'])],
  // Their status has no conditions.
  [
    'postgresql.cnpg.io',
    new Set(['Backup', 'ClusterImageCatalog', 'ImageCatalog', 'Pooler', 'ScheduledBackup']),
  ],
]);

/** Groups in which every kind is such a setting. */
const settingsGroups = new Set([
  // Its users are told as soon as an artifact is there, as those of a source.
  SOURCE_EXTENSIONS_GROUP,
  'barmancloud.cnpg.io',
  'cilium.io',
  'configuration.konghq.com',
  'constraints.gatekeeper.sh',
  'crd.projectcalico.org',
  'gateway.envoyproxy.io',
  'generators.external-secrets.io',
  'k8s.cni.cncf.io',
  'linkerd.io',
  'metallb.io',
  'networking.istio.io',
  'policy.linkerd.io',
  'projectcalico.org',
  'secrets-store.csi.x-k8s.io',
  'security.istio.io',
  'tailscale.com',
  'telemetry.istio.io',
  'templates.gatekeeper.sh',
  'traefik.containo.us',
  'traefik.io',
  'upgrade.cattle.io',
  'velero.io',
  'volsync.backube',
]);

/**
 * The settings of a Crossplane provider, which have no status, in the groups of all providers.
 *
 * @see https://docs.crossplane.io/latest/guides/crossplane-with-argo-cd
 */
const providerSettings = new Set(['ClusterProviderConfig', 'ProviderConfig']);

/** Whether an object needs time until it is ready. Flux itself waits for CRDs and namespaces before it continues. */
function takesTime({ group, kind }: ObjectIdentity): boolean {
  if (group === '') return slowKinds.has(kind);
  if (settingsGroups.has(group) || settings.get(group)?.has(kind) || isProviderSetting(group, kind))
    return false;
  return group !== SOURCE_GROUP && group !== 'policy' && !group.endsWith('.k8s.io');
}

function isProviderSetting(group: string, kind: string): boolean {
  return providerSettings.has(kind) && /\.(?:crossplane|upbound)\.io$/.test(group);
}
