import { Cluster, FluxApp, GitOpsApp, HelmChartRelease } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './clusters/home' });

const podinfo = new FluxApp(home, 'podinfo', { namespace: 'podinfo', createNamespace: true });
new HelmChartRelease(podinfo, 'podinfo', {
  repository: 'https://stefanprodan.github.io/podinfo',
  chart: 'podinfo',
  version: '6.9.2',
  onFailure: 'RetryOnFailure',
  crds: 'CreateReplace',
  driftDetection: { mode: 'enabled' },
  values: { replicaCount: 2, ingress: null },
});

app.synth();
