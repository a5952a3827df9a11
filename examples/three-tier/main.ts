import { ApiObject } from 'cdk8s';
import { Cluster, DependencyChain, FluxApp, GitOpsApp, type FluxAppProps } from 'cdk8s-flux';
import { ConfigMap, Deployment, Env, Service, StatefulSet } from 'cdk8s-plus-28';

const app = new GitOpsApp();
const production = new Cluster(app, 'production', { path: './cluster-resources/flux' });

const tier = (id: string, props: FluxAppProps): FluxApp =>
  new FluxApp(production, id, {
    namespace: 'production',
    kustomization: { name: `production-${id}` },
    ...props,
  });

// 1. The namespace, in its own directory: no other Kustomization applies it.
const namespace = tier('namespace', { interval: '60m' });
new ApiObject(namespace, 'namespace', {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'production' },
});

// 2. Database and cache.
const infrastructure = tier('infrastructure', { interval: '10m', timeout: '15m' });
const postgres = new StatefulSet(infrastructure, 'postgres', {
  containers: [{ image: 'postgres:18.1', portNumber: 5432 }],
  service: new Service(infrastructure, 'postgres-service', {
    metadata: { name: 'postgres' },
    ports: [{ port: 5432 }],
  }),
});
const redis = new Deployment(infrastructure, 'redis', {
  containers: [{ image: 'redis:8.4', portNumber: 6379 }],
});
redis.exposeViaService();

// 3. Configuration, after the infrastructure.
const config = tier('config', { interval: '5m' });
const settings = new ConfigMap(config, 'configmap', {
  metadata: { name: 'settings' },
  data: { DATABASE_HOST: postgres.service.name, CACHE_HOST: redis.name },
});

// 4. Backend, after the configuration.
const backend = tier('backend', { interval: '5m', timeout: '10m' });
new Deployment(backend, 'deployment', {
  metadata: { name: 'backend' },
  containers: [
    {
      image: 'ghcr.io/stefanprodan/podinfo:6.9.2',
      portNumber: 9898,
      envFrom: [Env.fromConfigMap(ConfigMap.fromConfigMapName(backend, 'settings', settings.name))],
    },
  ],
}).exposeViaService({ name: 'backend' });

// 5. Frontend, after the backend.
const frontend = tier('frontend', { interval: '5m' });
new Deployment(frontend, 'deployment', {
  metadata: { name: 'frontend' },
  containers: [{ image: 'nginxinc/nginx-unprivileged:1.29', portNumber: 8080 }],
}).exposeViaService({ name: 'frontend' });

new DependencyChain(production, 'tiers', {
  stages: [namespace, infrastructure, config, backend, frontend],
});

app.synth();
