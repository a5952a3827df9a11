import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, GitOpsApp, HelmChartRelease, HelmRepository, ManifestDirectory } from 'cdk8s-flux';

const app = new GitOpsApp();
const production = new Cluster(app, 'production', {
  path: './cluster-resources/flux',
  sharding: { shards: ['shard1', 'shard2'] },
  artifacts: 'layer',
  bootstrap: { componentsExtra: ['source-watcher'] },
});

// All others wait for the platform: it stays with the main controllers.
const platform = new FluxApp(production, 'platform', {
  layer: 'platform',
  namespace: 'flux-system',
  shard: false,
});
const charts = new HelmRepository(platform, 'charts', { url: 'https://charts.example.com', interval: '60m' });

// Each team uses this base.
const base = new ManifestDirectory(app, 'base', { path: './cluster-resources/base' });
new ApiObject(base, 'limits', {
  apiVersion: 'v1',
  kind: 'LimitRange',
  spec: { limits: [{ type: 'Container', default: { memory: '256Mi' } }] },
});

for (const team of ['billing', 'orders', 'search']) {
  const service = new FluxApp(production, team, {
    layer: 'teams',
    namespace: team,
    createNamespace: true,
    dependsOn: [platform],
    kustomize: { resources: [base], namespace: team },
  });
  // The chart of a release is in the shard of its repository: with the main controllers.
  new HelmChartRelease(service, team, {
    repository: charts,
    chart: team,
    version: '1.4.2',
    onFailure: 'RetryOnFailure',
  });
}

app.synth();
