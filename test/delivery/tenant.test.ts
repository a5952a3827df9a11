import * as kplus from 'cdk8s-plus-28';
import { parseAllDocuments } from 'yaml';
import { FluxApp, GitRepository, ManifestDirectory, SecretValue, Tenant, type TenantProps } from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { synthFiles } from '../../lib/testing';
import type { ManifestObject } from '../../lib/tree';
import { homeCluster } from './home-cluster';

const git = { url: 'https://github.com/myorg/payments-app', interval: '1m' } as const;
const ENTRY = 'cluster-resources/flux';

/** The files of a cluster with one tenant, named payments. */
function filesOf(props: Partial<TenantProps> = {}): Record<string, string> {
  const cluster = homeCluster();
  new Tenant(cluster, 'payments', { source: { git }, ...props } as TenantProps);
  return synthFiles(cluster);
}

function objects(text: string | undefined): ManifestObject[] {
  return parseAllDocuments(text ?? '').map((document) => document.toJS() as ManifestObject);
}

function ofKind(files: Readonly<Record<string, string>>, kind: string): ManifestObject[] {
  return Object.entries(files)
    .filter(([path]) => !path.endsWith('/kustomization.yaml'))
    .flatMap(([, text]) => objects(text))
    .filter((object) => object.kind === kind);
}

