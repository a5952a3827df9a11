import { configMap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, type Files } from '../small-repositories';

const waits = (on: string) => `dependsOn: [{ name: ${on} }]`;
const shop = object('example.com/v1', 'Shop', 's', 'default');
const told = (files: Files) => lines('dependency-not-ready', files);

/** Kustomizations with paths of their names, beside the one that they wait for and what that one applies. */
function repository(waiting: readonly string[], applied: string, ...spec: readonly string[]): Files {
  return {
    'clusters/prod/first.yaml': fluxKustomization('first', './first', spec),
    'first/all.yaml': applied,
    ...Object.fromEntries(
      waiting.map((name) => [
        `clusters/prod/${name}.yaml`,
        fluxKustomization(name, './other', [waits('first')]),
      ]),
    ),
    'other/map.yaml': configMap('other'),
  };
}

describe('an object that needs time to become ready', () => {
  it.each([
    ['v1', 'Pod', true],
    ['v1', 'PersistentVolumeClaim', false],
    ['v1', 'ReplicationController', true],
    ['v1', 'Service', false],
    ['v1', 'ConfigMap', false],
    ['v1', 'Namespace', false],
    ['apps/v1', 'Deployment', true],
    ['batch/v1', 'Job', true],
    ['batch/v1', 'CronJob', false],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', false],
    ['notification.toolkit.fluxcd.io/v1beta3', 'Alert', false],
    ['notification.toolkit.fluxcd.io/v1beta3', 'Provider', false],
    ['notification.toolkit.fluxcd.io/v1', 'Receiver', true],
    ['image.toolkit.fluxcd.io/v1', 'ImageRepository', true],
    ['gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', false],
    ['policy/v1', 'PodDisruptionBudget', false],
    ['networking.k8s.io/v1', 'Ingress', false],
    ['rbac.authorization.k8s.io/v1', 'Role', false],
    ['k8s.io.example.com/v1', 'Role', true],
    ['source.toolkit.fluxcd.io/v1', 'GitRepository', false],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', true],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', true],
    ['example.com/v1', 'Shop', true],
    ['monitoring.coreos.com/v1', 'AlertmanagerConfig', false],
    ['monitoring.coreos.com/v1', 'PodMonitor', false],
    ['monitoring.coreos.com/v1', 'Probe', false],
    ['monitoring.coreos.com/v1', 'PrometheusRule', false],
    ['monitoring.coreos.com/v1', 'ScrapeConfig', false],
    ['monitoring.coreos.com/v1', 'Alertmanager', true],
    ['grafana.integreatly.org/v1beta1', 'GrafanaDatasource', false],
    ['grafana.integreatly.org/v1beta1', 'GrafanaFolder', false],
    ['helm.cattle.io/v1', 'HelmChartConfig', false],
    ['helm.cattle.io/v1', 'HelmChart', true],
    ['kyverno.io/v1', 'PolicyException', false],
    ['kyverno.io/v1', 'ClusterPolicy', true],
    ['longhorn.io/v1beta2', 'RecurringJob', false],
    ['longhorn.io/v1beta2', 'Volume', true],
    ['nfd.k8s-sigs.io/v1', 'NodeFeatureDiscovery', true],
    ['cilium.io/v2', 'CiliumNetworkPolicy', false],
    ['crd.projectcalico.org/v1', 'NetworkPolicy', false],
    ['projectcalico.org/v3', 'NetworkPolicy', false],
    ['k8s.cni.cncf.io/v1', 'NetworkAttachmentDefinition', false],
    ['networking.istio.io/v1', 'VirtualService', false],
    ['security.istio.io/v1', 'AuthorizationPolicy', false],
    ['telemetry.istio.io/v1', 'Telemetry', false],
    ['policy.linkerd.io/v1', 'Server', false],
    ['templates.gatekeeper.sh/v1', 'ConstraintTemplate', false],
    ['traefik.containo.us/v1alpha1', 'Middleware', false],
    ['bitnami.com/v1alpha1', 'SealedSecret', false],
    ['bitnami.com/v1alpha1', 'Other', true],
    ['configuration.konghq.com/v1', 'KongPlugin', false],
    ['velero.io/v1', 'Schedule', false],
    ['volsync.backube/v1alpha1', 'ReplicationSource', false],
    ['source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', false],
    ['barmancloud.cnpg.io/v1', 'ObjectStore', false],
    ['postgresql.cnpg.io/v1', 'ScheduledBackup', false],
    ['postgresql.cnpg.io/v1', 'Cluster', true],
    ['keda.sh/v1alpha1', 'TriggerAuthentication', false],
    ['keda.sh/v1alpha1', 'ScaledObject', true],
    ['flagger.app/v1beta1', 'MetricTemplate', false],
    ['generators.external-secrets.io/v1alpha1', 'Password', false],
    ['external-secrets.io/v1', 'ExternalSecret', true],
    ['linkerd.io/v1alpha2', 'ServiceProfile', false],
    ['secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', false],
    ['tailscale.com/v1alpha1', 'ProxyClass', false],
    ['upgrade.cattle.io/v1', 'Plan', false],
    ['aws.crossplane.io/v1beta1', 'ProviderConfig', false],
    ['aws.m.upbound.io/v1beta1', 'ClusterProviderConfig', false],
    ['s3.aws.upbound.io/v1beta1', 'Bucket', true],
    ['example.com/v1', 'ProviderConfig', true],
  ])('%s %s: %s', (apiVersion, kind, expected) => {
    const files = repository(['second'], object(apiVersion, kind, 'it', 'default'));
    expect(told(files)).toHaveLength(expected ? 1 : 0);
  });
});

