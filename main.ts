import { Cluster, FluxApp, GitOpsApp, RemoteKustomization } from 'cdk8s-flux';

// A home cluster, bootstrapped with `flux bootstrap github ... --path=./cluster-resources/flux`.
const app = new GitOpsApp();
const anton = new Cluster(app, 'anton', { path: './cluster-resources/flux' });

const podinfo = new FluxApp(anton, 'podinfo', { layer: 'services', interval: '10m0s' });
new RemoteKustomization(podinfo, 'podinfo', {
  namespace: 'default',
  source: {
    git: { url: 'https://github.com/stefanprodan/podinfo', ref: { branch: 'master' }, interval: '1m15s' },
  },
  path: './kustomize',
  interval: '60m0s',
  timeout: '3m0s',
  retryInterval: '2m0s',
  targetNamespace: 'default',
});

app.synth();
