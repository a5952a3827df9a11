import { ApiObject } from 'cdk8s';
import {
  ArtifactGenerator,
  Cluster,
  ExternalArtifact,
  GitRepository,
  type GitOpsApp,
  HelmChartRelease,
  type HelmChartReleaseProps,
  HelmRelease,
  HelmRepository,
  Kustomization,
  ManifestDirectory,
  setFile,
} from '../../../lib';

/** The clusters of the repository that moves in, and what differs between them. */
const CLUSTERS = [
  { id: 'staging', acme: 'acme-staging-v02', versions: '>=1.0.0-alpha', more: { test: { enable: false } } },
  { id: 'production', acme: 'acme-v02', versions: '>=1.0.0', more: {} },
];

/** A folder that the Kustomizations of both clusters apply: two controllers, each with its namespace, in one file. */
function controllers(app: GitOpsApp): void {
  const directory = new ManifestDirectory(app, 'controllers', { path: './infrastructure/controllers' });
  addController(directory, 'cert-manager', {
    namespace: 'cert-manager',
    repository: chart('cert-manager', 'oci://quay.io/jetstack/charts/cert-manager', '1.x'),
    values: { crds: { enabled: true, keep: false }, config: { enableGatewayAPI: true } },
  });
  addController(directory, 'envoy-gateway', {
    namespace: 'envoy-gateway-system',
    repository: chart('gateway-helm', 'oci://docker.io/envoyproxy/gateway-helm', '>= 1.8.0-rc.0'),
    releaseName: 'envoy-gateway',
  });
}

/** A chart in a registry. */
function chart(name: string, url: string, semver: string): HelmChartReleaseProps['repository'] {
  const layerSelector = {
    mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    operation: 'copy',
  } as const;
  return { oci: { name, url, interval: '24h', layerSelector, ref: { semver } } };
}

/** A controller and its namespace, in one file. */
function addController(directory: ManifestDirectory, id: string, props: HelmChartReleaseProps): void {
  const file = `${id}.yaml`;
  const namespace = new ApiObject(directory, `${id}-namespace`, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: props.namespace, labels: { 'toolkit.fluxcd.io/tenant': 'sre-team' } },
  });
  setFile(namespace, file);
  new HelmChartRelease(directory, id, { file, interval: '12h', onFailure: 'RetryOnFailure', ...props });
}

/** Another shared folder, of plain objects. */
function configs(app: GitOpsApp): void {
  const directory = new ManifestDirectory(app, 'configs', { path: './infrastructure/configs' });
  const gateway = { name: 'envoy', namespace: 'envoy-gateway-system' };
  new ApiObject(directory, 'cluster-issuers', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: 'letsencrypt' },
    spec: {
      acme: {
        email: 'fluxcdbot@users.noreply.github.com',
        server: 'https://acme-staging-v02.api.letsencrypt.org/directory',
        privateKeySecretRef: { name: 'letsencrypt' },
        solvers: [{ http01: { gatewayHTTPRoute: { parentRefs: [{ ...gateway, kind: 'Gateway' }] } } }],
      },
    },
  });
  const parts = [
    new ApiObject(directory, 'gateway-class', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'envoy' },
      spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    }),
    new ApiObject(directory, 'gateway', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: gateway,
      spec: {
        gatewayClassName: 'envoy',
        listeners: [
          { name: 'http', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'All' } } },
        ],
      },
    }),
  ];
  for (const part of parts) setFile(part, 'gateway.yaml');
}

/** A base, and an overlay of it for each cluster. */
function apps(app: GitOpsApp): void {
  const base = new ManifestDirectory(app, 'podinfo', {
    path: './apps/base/podinfo',
    namespace: 'podinfo',
    kustomize: { namespace: 'podinfo' },
  });
  new ApiObject(base, 'namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'podinfo', labels: { 'toolkit.fluxcd.io/tenant': 'dev-team' } },
  });
  const repository = new HelmRepository(base, 'repository', {
    name: 'podinfo',
    interval: '5m',
    url: 'https://stefanprodan.github.io/podinfo',
  });
  new HelmRelease(base, 'release', {
    name: 'podinfo',
    interval: '50m',
    releaseName: 'podinfo',
    chart: { spec: { chart: 'podinfo', sourceRef: repository } },
    install: { strategy: { name: 'RetryOnFailure' } },
    upgrade: { strategy: { name: 'RetryOnFailure' } },
    values: {
      redis: { enabled: true, repository: 'public.ecr.aws/docker/library/redis', tag: '8.6.2' },
      httpRoute: {
        enabled: true,
        parentRefs: [{ name: 'envoy', namespace: 'envoy-gateway-system', sectionName: 'http' }],
        hostnames: ['podinfo.local'],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }],
      },
    },
  });
  for (const { id, versions, more } of CLUSTERS) {
    const patch = {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: 'podinfo', namespace: 'podinfo' },
      spec: {
        chart: { spec: { version: versions } },
        ...more,
        values: { httpRoute: { hostnames: [`podinfo.${id}`] } },
      },
    };
    new ManifestDirectory(app, `apps-${id}`, {
      path: `./apps/${id}`,
      kustomize: { resources: [base], patches: [{ patch, target: { kind: 'HelmRelease' } }] },
    });
  }
}

/** The entry path of each cluster: what applies the folders. */
function clusters(app: GitOpsApp): void {
  for (const { id, acme } of CLUSTERS) {
    const cluster = new Cluster(app, id, { path: `./clusters/${id}` });
    const monorepo = GitRepository.fromName('flux-system');
    const folder = (path: string, to: string): { from: string; to: string } => ({
      from: `@monorepo/${path}/**`,
      to: `@artifact/${to}`,
    });
    new ArtifactGenerator(cluster, 'artifacts', {
      name: 'flux-system',
      sources: [{ alias: 'monorepo', source: monorepo }],
      artifacts: [
        { name: 'infrastructure', originRevision: '@monorepo', copy: [folder('infrastructure', '')] },
        {
          name: 'apps',
          originRevision: '@monorepo',
          copy: [folder('apps/base', 'base/'), folder(`apps/${id}`, `${id}/`)],
        },
      ],
    });
    const common = { interval: '1h', retryInterval: '2m', timeout: '5m', prune: true } as const;
    const infrastructure = {
      ...common,
      sourceRef: ExternalArtifact.fromName('infrastructure'),
      file: 'infrastructure.yaml',
    };
    new Kustomization(cluster, 'infra-controllers', { ...infrastructure, path: './controllers', wait: true });
    new Kustomization(cluster, 'infra-configs', {
      ...infrastructure,
      dependsOn: [{ name: 'infra-controllers' }],
      path: './configs',
      patches: [
        {
          patch: `- op: replace\n  path: /spec/acme/server\n  value: https://${acme}.api.letsencrypt.org/directory\n`,
          target: { kind: 'ClusterIssuer', name: 'letsencrypt' },
        },
      ],
    });
    new Kustomization(cluster, 'apps', {
      ...common,
      dependsOn: [{ name: 'infra-configs' }],
      sourceRef: ExternalArtifact.fromName('apps'),
      path: `./${id}`,
      wait: true,
    });
  }
}

/** The steps of the move, and the folder that each of them takes over. */
export const STEPS: readonly {
  readonly folders: readonly string[];
  readonly add: (app: GitOpsApp) => void;
}[] = [
  { folders: ['infrastructure/controllers'], add: controllers },
  { folders: ['infrastructure/configs'], add: configs },
  { folders: ['apps'], add: apps },
  { folders: ['clusters'], add: clusters },
];
