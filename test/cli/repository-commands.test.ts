import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { itWith } from '../tools/find-tool';
import { HAND_WRITTEN, kustomization, removeRepositories, repository, type } from './command-line';

const REPOS = process.env['FLUX_REPOS'];

afterAll(removeRepositories);

describe('cdk8s-flux order', () => {
  it('tells the waves of a repository written by hand', async () => {
    const { code, stdout } = await type('order', repository(HAND_WRITTEN));
    expect(code).toBe(0);
    expect(stdout).toMatch(/cluster home[\s\S]*infra[\s\S]*apps/);
    expect(stdout).toContain('longest chain');
  });

  it('gives the same as data', async () => {
    const { stdout } = await type('order', repository(HAND_WRITTEN), '--format', 'json');
    const { orders } = JSON.parse(stdout) as { orders: { cluster: string; cycles: unknown[] }[] };
    expect(orders.map(({ cluster }) => cluster)).toEqual(['home']);
  });

  it('exits with 1 when something never starts, and names the loop', async () => {
    const loop = kustomization('infra', './infra', ', dependsOn: [{ name: apps }]');
    const { code, stdout } = await type(
      'order',
      repository({ ...HAND_WRITTEN, 'clusters/home/infra.yaml': loop }),
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/never starts: .*apps.*infra|never starts: .*infra.*apps/);
  });

  it('works on this project', async () => {
    const { code, stdout } = await type('order', '.', '--entry', 'cluster-resources/flux');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /external-secrets-crds[\s\S]*external-secrets-operator[\s\S]*external-secrets-crs/,
    );
  });

  it('does not read what cdk8s left in its scratch folder', async () => {
    const left = { 'dist/manifests/home.k8s.yaml': kustomization('left', './left') };
    const cdk8s = 'language: typescript\napp: npx tsx main.ts\noutput: dist/manifests\n';
    const folder = repository({ ...HAND_WRITTEN, ...left, 'cdk8s.yaml': cdk8s });
    for (const command of ['order', 'graph', 'check', 'secrets']) {
      const { stdout } = await type(command, folder);
      expect(stdout).not.toMatch(/left|dist/);
    }
  });

  it('fails with 2 where no entry is found', async () => {
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
