import { Cluster, FluxApp, GitCredentials, GitOpsApp, GitRepository, SecretValue } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', {
  path: './cluster-resources/flux',
  sops: { age: 'age1rwkjhxsp5m0tx0sp98xgt4jrpzadluycsp6qhwf74jpawfhnapvsqlzjjf' },
});
const sources = new FluxApp(home, 'sources');

const deployKey = new GitCredentials(sources, 'deploy-key', {
  ssh: { identity: SecretValue.env('DEPLOY_KEY'), knownHosts: SecretValue.file('known_hosts') },
});
new GitRepository(sources, 'shop', {
  url: 'ssh://git@github.com/example/shop',
  interval: '5m',
  ref: { semver: '>=1.0.0 <2.0.0' },
  secretRef: deployKey,
});

app.synth();
