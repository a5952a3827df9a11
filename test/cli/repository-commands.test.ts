import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../lib/cli/run';
import { itWith } from '../tools/find-tool';

const ROOT = join(__dirname, '..', '..');
const REPOS = process.env['FLUX_REPOS'];
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-commands-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function type(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const outcome = { stdout: '', stderr: '' };
  const code = await run(argv, {
    stdout: (text) => void (outcome.stdout += text),
    stderr: (text) => void (outcome.stderr += text),
    cwd: ROOT,
    env: {},
    stderrIsTerminal: false,
    childStreams: 'pipe',
  });
  return { code, ...outcome };
}

const kustomization = (
  name: string,
  path: string,
  more = '',
): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ${path}, sourceRef: { kind: GitRepository, name: flux-system }${more} }
`;

const HAND_WRITTEN = {
  'clusters/home/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: ssh://git@example.com/home, ref: { branch: main } }
---
${kustomization('flux-system', './clusters/home')}`,
  'clusters/home/flux-system/kustomization.yaml': 'kind: Kustomization\nresources: [gotk-sync.yaml]\n',
  'clusters/home/infra.yaml': kustomization('infra', './infra', ', wait: true'),
  'clusters/home/apps.yaml': kustomization('apps', './apps', ', dependsOn: [{ name: infra }]'),
  'infra/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  'apps/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n',
};

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

describe('cdk8s-flux secrets', () => {
  const encrypted = readFileSync(join(ROOT, 'test/fixtures/sops/encrypted/simple.age-1.yaml'), 'utf8');
  const recipient = /recipient: (age1\S+)/.exec(encrypted)?.[1] as string;

  it('lists encrypted files with their recipients', async () => {
    const { code, stdout } = await type('secrets', repository({ 'apps/secret.yaml': encrypted }));
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^apps/secret.yaml Secret/.*\\n {2}${recipient}\\n$`));
  });

  it('exits with 1 on a Secret in plain text, and does not say its value', async () => {
    const plain = 'apiVersion: v1\nkind: Secret\nmetadata: { name: token }\nstringData: { TOKEN: hunter2 }\n';
    const { code, stdout, stderr } = await type('secrets', repository({ 'a.yaml': plain }));
    expect(code).toBe(1);
    expect(stdout).toContain('plain text');
    expect(stderr).toContain('plaintext-secret at a.yaml:1');
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('gives the same as data', async () => {
    const { stdout } = await type(
      'secrets',
      repository({ 'apps/secret.yaml': encrypted }),
      '--format',
      'json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      secrets: [{ file: 'apps/secret.yaml', encrypted: true }],
      findings: [],
    });
  });
});
