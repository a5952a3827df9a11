import {
  Cluster,
  DependencyChain,
  FluxApp,
  GitOpsApp,
  HEALTH_CHECK_EXPRS,
  HelmChartRelease,
  RemoteKustomization,
} from 'cdk8s-flux';
import { ApiObject } from 'cdk8s';
import { ConfigMap, Deployment, Env } from 'cdk8s-plus-28';

const app = new GitOpsApp();
const cluster = new Cluster(app, 'production', { path: './cluster-resources/flux' });

// 1. CRDs first, in their own Kustomization that never prunes.
const crds = new FluxApp(cluster, 'crds', { layer: 'infrastructure', interval: '10m' });
new RemoteKustomization(crds, 'cnpg', {
  source: {
    git: {
      url: 'https://github.com/cloudnative-pg/cloudnative-pg',
      ref: { tag: 'v1.27.0' },
      interval: '60m',
      ignore: '/*\n!/config/crd\n',
    },
  },
  path: './config/crd',
  interval: '60m',
  retryInterval: '2m',
  prune: false,
  wait: true,
});

// 2. Operators after CRDs.
const operators = new FluxApp(cluster, 'operators', {
  layer: 'infrastructure',
  interval: '10m',
  namespace: 'cnpg-system',
});
new HelmChartRelease(operators, 'cnpg', {
  chart: 'cloudnative-pg',
  repository: 'https://cloudnative-pg.github.io/charts',
  version: '0.26.0',
  crds: 'Skip',
  createNamespace: true,
  onFailure: 'RetryOnFailure',
  provides: ['postgresql.cnpg.io'],
  values: { crds: { create: false } },
});

// 3. Infrastructure after operators.
const infrastructure = new FluxApp(cluster, 'base', {
  layer: 'infrastructure',
  interval: '10m',
  kustomization: { name: 'infrastructure' },
  healthCheckExprs: [HEALTH_CHECK_EXPRS.cnpgCluster],
});
new ApiObject(infrastructure, 'namespace', {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop' },
});
new ApiObject(infrastructure, 'database', {
  apiVersion: 'postgresql.cnpg.io/v1',
  kind: 'Cluster',
  metadata: { name: 'shop', namespace: 'shop' },
  spec: { instances: 3, storage: { size: '10Gi' } },
});

// 4. Applications last.
const applications = new FluxApp(cluster, 'applications', { interval: '5m', namespace: 'shop' });
const settings = new ConfigMap(applications, 'settings', { data: { DATABASE_HOST: 'shop-rw' } });
const shop = new Deployment(applications, 'shop', { replicas: 2 });
shop
  .addContainer({ image: 'ghcr.io/stefanprodan/podinfo:6.9.2', portNumber: 9898 })
  .env.copyFrom(Env.fromConfigMap(settings));
shop.exposeViaService({ ports: [{ port: 80, targetPort: 9898 }] });

new DependencyChain(cluster, 'platform', {
  stages: [{ members: [crds], crds: true }, operators, infrastructure, applications],
});

app.synth();
