import { Cluster, FluxApp, GitOpsApp, HelmChart, HelmRepository } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const sources = new FluxApp(home, 'sources');

const charts = new HelmRepository(sources, 'podinfo', {
  url: 'https://stefanprodan.github.io/podinfo',
  interval: '1h',
});
new HelmChart(sources, 'podinfo-chart', {
  sourceRef: charts,
  chart: 'podinfo',
  version: '6.x',
  interval: '10m',
});

app.synth();
