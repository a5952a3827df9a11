import { Cluster, FluxApp, GitOpsApp, GitRepository, Receiver, WebhookToken } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', {
  path: './cluster-resources/flux',
  sops: { age: 'age1rwkjhxsp5m0tx0sp98xgt4jrpzadluycsp6qhwf74jpawfhnapvsqlzjjf' },
});
const hooks = new FluxApp(home, 'hooks');

new Receiver(hooks, 'push', {
  type: 'github',
  events: ['ping', 'push'],
  secretRef: new WebhookToken(hooks, 'push-token'),
  resources: [GitRepository.fromName('flux-system')],
});

app.synth();
