import { Bucket, Cluster, FluxApp, GitOpsApp } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const sources = new FluxApp(home, 'sources');

new Bucket(sources, 'manifests', {
  provider: 'aws',
  endpoint: 's3.eu-central-1.amazonaws.com',
  region: 'eu-central-1',
  bucketName: 'example-manifests',
  interval: '5m',
  serviceAccountName: 'bucket-reader',
});

app.synth();
