import { Fleet, GitOpsApp, HelmChartRelease, Setting } from 'cdk8s-flux';

const app = new GitOpsApp();
const fleet = new Fleet(app, 'fleet', {
  settings: { replicas: Setting.number({ min: 1, default: 1 }) },
  environments: { staging: {}, production: { replicas: 3 } },
  clusters: {
    staging: { environment: 'staging', region: 'eu-central-1' },
    production: { environment: 'production', region: 'eu-west-1' },
  },
});

fleet.deploy(
  'podinfo',
  { namespace: 'podinfo', createNamespace: true },
  ({ app: podinfo, settings, environment }) => {
    new HelmChartRelease(podinfo, 'podinfo', {
      repository: 'https://stefanprodan.github.io/podinfo',
      chart: 'podinfo',
      version: environment === 'staging' ? '6.9.3' : '6.9.2',
      values: { replicaCount: settings.replicas },
    });
  },
);

app.synth();
