import { Cluster, FluxApp, GitOpsApp, Provider, ProviderCredentials, SecretValue } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', {
  path: './cluster-resources/flux',
  sops: { age: 'age1rwkjhxsp5m0tx0sp98xgt4jrpzadluycsp6qhwf74jpawfhnapvsqlzjjf' },
});
const alerts = new FluxApp(home, 'alerts');

new Provider(alerts, 'slack', {
  type: 'slack',
  channel: 'deployments',
  address: 'https://slack.com/api/chat.postMessage',
  secretRef: new ProviderCredentials(alerts, 'slack-token', { token: SecretValue.env('SLACK_TOKEN') }),
});

app.synth();