describe('Tenant', () => {
  it('has everything that the article writes for a tenant', () => {
    const files = filesOf({
      name: 'payments-team-workloads',
      path: './deploy/production',
      interval: '5m',
      source: {
        git: {
          ...git,
          name: 'payments-team-app',
          ref: { branch: 'main' },
          secretRef: { name: 'payments-team-git-credentials' },
        },
      },
    });
    expect(files['cluster-resources/tenants/payments/sync.yaml']).toMatchInlineSnapshot(`
     "apiVersion: source.toolkit.fluxcd.io/v1
     kind: GitRepository
     metadata:
       name: payments-team-app
       namespace: payments
     spec:
       url: https://github.com/myorg/payments-app
       interval: 1m
       ref:
         branch: main
       secretRef:
         name: payments-team-git-credentials
     ---
     apiVersion: kustomize.toolkit.fluxcd.io/v1
     kind: Kustomization
     metadata:
       name: payments-team-workloads
       namespace: payments
     spec:
       interval: 5m
       retryInterval: 2m
       timeout: 3m
       prune: true
       targetNamespace: payments
       path: ./deploy/production
       sourceRef:
         kind: GitRepository
         name: payments-team-app
       serviceAccountName: payments-reconciler
     "
    `);
    expect(files['cluster-resources/tenants/payments/access.yaml']).toMatchInlineSnapshot(`
     "apiVersion: v1
     kind: ServiceAccount
     metadata:
       name: payments-reconciler
       namespace: payments
       labels:
         toolkit.fluxcd.io/tenant: payments
     ---
     apiVersion: rbac.authorization.k8s.io/v1
     kind: RoleBinding
     metadata:
       name: payments-reconciler
       namespace: payments
       labels:
         toolkit.fluxcd.io/tenant: payments
     roleRef:
       apiGroup: rbac.authorization.k8s.io
       kind: ClusterRole
       name: edit
     subjects:
       - kind: ServiceAccount
         name: payments-reconciler
         namespace: payments
     "
    `);
  });

  it('gets a FluxApp in a cluster, and its namespace in the entry path, which Flux applies first', () => {
    const files = filesOf();
    expect(Object.keys(files).filter((path) => path.startsWith(ENTRY))).toEqual([
      `${ENTRY}/namespaces/payments.yaml`,
      `${ENTRY}/tenants/payments.yaml`,
    ]);
    const [namespace] = ofKind(files, 'Namespace');
    expect(namespace?.metadata).toEqual({
      name: 'payments',
      labels: { 'toolkit.fluxcd.io/tenant': 'payments' },
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    });
  });

  it('is part of the FluxApp that contains it', () => {
    const cluster = homeCluster();
    const app = new FluxApp(cluster, 'teams');
    const tenant = new Tenant(app, 'payments', { source: { git } });
    expect(tenant.app).toBeUndefined();
    const files = synthFiles(cluster);
    const kinds = objects(files['cluster-resources/teams/payments.yaml']).map(({ kind }) => kind);
    expect(kinds).toEqual(['ServiceAccount', 'RoleBinding', 'GitRepository', 'Kustomization']);
    expect(ofKind(files, 'Namespace')).toHaveLength(1);
  });

  it('writes its namespaces to its own file in a directory without a cluster', () => {
    const cluster = homeCluster();
    const shared = new ManifestDirectory(cluster.node.root as never, 'shared', { path: './shared' });
    new Tenant(shared, 'payments', { namespaces: ['a', 'b'], source: { git } });
    const { tree, findings } = planApp(cluster.node.root as never);
    expect(findings).toEqual([]);
    expect(tree.get('shared/namespace.yaml')?.documents).toHaveLength(2);
  });

  it('binds one account to a role in each of several namespaces, and sets no namespace for its objects', () => {
    const files = filesOf({ namespaces: ['pay', 'pay-jobs'], role: 'admin', serviceAccountName: 'payer' });
    const bindings = ofKind(files, 'RoleBinding');
    expect(bindings.map(({ metadata }) => metadata?.namespace)).toEqual(['pay', 'pay-jobs']);
    for (const { roleRef, subjects } of bindings as (ManifestObject & Record<string, unknown>)[]) {
      expect(roleRef).toEqual({ apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' });
      expect(subjects).toEqual([{ kind: 'ServiceAccount', name: 'payer', namespace: 'pay' }]);
    }
    expect(ofKind(files, 'ServiceAccount').map(({ metadata }) => metadata?.namespace)).toEqual(['pay']);
    const tenants = ofKind(files, 'Kustomization').filter(({ metadata }) => metadata?.namespace === 'pay');
    expect(tenants.map(({ spec }) => spec)).toMatchObject([{ serviceAccountName: 'payer' }]);
    expect(tenants[0]?.spec).not.toHaveProperty('targetNamespace');
  });

  it('accepts another role, also as a construct', () => {
    const cluster = homeCluster();
    const app = new FluxApp(cluster, 'teams', { namespace: 'payments' });
    const role = new kplus.Role(app, 'deployer');
    role.allowReadWrite(kplus.ApiResource.DEPLOYMENTS);
    new Tenant(app, 'payments', { role: { kind: 'Role', name: role.name }, source: { git } });
    const [binding] = ofKind(synthFiles(cluster), 'RoleBinding') as unknown as [{ roleRef: object }];
    expect(binding.roleRef).toMatchObject({ kind: 'Role', name: 'deployer' });
  });

  it('creates quota and network policy in each namespace on request', () => {
    const files = filesOf({
      namespaces: ['pay', 'jobs'],
      quota: { 'requests.cpu': '4', pods: 20 },
      networkPolicy: { allowFrom: ['ingress-nginx'] },
    });
    const quotas = ofKind(files, 'ResourceQuota');
    expect(quotas.map(({ metadata }) => metadata?.namespace)).toEqual(['pay', 'jobs']);
    expect(quotas[0]?.spec).toEqual({ hard: { 'requests.cpu': '4', pods: 20 } });
    const [policy] = ofKind(files, 'NetworkPolicy');
    const named = (name: string): object => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
    });
    expect(policy?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [named('pay'), named('jobs'), named('ingress-nginx')] }],
    });
    expect(ofKind(filesOf(), 'NetworkPolicy')).toEqual([]);
  });

  it('writes the credentials of its source as an encrypted Secret of the tenant, which the platform decrypts', () => {
    const files = filesOf({
      source: { git, credentials: { basic: { username: 'flux', password: SecretValue.env('PAYMENTS') } } },
    });
    const secret = objects(files['cluster-resources/tenants/payments/credentials.yaml']);
    expect(secret.map(({ metadata }) => metadata)).toMatchObject([
      { name: 'payments-credentials', namespace: 'payments' },
    ]);
    const [source] = ofKind(files, 'GitRepository');
    expect(source?.spec).toMatchObject({ secretRef: { name: 'payments-credentials' } });
    expect(files[`${ENTRY}/tenants/payments.yaml`]).toContain('decryption:');
  });

  it('pulls an artifact with the login of its registry', () => {
    const files = filesOf({
      source: {
        oci: { url: 'oci://ghcr.io/myorg/payments', interval: '1m', ref: { semver: '1.x' } },
        credentials: {
          name: 'pull',
          registries: { 'ghcr.io': { username: 'flux', password: SecretValue.env('PAYMENTS') } },
        },
      },
    });
    const [source] = ofKind(files, 'OCIRepository');
    expect(source).toMatchObject({
      metadata: { name: 'payments', namespace: 'payments' },
      spec: { secretRef: { name: 'pull' } },
    });
  });

  it('shares a source that is created elsewhere, and creates only the namespaces that it should', () => {
    const files = filesOf({
      createNamespaces: false,
      source: GitRepository.fromName('payments-team-app'),
    });
    expect(ofKind(files, 'GitRepository')).toEqual([]);
    expect(ofKind(files, 'Namespace')).toEqual([]);
  });

  it('represents its Kustomization in dependencies', () => {
    const cluster = homeCluster();
    const tenant = new Tenant(cluster, 'payments', { source: { git } });
    const after = new FluxApp(cluster, 'after', { namespace: 'default' });
    new Tenant(after, 'web', { source: { git } });
    after.node.addDependency(tenant);
    const files = synthFiles(cluster);
    expect(files[`${ENTRY}/after.yaml`]).toContain('dependsOn:\n    - name: payments\n');
    expect(files[`${ENTRY}/tenants/payments.yaml`]).toContain('wait: true');
  });

  it('fails without a source, as the compiler also reports', () => {
    const cluster = homeCluster();
    // @ts-expect-error -- it has no source
    new Tenant(cluster, 'payments', { path: './deploy' });
    expect(() => synthFiles(cluster)).toThrow(/argument-invalid at home\/payments[^]*source/);
  });

  it('fails without a namespace', () => {
    expect(() => filesOf({ namespaces: [] })).toThrow(/namespace-unnamed at home\/payments/);
    for (const wrong of ['', {}, null])
      expect(() => filesOf({ namespaces: ['payments', wrong as string] })).toThrow(/empty or not a string/);
  });
});
