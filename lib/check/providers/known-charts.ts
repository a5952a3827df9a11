/** What is known of a Helm chart that brings CRDs. */
export interface KnownChart {
  /** The chart's name: the last part of its address in a registry. */
  readonly chart: string;
  /** What the repository's address holds, for names that several projects use. */
  readonly repository?: RegExp;
  /** What its CRDs define: API groups, or `group/Kind` where several charts share a group. */
  readonly provides: readonly string[];
  /** The values that turn its CRDs on or off, and whether they are on without them. */
  readonly gate?: { readonly values: readonly string[]; readonly byDefault: boolean };
  /** Whether Helm itself installs them from the folder `crds`, so that `spec.install.crds: Skip` leaves them out. */
  readonly folder?: boolean;
  /** The groups whose objects its admission webhook must let through: while it does not serve, they are refused. */
  readonly guards?: readonly string[];
}

const on = (...values: string[]): KnownChart['gate'] => ({ values, byDefault: true });
const off = (...values: string[]): KnownChart['gate'] => ({ values, byDefault: false });

/** A chart whose CRDs stand in its folder `crds`. */
function inFolder(chart: string, ...provides: string[]): KnownChart {
  return { chart, provides, folder: true };
}

const ELASTIC = [
  'elasticsearch',
  'kibana',
  'apm',
  'beat',
  'agent',
  'enterprisesearch',
  'maps',
  'logstash',
].map((name) => `${name}.k8s.elastic.co`);
const ISTIO = ['networking.istio.io', 'security.istio.io', 'telemetry.istio.io', 'extensions.istio.io'];
const SNAPSHOTS = ['snapshot.storage.k8s.io', 'groupsnapshot.storage.k8s.io'];
const kinds = (group: string, ...names: string[]) => names.map((name) => `${group}/${name}`);

/**
 * Charts that many clusters run, as their current versions are. A chart that is not here provides nothing that we
 * know of; an annotation of its HelmRelease can say what. Charts without which Flux itself cannot start are not here:
 * networks (Cilium, Calico) and the Flux operator are in the cluster before.
 */
