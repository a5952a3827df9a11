import { Alert, Cluster, FluxApp, GitOpsApp, Provider } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const alerts = new FluxApp(home, 'alerts');

new Alert(alerts, 'failures', {
  providerRef: Provider.fromName('slack'),
  eventSeverity: 'error',
  eventSources: [
    { kind: 'Kustomization', name: '*' },
    { kind: 'HelmRelease', name: '*', namespace: 'shop' },
  ],
  exclusionList: ['waiting.*socket'],
});

app.synth();
