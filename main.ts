import {
  Cluster,
  ClusterSecretStore,
  FluxApp,
  GitOpsApp,
  HelmChartRelease,
  OperatorStack,
  RemoteKustomization,
  SecretValue,
  SopsSecret,
} from 'cdk8s-flux';

// A home cluster, bootstrapped with `flux bootstrap github ... --path=./cluster-resources/flux`.
const app = new GitOpsApp();
const anton = new Cluster(app, 'anton', {
  path: './cluster-resources/flux',
  sops: {
    pgp: [{ fingerprint: 'EB9BD1733D9C7C28DCDB1A320CCD0947987CEAAD', publicKeyFile: 'keys/anton.asc' }],
    secretName: 'sops-gpg',
  },
});

// podinfo from its Git repository.
const podinfo = new FluxApp(anton, 'podinfo', { layer: 'services', interval: '10m0s' });
new RemoteKustomization(podinfo, 'podinfo', {
  namespace: 'default',
  source: {
    git: { url: 'https://github.com/stefanprodan/podinfo', ref: { branch: 'master' }, interval: '1m15s' },
  },
  path: './kustomize',
  interval: '60m0s',
  timeout: '3m0s',
  retryInterval: '2m0s',
  targetNamespace: 'default',
});
// Encrypted on publishing. The committed ciphertext stays: no clone needs the value.
new SopsSecret(podinfo, 'secret', {
  name: 'podinfo-secret',
  namespace: 'default',
  values: { SECRET: SecretValue.env('PODINFO_SECRET') },
});

// podinfo again, from its Helm chart.
const podinfoHelm = new FluxApp(anton, 'podinfo-helm', { layer: 'services', namespace: 'podinfo' });
new HelmChartRelease(podinfoHelm, 'podinfo', {
  repository: 'oci://ghcr.io/stefanprodan/charts',
  chart: 'podinfo',
  version: '6.9.2',
  onFailure: 'RetryOnFailure',
  driftDetection: { mode: 'enabled' },
  createNamespace: true,
  values: { replicaCount: 2, ingress: { enabled: false } },
});

// External Secrets: its CRDs, then the operator until its webhook serves, then the store.
const externalSecrets = new OperatorStack(anton, 'external-secrets', {
  crds: {
    source: {
      git: {
        url: 'https://github.com/external-secrets/external-secrets',
        ref: { tag: 'v0.20.4' },
        interval: '60m',
        ignore: '/*\n!/deploy/crds\n',
      },
    },
    path: './deploy/crds',
  },
  release: {
    chart: 'external-secrets',
    repository: 'https://charts.external-secrets.io',
    version: '0.20.4',
    onFailure: 'RetryOnFailure',
    provides: ['external-secrets.io', 'generators.external-secrets.io'],
    values: { installCRDs: false },
  },
});
// The token of the vault, for its own age key.
new SopsSecret(externalSecrets.app, 'secret-token', {
  name: 'vault-token',
  namespace: 'external-secrets',
  recipients: { age: 'age1rwkjhxsp5m0tx0sp98xgt4jrpzadluycsp6qhwf74jpawfhnapvsqlzjjf' },
  values: { token: SecretValue.env('VAULT_TOKEN') },
});
new ClusterSecretStore(externalSecrets.resources, 'clusterSecretStore', {
  name: 'vault',
  provider: {
    vault: {
      server: 'https://vault.example.com',
      path: 'secret',
      version: 'v2',
      auth: { tokenSecretRef: { name: 'vault-token', namespace: 'external-secrets', key: 'token' } },
    },
  },
});

app.synth();
