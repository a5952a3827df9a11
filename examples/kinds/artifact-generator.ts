import { ArtifactGenerator, Cluster, FluxApp, GitOpsApp, GitRepository } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const sources = new FluxApp(home, 'sources');

const monorepo = new GitRepository(sources, 'monorepo', {
  url: 'https://github.com/example/monorepo',
  interval: '5m',
  ref: { branch: 'main' },
});
new ArtifactGenerator(sources, 'services', {
  sources: [{ alias: 'monorepo', source: monorepo }],
  artifacts: [{ name: 'shop', copy: [{ from: '@monorepo/services/shop/**', to: '@artifact/' }] }],
});

app.synth();
