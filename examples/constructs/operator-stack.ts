import { ClusterSecretStore, Cluster, GitOpsApp, OperatorStack } from 'cdk8s-flux';

const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './clusters/home' });

const externalSecrets = new OperatorStack(home, 'external-secrets', {
  crds: {
    source: {
      git: {
        url: 'https://github.com/external-secrets/external-secrets',
        ref: { tag: 'v0.20.4' },
        interval: '60m',
      },
    },
    path: './deploy/crds',
  },
  release: {
    repository: 'https://charts.external-secrets.io',
    chart: 'external-secrets',
    version: '0.20.4',
    onFailure: 'RetryOnFailure',
    values: { installCRDs: false },
  },
});
new ClusterSecretStore(externalSecrets.resources, 'vault', {
  provider: { vault: { server: 'https://vault.example.com', path: 'secret', version: 'v2' } },
});

app.synth();
