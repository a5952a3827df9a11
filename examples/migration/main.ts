import { Cluster, FluxApp, GitOpsApp } from 'cdk8s-flux';
import { Deployment, Job } from 'cdk8s-plus-28';

const app = new GitOpsApp();
const cluster = new Cluster(app, 'production', { path: './cluster-resources/flux' });

// A migration may take a while, and is not retried immediately.
const migration = new FluxApp(cluster, 'database-migration', {
  namespace: 'default',
  interval: '30m',
  timeout: '20m',
  retryInterval: '5m',
  wait: true,
  force: true, // a Job cannot change, so a new one replaces it
});
new Job(migration, 'migrate', {
  backoffLimit: 2,
  containers: [{ image: 'ghcr.io/stefanprodan/podinfo:6.9.2', command: ['podcli', 'version'] }],
});

const backend = new FluxApp(cluster, 'backend', {
  namespace: 'default',
  interval: '5m',
  dependsOn: [migration],
});
new Deployment(backend, 'deployment', {
  metadata: { name: 'backend' },
  containers: [{ image: 'ghcr.io/stefanprodan/podinfo:6.9.2', portNumber: 9898 }],
}).exposeViaService({ name: 'backend' });

app.synth();
