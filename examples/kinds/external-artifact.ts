import { Cluster, ExternalArtifact, FluxApp, GitOpsApp } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const sources = new FluxApp(home, 'sources');

new ExternalArtifact(sources, 'rendered', {
  sourceRef: { apiVersion: 'example.com/v1', kind: 'Renderer', name: 'shop' },
});

app.synth();
