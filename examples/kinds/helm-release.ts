import { Cluster, FluxApp, GitOpsApp, HelmRelease, OCIRepository } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const delivery = new FluxApp(home, 'delivery', { namespace: 'podinfo' });

const chart = new OCIRepository(delivery, 'podinfo-chart', {
  url: 'oci://ghcr.io/stefanprodan/charts/podinfo',
  interval: '10m',
  ref: { semver: '6.x' },
  layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
});
new HelmRelease(delivery, 'podinfo', {
  chartRef: chart,
  interval: '60m',
  install: { strategy: { name: 'RetryOnFailure', retryInterval: '2m' } },
  upgrade: { strategy: { name: 'RetryOnFailure' }, crds: 'CreateReplace' },
  driftDetection: { mode: 'enabled' },
  values: { replicaCount: 2, ingress: null },
});

app.synth();
