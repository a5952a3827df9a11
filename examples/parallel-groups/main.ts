import { ApiObject } from 'cdk8s';
import {
  Cluster,
  DependencyChain,
  FluxApp,
  GitOpsApp,
  HelmChartRelease,
  RemoteKustomization,
} from 'cdk8s-flux';
import { Deployment } from 'cdk8s-plus-28';

const app = new GitOpsApp();
const cluster = new Cluster(app, 'production', { path: './cluster-resources/flux' });

const crds = new FluxApp(cluster, 'crds', { layer: 'infrastructure' });
new RemoteKustomization(crds, 'prometheus-operator', {
  source: {
    git: {
      url: 'https://github.com/prometheus-operator/prometheus-operator',
      ref: { tag: 'v0.86.2' },
      interval: '60m',
      ignore: '/*\n!/example/prometheus-operator-crd\n',
    },
  },
  path: './example/prometheus-operator-crd',
  interval: '60m',
  retryInterval: '2m',
  prune: false,
  wait: true,
});

// Group 1: in parallel, after the CRDs.
const monitoring = new FluxApp(cluster, 'monitoring', { layer: 'infrastructure', namespace: 'monitoring' });
new HelmChartRelease(monitoring, 'kube-prometheus-stack', {
  repository: 'oci://ghcr.io/prometheus-community/charts',
  chart: 'kube-prometheus-stack',
  version: '79.5.0',
  createNamespace: true,
  crds: 'Skip',
  onFailure: 'RetryOnFailure',
  values: { crds: { enabled: false } },
});
const logging = new FluxApp(cluster, 'logging', { layer: 'infrastructure', namespace: 'logging' });
new HelmChartRelease(logging, 'loki', {
  chart: 'loki',
  repository: 'https://grafana.github.io/helm-charts',
  version: '6.46.0',
  createNamespace: true,
  onFailure: 'RetryOnFailure',
  values: { deploymentMode: 'SingleBinary', singleBinary: { replicas: 1 } },
});

// Group 2: in parallel, after all of group 1.
const apps = ['app-a', 'app-b'].map((name) => {
  const fluxApp = new FluxApp(cluster, name, { layer: 'apps', namespace: name });
  new ApiObject(fluxApp, 'namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  });
  new Deployment(fluxApp, 'deployment', {
    metadata: { name },
    containers: [{ image: 'ghcr.io/stefanprodan/podinfo:6.9.2', portNumber: 9898 }],
  }).exposeViaService({ name });
  return fluxApp;
});

new DependencyChain(cluster, 'rollout', {
  stages: [{ members: [crds], crds: true }, [monitoring, logging], apps],
});

app.synth();
