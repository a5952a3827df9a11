import { Cluster, GitOpsApp, Tenant } from 'cdk8s-flux';

const app = new GitOpsApp();
const production = new Cluster(app, 'production', { path: './clusters/production' });

new Tenant(production, 'payments', {
  source: { git: { url: 'https://github.com/myorg/payments', ref: { branch: 'main' }, interval: '1m' } },
  path: './deploy/production',
  quota: { 'requests.cpu': 8, pods: 50 },
});

app.synth();
