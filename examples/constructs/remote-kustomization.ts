import { Cluster, FluxApp, GitOpsApp, RemoteKustomization } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './clusters/home' });

const podinfo = new FluxApp(home, 'podinfo');
new RemoteKustomization(podinfo, 'podinfo', {
  namespace: 'default',
  source: {
    git: { url: 'https://github.com/stefanprodan/podinfo', ref: { tag: '6.9.2' }, interval: '60m' },
  },
  path: './kustomize',
  interval: '60m',
  retryInterval: '2m',
  targetNamespace: 'default',
  wait: true,
});

app.synth();
