import { Cluster, FluxApp, GitOpsApp, ImageRepository, RegistryCredentials, SecretValue } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', {
  path: './cluster-resources/flux',
  sops: { age: 'age1rwkjhxsp5m0tx0sp98xgt4jrpzadluycsp6qhwf74jpawfhnapvsqlzjjf' },
});
const images = new FluxApp(home, 'images');

new ImageRepository(images, 'shop', {
  image: 'ghcr.io/example/shop',
  interval: '5m',
  exclusionList: ['^.*\\.sig$', '^dev-'],
  secretRef: new RegistryCredentials(images, 'registry', {
    registries: { 'ghcr.io': { username: 'robot', password: SecretValue.env('GHCR_TOKEN') } },
  }),
});

app.synth();
