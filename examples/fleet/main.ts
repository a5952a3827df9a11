import { Fleet, FleetImages, GitOpsApp, HelmChartRelease, Setting, Tenant } from 'cdk8s-flux';
import { addPayments } from './payments';

const repository = 'https://kubernetes.github.io/ingress-nginx';
const bootstrap = { componentsExtra: ['image-reflector-controller', 'image-automation-controller'] } as const;
const app = new GitOpsApp();
const fleet = new Fleet(app, 'fleet', {
  settings: { replicas: Setting.number({ min: 1, default: 2 }) },
  environments: { production: { replicas: 3 }, staging: {} },
  defaults: {
    bootstrap: { repository: { github: { owner: 'myorg', repository: 'fleet-infra' } }, tokenAuth: true },
    sops: { age: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p' },
  },
  clusters: {
    'eu-central-1': { environment: 'staging', region: 'eu-central-1', provider: 'aws', bootstrap },
    'eu-west-1': { environment: 'production', region: 'eu-west-1', provider: 'aws' },
    'europe-west1': { environment: 'production', region: 'europe-west1', provider: 'gcp' },
  },
  rings: [
    { name: 'staging', select: { environment: 'staging' }, soak: '24h' },
    { name: 'production', select: { environment: 'production' }, soak: '1h', batches: 2 },
  ],
});

// One version for each ring: the chart of the incident cannot reach all clusters at once.
const nginx = fleet.pin('ingress-nginx', {
  renovate: { datasource: 'helm', depName: 'ingress-nginx', registryUrl: repository },
});
const nginxProps = { layer: 'infrastructure', namespace: 'ingress-nginx', createNamespace: true };
const ingress = fleet.deploy('ingress-nginx', nginxProps, (cluster) => {
  const values = { controller: { replicaCount: cluster.settings.replicas } };
  const chart = { chart: 'ingress-nginx', repository, version: nginx.in(cluster) };
  new HelmChartRelease(cluster.app, 'ingress-nginx', { ...chart, values });
});

// Staging follows every release; production runs the promoted version.
const images = new FleetImages(fleet, 'image-updates', {
  author: { name: 'Flux CD Bot', email: 'fluxcdbot@myorg.com' },
  branch: 'main',
  signingKey: { secretRef: { name: 'flux-signing-key' } },
  images: {
    'payment-service': {
      image: 'ghcr.io/myorg/payment-service',
      secretRef: { name: 'ghcr-credentials' },
      policies: { staging: { semver: { range: '>=1.0.0' } } },
      tag: '1.3.2',
      pin: fleet.pin('payment-service'),
    },
  },
});

for (const team of ['orders', 'search'])
  fleet.deploy(team, {}, ({ construct, environment }) => {
    const source = { git: { url: `https://github.com/myorg/${team}-app`, interval: '1m' } } as const;
    return new Tenant(construct, team, { source, path: `./deploy/${environment}` });
  });

addPayments(fleet, ingress, (cluster) => images.in(cluster, 'payment-service'));
app.synth();
