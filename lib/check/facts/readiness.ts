import type { ObjectIdentity } from '../../findings/finding';
import { isFluxGroup, NOTIFICATION_GROUP, SOURCE_EXTENSIONS_GROUP, SOURCE_GROUP } from '../../kinds/groups';

/** The group of the External Secrets Operator. */
export const EXTERNAL_SECRETS_GROUP = 'external-secrets.io';

/** Groups of custom resources that report whether they are ready. Many others report nothing that Flux reads. */
const readyGroups = new Set([
  'cert-manager.io',
  EXTERNAL_SECRETS_GROUP,
  'karpenter.sh',
  'keda.sh',
  'kyverno.io',
  'postgresql.cnpg.io',
]);

/** Whether objects of a kind report whether they are ready, so that `wait` makes a difference for sure. */
export function reportsReady({ group }: ObjectIdentity): boolean {
  return !group.includes('.') || isFluxGroup(group) || readyGroups.has(group);
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
  // It notifies its users once an artifact exists, as a source does.
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
export function takesTime({ group, kind }: ObjectIdentity): boolean {
  if (group === '') return slowKinds.has(kind);
  if (settingsGroups.has(group) || settings.get(group)?.has(kind) || isProviderSetting(group, kind))
    return false;
  return group !== SOURCE_GROUP && group !== 'policy' && !group.endsWith('.k8s.io');
}

function isProviderSetting(group: string, kind: string): boolean {
  return providerSettings.has(kind) && /\.(?:crossplane|upbound)\.io$/.test(group);
}
