import { Cluster, FluxApp, GitOpsApp, GitRepository, Kustomization } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const delivery = new FluxApp(home, 'delivery');

const source = new GitRepository(delivery, 'podinfo-source', {
  url: 'https://github.com/stefanprodan/podinfo',
  interval: '5m',
  ref: { branch: 'master' },
});
new Kustomization(delivery, 'podinfo', {
  sourceRef: source,
  path: './kustomize',
  interval: '60m',
  retryInterval: '2m',
  timeout: '3m',
  prune: true,
  wait: true,
  targetNamespace: 'podinfo',
  postBuild: { substitute: { region: 'eu-central-1' } },
});

app.synth();
