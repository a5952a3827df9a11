import {
  Cluster,
  FluxApp,
  GitOpsApp,
  HelmRepository,
  HelmRepositoryCredentials,
  SecretValue,
} from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', {
  path: './cluster-resources/flux',
  sops: { age: 'age1rwkjhxsp5m0tx0sp98xgt4jrpzadluycsp6qhwf74jpawfhnapvsqlzjjf' },
});
const sources = new FluxApp(home, 'sources');

new HelmRepository(sources, 'charts', {
  url: 'https://charts.example.com',
  interval: '1h',
  secretRef: new HelmRepositoryCredentials(sources, 'charts-login', {
    username: 'robot',
    password: SecretValue.env('CHARTS_PASSWORD'),
  }),
});

app.synth();
