import { Cluster, FluxApp, FluxInstance, GitOpsApp, HelmChartRelease, type ClusterSync } from 'cdk8s-flux';

/** The artifact with a tag, if the workflow of the main branch signed it. */
function fleetAt(tag: string): ClusterSync {
  const workflow = '^https://github\\.com/myorg/fleet/\\.github/workflows/push\\.yml@refs/heads/main$';
  return {
    kind: 'OCIRepository',
    url: 'oci://ghcr.io/myorg/fleet',
    ref: { tag },
    secretRef: { name: 'ghcr' },
    verify: {
      provider: 'cosign',
      matchOIDCIdentity: [
        { issuer: '^https://token\\.actions\\.githubusercontent\\.com$', subject: workflow },
      ],
    },
  };
}

function podinfo(cluster: Cluster, replicaCount: number): void {
  const app = new FluxApp(cluster, 'podinfo', { namespace: 'podinfo', createNamespace: true });
  new HelmChartRelease(app, 'podinfo', {
    repository: 'oci://ghcr.io/stefanprodan/charts',
    chart: 'podinfo',
    version: '6.9.2',
    onFailure: 'RetryOnFailure',
    values: { replicaCount },
  });
}

const app = new GitOpsApp();

// Flux was installed by the commands that "cdk8s-flux bootstrap staging" prints.
const staging = new Cluster(app, 'staging', {
  path: './cluster-resources/staging/flux',
  sync: fleetAt('main'),
  bootstrap: { version: '2.9.5' },
});
podinfo(staging, 1);

// The Flux Operator installs Flux here, and upgrades it within the range.
const production = new Cluster(app, 'production', {
  path: './cluster-resources/production/flux',
  sync: fleetAt('production'),
});
new FluxInstance(production, 'instance', {
  distribution: { version: '2.9.x' },
  cluster: { type: 'aws', size: 'medium' },
});
podinfo(production, 3);

app.synth();