describe('a dependency on something that may have no status', () => {
  const severities = (...applied: string[]) =>
    told(repository(['second'], applied.join(''))).map((text) => text.split(' ', 1)[0]);
  const job = object('batch/v1', 'Job', 'j', 'default');

  it.each([
    ['v1', 'Pod', 'warning'],
    ['apps/v1', 'Deployment', 'warning'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'warning'],
    ['cert-manager.io/v1', 'ClusterIssuer', 'warning'],
    ['example.com/v1', 'Shop', 'info'],
  ])('such as %s %s is reported as %s', (apiVersion, kind, expected) => {
    expect(severities(object(apiVersion, kind, 'it', 'default'))).toEqual([expected]);
  });

  it('is reported as info if nothing else needs time, with the object', () => {
    expect(severities(shop, job)).toEqual(['warning']);
    expect(told(repository(['second'], configMap('a') + shop))).toEqual([
      line('once its objects are applied, although Shop "default/s" may need time after that =>'),
    ]);
  });
});

describe('dependency-not-ready', () => {
  it.each([
    ['has no replicas', object('apps/v1', 'Deployment', 'd', 'default', 'spec: { replicas: 0 }'), 0],
    [
      'is a part of Flux',
      object('apps/v1', 'Deployment', 'd', 'default').replace(
        'namespace: default',
        'namespace: default, labels: { app.kubernetes.io/part-of: flux }',
      ),
      0,
    ],
    ['has replicas', object('apps/v1', 'Deployment', 'd', 'default', 'spec: { replicas: 1 }'), 1],
    [
      'is suspended',
      object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'r', 'default', 'spec: { suspend: true }'),
      0,
    ],
    [
      'has a field that Flux does not read',
      object('apps/v1', 'Deployment', 'd', 'default', 'spec: { suspend: true }'),
      1,
    ],
  ])('judges what %s', (_, applied, expected) => {
    expect(told(repository(['second'], applied))).toHaveLength(expected);
  });

  it('accepts a Kustomization that is suspended, which nothing reaches', () => {
    expect(told(repository(['second'], object('v1', 'Pod', 'p', 'default'), 'suspend: true'))).toEqual([]);
  });

  it('names an object that needs time, and how many more do', () => {
    const [pod, other, map] = [
      object('v1', 'Pod', 'p', 'default'),
      object('apps/v1', 'Deployment', 'd', 'default'),
      configMap('a'),
    ];
    expect(told(repository(['second'], shop + map + pod))).toEqual([
      line('is ready once its objects are applied, without waiting for Pod "default/p" =>'),
    ]);
    expect(told(repository(['second'], pod + shop + other))).toEqual([
      line('applied, without waiting for Pod "default/p" and 1 more =>'),
    ]);
  });

  it('names who waits, and how many', () => {
    const set = '=> set wait: true, or list what must be ready in healthChecks';
    const pod = object('v1', 'Pod', 'p', 'default');
    const [one, three] = [repository(['second'], pod), repository(['second', 'third', 'fourth'], pod)];
    expect(told(one)).toEqual([
      line(
        'clusters/prod/first.yaml:7 (Kustomization first spec)',
        'Kustomization "flux-system/second" waits for Kustomization "flux-system/first", which is ready once its objects are applied',
        set,
      ),
    ]);
    expect(told(three)).toEqual([
      line('Kustomization "flux-system/', '" and 2 more wait for Kustomization', set),
    ]);
  });

  it.each([
    ['waits for all that it applies', 'wait: true'],
    [
      'waits for one object',
      'healthChecks: [{ apiVersion: example.com/v1, kind: Shop, name: s, namespace: default }]',
    ],
  ])('accepts a Kustomization that %s', (_, spec) => {
    expect(told(repository(['second'], shop, spec))).toEqual([]);
  });

  it.each(['wait: false', 'healthChecks: []'])('reports one with %s', (spec) => {
    expect(told(repository(['second'], shop, spec))).toHaveLength(1);
  });

  it('accepts a HelmRelease, which is ready when its release is', () => {
    const release = (name: string, more: string) =>
      object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, 'default', `spec: { interval: 1h${more} }`);
    const both = release('a', '') + release('b', ', dependsOn: [{ name: a }]');
    expect(told(repository([], both))).toEqual([]);
  });

  it('leaves what races for custom resources to webhook-race and crd-race', () => {
    const chart = [
      object(
        'source.toolkit.fluxcd.io/v1',
        'HelmRepository',
        'c',
        'default',
        'spec: { url: "https://charts.jetstack.io", interval: 1h }',
      ),
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        'cert-manager',
        'default',
        'spec: { interval: 1h, values: { crds: { enabled: true } }, chart: { spec: { chart: cert-manager, version: 1.19.1, sourceRef: { kind: HelmRepository, name: c } } } }',
      ),
    ].join('');
    const issuer = { 'other/issuer.yaml': object('cert-manager.io/v1', 'Issuer', 'i', 'default') };
    expect(told(repository(['second'], chart))).toHaveLength(1);
    expect(told({ ...repository(['second'], chart), ...issuer })).toEqual([]);
  });
});

