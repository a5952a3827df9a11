import { Cluster, FluxApp, GitOpsApp, Kustomization } from 'cdk8s-flux';
import { ConfigMap } from 'cdk8s-plus-28';

const app = new GitOpsApp();
const cluster = new Cluster(app, 'production', { path: './cluster-resources/flux' });

// The security team's Kustomization is in its own namespace and is not created here.
const vaultSecrets = Kustomization.fromName('vault-secrets', 'security-system');

const config = new FluxApp(cluster, 'config', {
  layer: 'apps',
  interval: '5m',
  targetNamespace: 'production',
  wait: true,
  dependsOn: [vaultSecrets],
  kustomization: { name: 'app-config' },
});
new ConfigMap(config, 'settings', { data: { LOG_LEVEL: 'info' } });

app.synth();
