import { Cluster, GitOpsApp, Tenant } from 'cdk8s-flux';

const app = new GitOpsApp();
const production = new Cluster(app, 'production', { path: './cluster-resources/flux', lockDown: true });

// Flux is locked down: objects without an account have no rights, and nothing refers to other namespaces.
// One namespace: everything in the team's repository goes there.
new Tenant(production, 'payments', {
  name: 'payments-team-workloads',
  source: {
    git: {
      name: 'payments-team-app',
      url: 'https://github.com/myorg/payments-app',
      interval: '1m',
      ref: { branch: 'main' },
      secretRef: { name: 'payments-team-git-credentials' },
    },
  },
  path: './deploy/production',
  interval: '5m',
  quota: { 'requests.cpu': 8, 'requests.memory': '16Gi', pods: 50 },
  networkPolicy: { allowFrom: ['ingress-nginx'] },
});

// Several namespaces: the account has the same role in each, and the manifests set the namespace of each object.
new Tenant(production, 'search', {
  namespaces: ['search', 'search-indexing'],
  namespaceLabels: { 'pod-security.kubernetes.io/enforce': 'baseline' },
  role: 'admin',
  path: './production',
  source: { oci: { url: 'oci://ghcr.io/myorg/search', interval: '5m', ref: { semver: '2.x' } } },
});

app.synth();