describe('a parent that its children wait for', () => {
  const children = (...names: readonly string[]) =>
    Object.fromEntries(
      names.map((name) => [`first/${name}.yaml`, fluxKustomization(name, './other', [waits('first')])]),
    );
  const parent = (applied: string): Files => ({ ...repository([], applied), ...children('second', 'third') });

  it('is accepted if it applies nothing else that takes time', () => {
    expect(told(parent(configMap('a')))).toEqual([]);
  });

  it.each([
    ['another kind of that group', object('kustomize.toolkit.fluxcd.io/v1', 'Other', 'o', 'default')],
    ['a Kustomization of another group', object('example.com/v1', 'Kustomization', 'o', 'default')],
    ['a Deployment', object('apps/v1', 'Deployment', 'd', 'default')],
    [
      'a part of something else',
      object('apps/v1', 'Deployment', 'd', 'default').replace(
        'namespace: default',
        'namespace: default, labels: { app.kubernetes.io/part-of: shop }',
      ),
    ],
  ])('fails if it applies %s as well', (_, applied) => {
    expect(told(parent(applied))).toEqual([
      line(
        'and 1 more wait for Kustomization',
        '=> list what must be ready in healthChecks; with wait: true',
      ),
    ]);
  });

  it('fails if something else also waits for it, which must not wait for everything', () => {
    const files = { ...repository(['beside'], configMap('a')), ...children('second') };
    expect(told(files)).toEqual([
      line(
        'and 1 more wait for Kustomization',
        '=> list what must be ready in healthChecks; with wait: true',
      ),
    ]);
  });
});

