import { Cluster, FluxApp, GitOpsApp, ImagePolicy, ImageRepository } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const images = new FluxApp(home, 'images');

const repository = new ImageRepository(images, 'podinfo-images', {
  image: 'ghcr.io/stefanprodan/podinfo',
  interval: '5m',
});
new ImagePolicy(images, 'podinfo', {
  imageRepositoryRef: repository,
  policy: { semver: { range: '6.x' } },
  digestReflectionPolicy: 'Always',
  interval: '10m',
});

app.synth();
