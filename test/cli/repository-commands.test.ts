import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { itWith } from '../tools/find-tool';
import { HAND_WRITTEN, kustomization, removeRepositories, repository, type } from './command-line';

const REPOS = process.env['FLUX_REPOS'];

afterAll(removeRepositories);

describe('cdk8s-flux order', () => {
  it('prints the waves of a repository written by hand', async () => {
    const { code, stdout } = await type('order', repository(HAND_WRITTEN));
    expect(code).toBe(0);
    expect(stdout).toMatch(/cluster home[\s\S]*infra[\s\S]*apps/);
    expect(stdout).toContain('longest chain');
  });

  it('prints the same as data', async () => {
    const { stdout } = await type('order', repository(HAND_WRITTEN), '--format', 'json');
    const { orders } = JSON.parse(stdout) as { orders: { cluster: string; cycles: unknown[] }[] };
    expect(orders.map(({ cluster }) => cluster)).toEqual(['home']);
  });

  it('exits with 1 if something never starts, and names the loop', async () => {
    const loop = kustomization('infra', './infra', ', dependsOn: [{ name: apps }]');
    const { code, stdout } = await type(
      'order',
      repository({ ...HAND_WRITTEN, 'clusters/home/infra.yaml': loop }),
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/never starts: .*apps.*infra|never starts: .*infra.*apps/);
  });

  it('starts what waits for something that another repository may bring', async () => {
    const other = [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: GitRepository',
      'metadata: { name: platform, namespace: flux-system }',
      'spec: { interval: 1h, url: https://example.com/platform.git }',
      '---',
      kustomization('platform', './platform').replace(/name: flux-system }/, 'name: platform }'),
    ].join('\n');
    const files = {
      ...HAND_WRITTEN,
      'clusters/home/infra.yaml': kustomization('infra', './infra', ', dependsOn: [{ name: base }]'),
      'cdk8s-flux.yaml': 'version: 1\nentries: [clusters/home]\n',
    };
    const alone = await type('order', repository(files));
    expect(alone.code).toBe(1);
    expect(alone.stdout).toContain('flux-system/infra for flux-system/base');
    const { code, stdout } = await type(
      'order',
      repository({ ...files, 'clusters/home/platform.yaml': other }),
    );
    expect(stdout).toContain('after flux-system/base is ready, which nothing in this repository applies');
    expect(stdout).not.toContain('never starts');
    expect(code).toBe(0);
  });

  it('names what never becomes ready because nothing installs the CRD of an object', async () => {
    const files = (values: string) => ({
      'clusters/home/certs.yaml': kustomization('certs', './certs', ', wait: true'),
      'clusters/home/issuers.yaml': kustomization('issuers', './issuers', ', dependsOn: [{ name: certs }]'),
      'clusters/home/web.yaml': kustomization('web', './web', ', dependsOn: [{ name: issuers }]'),
      'certs/release.yaml': [
        'apiVersion: source.toolkit.fluxcd.io/v1',
        'kind: HelmRepository',
        'metadata: { name: jetstack, namespace: flux-system }',
        'spec: { interval: 1h, url: https://charts.jetstack.io }',
        '---',
        'apiVersion: helm.toolkit.fluxcd.io/v2',
        'kind: HelmRelease',
        'metadata: { name: cert-manager, namespace: flux-system }',
        'spec:',
        '  interval: 1h',
        '  chart: { spec: { chart: cert-manager, version: 1.19.1, sourceRef: { kind: HelmRepository, name: jetstack } } }',
        `  values: { ${values} }`,
        '',
      ].join('\n'),
      'issuers/own.yaml':
        'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: { name: own }\nspec: { selfSigned: {} }\n',
      'web/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web, namespace: default }\n',
      'cdk8s-flux.yaml': 'version: 1\nentries: [clusters/home]\n',
    });
    const { code, stdout } = await type('order', repository(files('replicaCount: 2')));
    expect(code).toBe(1);
    expect(stdout).toContain('flux-system/issuers: nothing installs the CRD of an object that it applies');
    expect(stdout).toContain('flux-system/web for flux-system/issuers');
    expect((await type('order', repository(files('installCRDs: true')))).code).toBe(0);
  });

  it('works on this project', async () => {
    const { code, stdout } = await type('order', '.', '--entry', 'cluster-resources/flux');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /external-secrets-crds[\s\S]*external-secrets-operator[\s\S]*external-secrets-crs/,
    );
  });

  it('does not read the scratch folder of cdk8s', async () => {
    const left = { 'dist/manifests/home.k8s.yaml': kustomization('left', './left') };
    const cdk8s = 'language: typescript\napp: npx tsx main.ts\noutput: dist/manifests\n';
    const folder = repository({ ...HAND_WRITTEN, ...left, 'cdk8s.yaml': cdk8s });
    for (const command of ['order', 'graph', 'check', 'secrets']) {
      const { stdout } = await type(command, folder);
      expect(stdout).not.toMatch(/left|dist/);
    }
  });

  it('fails with 2 if no entry is found', async () => {
    const { code, stderr } = await type('order', repository({ 'a.yaml': 'a: 1\n' }));
    expect(code).toBe(2);
    expect(stderr).toContain('entry-missing');
  });

  itWith('FLUX_REPOS', REPOS !== undefined, 'survives every real repository', async () => {
    for (const name of readdirSync(REPOS as string, { withFileTypes: true })) {
      if (!name.isDirectory()) continue;
      const { stderr } = await type('order', join(REPOS as string, name.name));
      expect(stderr).not.toContain('a fault in cdk8s-flux');
    }
  });
});