describe('what waits', () => {
  const map = (kind: string, namespace?: string) => object('v1', kind, 'it', namespace);
  const started = (applied: string, first = shop) => ({
    ...repository(['second'], first),
    'other/map.yaml': applied,
  });
  const name = (namespace: string) => object('v1', 'Namespace', namespace);
  const third = { 'clusters/prod/third.yaml': fluxKustomization('third', './third', [waits('second')]) };

  it.each([
    ['a ConfigMap', started(map('ConfigMap', 'default')), false],
    ['a Secret and an account', started(map('Secret', 'default') + map('ServiceAccount', 'default')), false],
    ['a Namespace', started(name('new')), false],
    ['a ConfigMap beside the Kustomization', started(map('ConfigMap', 'flux-system')), false],
    [
      'a ConfigMap in a namespace that the first creates',
      started(map('ConfigMap', 'new'), shop + name('new')),
      false,
    ],
    ['a ConfigMap in a namespace that every cluster has', started(map('ConfigMap', 'kube-system')), false],
    ['a ConfigMap in a namespace that it creates', started(map('ConfigMap', 'new') + name('new')), false],
    [
      'a ConfigMap in a namespace that another one creates',
      { ...started(map('ConfigMap', 'new')), 'clusters/prod/new.yaml': name('new') },
      false,
    ],
    [
      'a ConfigMap in a remote cluster, in a namespace that the first creates there',
      {
        'clusters/prod/all.yaml':
          fluxKustomization('first', './first', ['kubeConfig: { secretRef: { name: r } }']) +
          fluxKustomization('second', './other', ['kubeConfig: { secretRef: { name: r } }', waits('first')]),
        'first/all.yaml': shop + name('new'),
        'other/map.yaml': map('ConfigMap', 'new'),
      },
      false,
    ],
    ['a ConfigMap in a namespace that a chart may create', started(map('ConfigMap', 'new')), true],
    ['a ConfigMap without a namespace', started(configMap('other'), shop + name('new')), true],
    ['a Service, which a webhook may change', started(map('Service', 'default')), true],
    ['another kind of that name', started(object('acme.io/v1', 'ConfigMap', 'it', 'default')), true],
    ['a ConfigMap and a Pod', started(map('ConfigMap', 'default') + map('Pod', 'default')), true],
    [
      'a ConfigMap, and another Kustomization waits in turn',
      { ...started(map('ConfigMap', 'default')), ...third, 'third/all.yaml': map('ConfigMap', 'default') },
      true,
    ],
    [
      'a ConfigMap and what is not known',
      {
        ...started(map('ConfigMap', 'default')),
        'other/kustomization.yaml': 'resources: [map.yaml, "https://example.com/x.yaml"]\n',
      },
      true,
    ],
    ['nothing', started(''), true],
  ])('applies %s', (_, files, expected) => {
    expect(told(files)).toHaveLength(expected ? 1 : 0);
  });

  it('is named without what needs only the order', () => {
    const files = {
      ...repository(['a-map', 'shop'], shop),
      'clusters/prod/shop.yaml': fluxKustomization('shop', './shops', [waits('first')]),
      'shops/all.yaml': shop,
      'other/map.yaml': map('ConfigMap', 'default'),
    };
    expect(told(files)).toEqual([line('info', 'Kustomization "flux-system/shop" waits for Kustomization')]);
  });
});

describe('an ExternalSecret', () => {
  const secret = (ref: string) =>
    object('external-secrets.io/v1', 'ExternalSecret', 's', 'default', `spec: { secretStoreRef: ${ref} }`);
  const store = (kind: string, namespace?: string) =>
    object('external-secrets.io/v1', kind, 'vault', namespace, 'spec: {}');
  const after = (ref: string, applied: string) => ({
    ...repository(['stores'], secret(ref)),
    'other/store.yaml': applied,
  });

  it.each([
    [
      'a store of the cluster',
      after('{ kind: ClusterSecretStore, name: vault }', store('ClusterSecretStore')),
    ],
    ['a store of its namespace', after('{ name: vault }', store('SecretStore', 'default'))],
  ])('cannot be waited for before %s that is applied only later', (_, files) => {
    expect(told(files)).toEqual([]);
  });

  it.each([
    ['a store of another namespace', after('{ name: vault }', store('SecretStore', 'other'))],
    ['a store of another name', after('{ name: other }', store('SecretStore', 'default'))],
    [
      'a store beside it',
      repository(['stores'], secret('{ name: vault }') + store('SecretStore', 'default')),
    ],
    ['no store', repository(['stores'], secret('{}'))],
  ])('can be waited for with %s', (_, files) => {
    expect(told(files)).toEqual([line('Kustomization "flux-system/stores" waits for Kustomization')]);
  });
});
