import { Cluster, FluxApp, GitOpsApp, HelmChartRelease } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', {
  path: './clusters/home',
  sops: { age: 'age1rwkjhxsp5m0tx0sp98xgt4jrpzadluycsp6qhwf74jpawfhnapvsqlzjjf' },
  variables: { domain: 'home.example' },
});

const podinfo = new FluxApp(home, 'podinfo', { namespace: 'podinfo', createNamespace: true });
new HelmChartRelease(podinfo, 'podinfo', {
  repository: 'oci://ghcr.io/stefanprodan/charts',
  chart: 'podinfo',
  version: '6.9.2',
  values: { ui: { message: `podinfo of ${home.variable('domain')}` } },
});

app.synth();
