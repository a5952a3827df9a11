import { Cluster, FluxApp, FluxInstance, GitOpsApp, HelmChartRelease } from 'cdk8s-flux';

const app = new GitOpsApp();
const cluster = new Cluster(app, 'production', {
  path: './clusters/production',
  sync: { kind: 'OCIRepository', url: 'oci://ghcr.io/myorg/fleet', ref: { tag: 'production' } },
});

// It follows the sync of the Cluster.
new FluxInstance(cluster, 'flux', {
  distribution: { version: '2.9.x' },
  cluster: { type: 'aws', size: 'medium' },
  storage: { class: 'gp3', size: '10Gi' },
});

const web = new FluxApp(cluster, 'web', { namespace: 'web', createNamespace: true });
new HelmChartRelease(web, 'podinfo', {
  repository: 'oci://ghcr.io/stefanprodan/charts',
  chart: 'podinfo',
  version: '6.9.2',
});
app.synth();