export const knownCharts: readonly KnownChart[] = [
  // Certificates and secrets
  {
    chart: 'cert-manager',
    provides: ['cert-manager.io', 'acme.cert-manager.io'],
    gate: off('crds.enabled', 'installCRDs'),
    guards: ['cert-manager.io', 'acme.cert-manager.io'],
  },
  {
    chart: 'trust-manager',
    provides: ['trust.cert-manager.io'],
    gate: on('crds.enabled'),
    guards: ['trust.cert-manager.io'],
  },
  {
    chart: 'cert-manager-approver-policy',
    provides: ['policy.cert-manager.io'],
    gate: on('crds.enabled'),
    guards: ['policy.cert-manager.io'],
  },
  {
    chart: 'external-secrets',
    provides: ['external-secrets.io', 'generators.external-secrets.io'],
    gate: on('installCRDs'),
    guards: ['external-secrets.io'],
  },
  inFolder('sealed-secrets', 'bitnami.com'),
  inFolder('vault-secrets-operator', 'secrets.hashicorp.com'),
  inFolder('vault-operator', 'vault.banzaicloud.com'),
  { chart: 'secrets-operator', repository: /infisical/, provides: ['secrets.infisical.com'] },
  inFolder('secrets-store-csi-driver', 'secrets-store.csi.x-k8s.io'),
  { chart: 'connect', repository: /1password/, provides: ['onepassword.com'], gate: off('operator.create') },

  // Monitoring
  { ...inFolder('kube-prometheus-stack', 'monitoring.coreos.com'), gate: on('crds.enabled') },
  { chart: 'prometheus-operator-crds', provides: ['monitoring.coreos.com'], gate: on('crds.enabled') },
  inFolder('grafana-operator', 'grafana.integreatly.org'),
  {
    chart: 'victoria-metrics-operator',
    provides: ['operator.victoriametrics.com'],
    gate: on('crds.enabled'),
    guards: ['operator.victoriametrics.com'],
  },
  { chart: 'victoria-metrics-operator-crds', provides: ['operator.victoriametrics.com'] },
  {
    chart: 'victoria-metrics-k8s-stack',
    provides: ['operator.victoriametrics.com'],
    gate: on('victoria-metrics-operator.crds.enabled'),
  },
  {
    chart: 'opentelemetry-operator',
    provides: ['opentelemetry.io'],
    gate: on('crds.create'),
    guards: ['opentelemetry.io'],
  },
  inFolder('jaeger-operator', 'jaegertracing.io'),
  inFolder('logging-operator', 'logging.banzaicloud.io'),
  { chart: 'fluent-operator', provides: ['fluentbit.fluent.io', 'fluentd.fluent.io'] },
  inFolder('trivy-operator', 'aquasecurity.github.io'),
  inFolder('sloth', 'sloth.slok.dev'),
  { chart: 'silence-operator', provides: ['monitoring.giantswarm.io', 'observability.giantswarm.io'] },

  // Networks
  inFolder('traefik', 'traefik.io', 'traefik.containo.us'),
  { chart: 'traefik-crds', provides: ['traefik.io'] },
  inFolder('nginx-ingress', 'k8s.nginx.org', 'appprotect.f5.com', 'appprotectdos.f5.com'),
  inFolder('nginx-gateway-fabric', 'gateway.nginx.org'),
  { ...inFolder('kong', 'configuration.konghq.com'), repository: /konghq/ },
  { chart: 'base', repository: /istio/, provides: ISTIO },
  { chart: 'istio-base', provides: ISTIO },
  { chart: 'linkerd-crds', provides: ['linkerd.io', 'policy.linkerd.io', 'workload.linkerd.io'] },
  { chart: 'tetragon', provides: kinds('cilium.io', 'TracingPolicy', 'TracingPolicyNamespaced') },
  { chart: 'metallb', provides: ['metallb.io'], gate: on('crds.enabled'), guards: ['metallb.io'] },
  inFolder('gateway-helm', 'gateway.envoyproxy.io', 'gateway.networking.k8s.io'),
  { chart: 'gateway-crds-helm', provides: ['gateway.envoyproxy.io'], gate: off('crds.envoyGateway.enabled') },
  { chart: 'kgateway-crds', provides: ['gateway.kgateway.dev'] },
  { ...inFolder('external-dns', 'externaldns.k8s.io'), repository: /^(?!.*bitnami)/ },
  { chart: 'tailscale-operator', provides: ['tailscale.com'], gate: on('installCRDs') },
  {
    ...inFolder('aws-load-balancer-controller', 'elbv2.k8s.aws'),
    guards: ['elbv2.k8s.aws'],
  },

  // Policies
  { chart: 'kyverno', provides: ['kyverno.io', 'policies.kyverno.io'], gate: on('crds.install') },
  { chart: 'gatekeeper', provides: ['templates.gatekeeper.sh', 'config.gatekeeper.sh'], folder: true },
  { chart: 'kubewarden-crds', provides: ['policies.kubewarden.io'] },
  { chart: 'kubewarden-controller', provides: [], guards: ['policies.kubewarden.io'] },
  {
    chart: 'capsule',
    provides: ['capsule.clastix.io'],
    gate: on('crds.install'),
    guards: ['capsule.clastix.io'],
  },

  // Databases and queues
  {
    chart: 'cloudnative-pg',
    provides: ['postgresql.cnpg.io'],
    gate: on('crds.create'),
    guards: ['postgresql.cnpg.io'],
  },
  { chart: 'plugin-barman-cloud', provides: ['barmancloud.cnpg.io'], gate: on('crds.create') },
  { ...inFolder('postgres-operator', 'acid.zalan.do'), repository: /zalando/ },
  inFolder('ext-postgres-operator', 'db.movetokube.com'),
  { chart: 'pgo', provides: ['postgres-operator.crunchydata.com'] },
  {
    chart: 'mariadb-operator',
    provides: ['k8s.mariadb.com'],
    gate: off('crds.enabled'),
    guards: ['k8s.mariadb.com'],
  },
  { chart: 'mariadb-operator-crds', provides: ['k8s.mariadb.com'] },
  { ...inFolder('mysql-operator', 'mysql.oracle.com'), repository: /mysql/ },
  inFolder('pxc-operator', 'pxc.percona.com'),
  inFolder('psmdb-operator', 'psmdb.percona.com'),
  inFolder('pg-operator', 'pgv2.percona.com'),
  inFolder('community-operator', 'mongodbcommunity.mongodb.com'),
  {
    ...inFolder('redis-operator', 'redis.redis.opstreelabs.in'),
    repository: /ot-container-kit/,
  },
  { ...inFolder('redis-operator', 'databases.spotahome.com'), repository: /spotahome/ },
  { chart: 'dragonfly-operator', provides: ['dragonflydb.io'], gate: on('crds.install') },
  { chart: 'eck-operator', provides: ELASTIC, gate: on('installCRDs') },
  { chart: 'eck-operator-crds', provides: ELASTIC },
  { chart: 'opensearch-operator', provides: ['opensearch.opster.io'], gate: on('installCRDs') },
  inFolder('strimzi-kafka-operator', 'kafka.strimzi.io', 'core.strimzi.io'),
  inFolder('rabbitmq-cluster-operator', 'rabbitmq.com'),
  inFolder('nack', 'jetstream.nats.io'),
  { chart: 'emqx-operator', provides: ['apps.emqx.io'], guards: ['apps.emqx.io'] },
  inFolder('altinity-clickhouse-operator', 'clickhouse.altinity.com', 'clickhouse-keeper.altinity.com'),
  { ...inFolder('scylla-operator', 'scylla.scylladb.com'), guards: ['scylla.scylladb.com'] },
  inFolder('solr-operator', 'solr.apache.org'),
  { chart: 'zookeeper-operator', provides: ['zookeeper.pravega.io'], gate: on('crd.create') },
  { chart: 'operator', repository: /min\.?io/, provides: ['minio.min.io', 'sts.min.io'] },

  // Storage and backups
  { chart: 'longhorn', provides: ['longhorn.io'] },
  { chart: 'rook-ceph', provides: ['ceph.rook.io', 'objectbucket.io'], gate: on('crds.enabled') },
  inFolder('velero', 'velero.io'),
  { chart: 'volsync', provides: ['volsync.backube'], gate: on('manageCRDs') },
  { chart: 'snapshot-controller', provides: SNAPSHOTS, gate: on('installCRDs') },
  inFolder('snapscheduler', 'snapscheduler.backube'),
  {
    chart: 'piraeus',
    provides: ['piraeus.io'],
    gate: off('installCRDs'),
    guards: ['piraeus.io'],
  },

  // Scaling, nodes and devices
  { chart: 'keda', provides: ['keda.sh', 'eventing.keda.sh'], gate: on('crds.install') },
  inFolder('karpenter', 'karpenter.sh', 'karpenter.k8s.aws'),
  { chart: 'karpenter-crd', provides: ['karpenter.sh', 'karpenter.k8s.aws'] },
  { ...inFolder('vpa', 'autoscaling.k8s.io'), repository: /fairwinds/ },
  inFolder('node-feature-discovery', 'nfd.k8s-sigs.io'),
  { ...inFolder('gpu-operator', 'nvidia.com'), repository: /nvidia/ },
  {
    chart: 'intel-device-plugins-operator',
    provides: ['deviceplugin.intel.com'],
    guards: ['deviceplugin.intel.com'],
  },

  // Delivery, jobs and platforms
  {
    chart: 'argo-cd',
    provides: kinds('argoproj.io', 'Application', 'ApplicationSet', 'AppProject'),
    gate: on('crds.install'),
  },
  {
    chart: 'argo-workflows',
    provides: kinds('argoproj.io', 'Workflow', 'WorkflowTemplate', 'CronWorkflow', 'ClusterWorkflowTemplate'),
    gate: on('crds.install'),
  },
  {
    chart: 'argo-rollouts',
    provides: kinds('argoproj.io', 'Rollout', 'AnalysisTemplate', 'ClusterAnalysisTemplate', 'Experiment'),
    gate: on('installCRDs'),
  },
  {
    chart: 'argo-events',
    provides: kinds('argoproj.io', 'EventBus', 'EventSource', 'Sensor'),
    gate: on('crds.install'),
  },
  inFolder('flagger', 'flagger.app'),
  inFolder('tf-controller', 'infra.contrib.fluxcd.io'),
  inFolder('tofu-controller', 'infra.contrib.fluxcd.io'),
  { chart: 'crossplane', provides: ['apiextensions.crossplane.io', 'pkg.crossplane.io'] },
  inFolder('gha-runner-scale-set-controller', 'actions.github.com'),
  {
    ...inFolder('actions-runner-controller', 'actions.summerwind.dev'),
    guards: ['actions.summerwind.dev'],
  },
  { chart: 'tekton-operator', provides: ['operator.tekton.dev'], gate: off('installCRDs') },
  inFolder('flink-kubernetes-operator', 'flink.apache.org'),
  inFolder('spark-operator', 'sparkoperator.k8s.io'),
  inFolder('kuberay-operator', 'ray.io'),
  { chart: 'kueue', provides: ['kueue.x-k8s.io'], guards: ['kueue.x-k8s.io'] },
  { chart: 'kserve-crd', provides: ['serving.kserve.io'] },
];

const byName: ReadonlyMap<string, readonly KnownChart[]> = knownCharts.reduce(
  (map, entry) => map.set(entry.chart, [...(map.get(entry.chart) ?? []), entry]),
  new Map<string, KnownChart[]>(),
);

/**
 * Finds a chart by its name, wherever a mirror keeps it.
 *
 * @param name - the chart's name, or its path in a repository
 * @param repository - the address of its repository
 */
export function knownChart(name: string, repository = ''): KnownChart | undefined {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return byName.get(last)?.find((entry) => entry.repository?.test(repository) ?? true);
}
