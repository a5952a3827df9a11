import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import '@microsoft/jest-sarif';
import { run } from '../../lib/cli/run';
import { bootstrap, configMap, fluxKustomization } from '../graph/tree-of';
import { itWith } from '../tools/find-tool';

const ROOT = join(__dirname, '..', '..');
const REPOS = process.env['FLUX_REPOS'];
const folders: string[] = [];

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-check-'));
  folders.push(folder);
  mkdirSync(join(folder, '.git'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function check(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const outcome = { stdout: '', stderr: '' };
  const code = await run(['check', ...argv], {
    stdout: (text) => void (outcome.stdout += text),
    stderr: (text) => void (outcome.stderr += text),
    cwd: ROOT,
    env: {},
    stderrIsTerminal: false,
    childStreams: 'pipe',
  });
  return { code, ...outcome };
}

const clean = {
  ...bootstrap,
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['retryInterval: 2m']),
  'apps/settings.yaml': configMap('settings').replace('metadata:', 'metadata:\n  namespace: default'),
};
const ignored = [
  'retryInterval: 2m',
  'wait: true',
  'healthChecks:',
  '  - { apiVersion: v1, kind: Pod, name: x }',
];
const warned = { ...clean, 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ignored) };
const broken = {
  ...clean,
  'clusters/prod/apps.yaml': fluxKustomization('apps', './app', ['retryInterval: 2m']),
};

describe('cdk8s-flux check', () => {
  it('reports what would stop working if Flux were locked down, and otherwise does not check that', async () => {
    const { code, stdout } = await check(repository(clean), '--lock-down');
    expect(code).toBe(1);
    expect(stdout).toContain('service-account-missing');
    expect(stdout).toMatch(
      /if Flux were locked down, it would refuse 1 object:\n {2}Kustomization "flux-system\/apps" in clusters\/prod\/apps.yaml\n$/,
    );
    const named = fluxKustomization('apps', './apps', [
      'retryInterval: 2m',
      'serviceAccountName: kustomize-controller',
    ]);
    const ready = await check(repository({ ...clean, 'clusters/prod/apps.yaml': named }), '--lock-down');
    expect(ready).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('would refuse nothing') as string,
    });
  });

  it('exits with 0 and says so if nothing is wrong', async () => {
    const { code, stdout } = await check(repository(clean));
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'no findings in 1 cluster\n' });
  });

  it.each([
    [['podinfo'], 'what 1 of 3 Kustomizations builds'],
    [['podinfo', 'other'], 'what 2 of 4 Kustomizations build'],
  ])('says what it does not see: Kustomizations of other repositories, %j', async (names, expected) => {
    const source = [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: GitRepository',
      'metadata: { name: podinfo, namespace: flux-system }',
      'spec: { interval: 1h, url: https://github.com/stefanprodan/podinfo, ref: { tag: 6.5.0 } }',
      '',
    ].join('\n');
    const others = names.map((name) =>
      fluxKustomization(name, `./${name}`, ['retryInterval: 2m', 'targetNamespace: default']).replace(
        'kind: GitRepository\n    name: flux-system',
        'kind: GitRepository\n    name: podinfo',
      ),
    );
    const more = [source, ...others].join('---\n');
    const { stdout } = await check(repository({ ...clean, 'clusters/prod/others.yaml': more }));
    expect(stdout).toBe(`no findings in 1 cluster; not checked: ${expected} from other sources\n`);
  });

  it('shows each finding with its line and the fix, and exits with 1', async () => {
    const { code, stdout } = await check(repository(warned));
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
     "warning: health-check-ignored at clusters/prod/apps.yaml:16
       spec.healthChecks: ignored, because wait: true waits for everything that is applied, and for nothing else
       fix: remove healthChecks, or remove wait to wait only for these objects
         16 |   healthChecks:
            |   ^^^^^^^^^^^^

     for details: cdk8s-flux explain health-check-ignored
     1 warning in 1 cluster
     "
    `);
  });

  it('shows the line even if a bracket closes no deeper than its key, as Go reads it', async () => {
    const fields = [
      'retryInterval: 2m',
      'wait: true',
      'healthChecks: [',
      '  { apiVersion: v1, kind: Pod, name: x }',
      ']',
    ];
    const file = fluxKustomization('apps', './apps', fields);
    const { stdout } = await check(repository({ ...clean, 'clusters/prod/apps.yaml': file }));
    expect(stdout).toContain('16 |   healthChecks: [\n');
  });

  it.each([
    ['error', 0],
    ['warning', 1],
    ['info', 1],
  ])('fails on a warning with --fail-on %s: %d', async (severity, expected) => {
    expect((await check(repository(warned), '--fail-on', severity)).code).toBe(expected);
  });

  it('finds the repository from a folder inside it, with its settings', async () => {
    const folder = repository({
      ...warned,
      'cdk8s-flux.yaml': 'version: 1\ncheck: { rules: { health-check-ignored: off } }\n',
    });
    expect(await check(join(folder, 'apps'))).toMatchObject({
      code: 0,
      stdout: 'no findings in 1 cluster\n',
    });
  });

  it('counts allowed findings, and reports allowances that match nothing', async () => {
    const allow = ['health-check-ignored', 'dependency-missing'].map(
      (code) => `  - code: ${code}\n    reason: a note for people\n`,
    );
    const folder = repository({ ...warned, 'cdk8s-flux.yaml': `version: 1\nallow:\n${allow.join('')}` });
    const { code, stdout } = await check(folder);
    expect(code).toBe(0);
    expect(stdout).toContain('info: allow-unused at cdk8s-flux.yaml:5\n');
    expect(stdout).toContain('1 info in 1 cluster, 1 allowed\n');
  });

  it('suggests the code that the settings probably mean', async () => {
    const folder = repository({
      ...clean,
      'cdk8s-flux.yaml': 'version: 1\ncheck:\n  rules:\n    dependency-missin: off\n',
    });
    const { code, stdout } = await check(folder);
    expect(code).toBe(1);
    expect(stdout).toContain('warning: rule-unknown at cdk8s-flux.yaml:4\n');
    expect(stdout).toContain('did you mean "dependency-missing"?');
  });

  it('prints the same as data', async () => {
    const { code, stdout } = await check(repository(broken), '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [
        { code: 'orphan-file', severity: 'info', locations: [{ file: 'apps/settings.yaml', line: 6 }] },
        {
          code: 'path-missing',
          severity: 'error',
          field: 'spec.path',
          locations: [{ file: 'clusters/prod/apps.yaml', line: 9, column: 3 }],
          hint: 'did you mean "./apps"?',
        },
      ],
      summary: { error: 1, warning: 0, info: 1, allowed: 0 },
      clusters: [{ name: 'prod', entry: 'clusters/prod' }],
    });
  });

  it('prints SARIF that matches its schema', async () => {
    const folder = repository({
      ...broken,
      ...{
        'clusters/prod/with space/b.yaml': warned['clusters/prod/apps.yaml'].replace('name: apps', 'name: b'),
      },
    });
    const { stdout } = await check(folder, '--format', 'sarif');
    const log = JSON.parse(stdout) as {
      runs: [{ results: unknown[]; tool: { driver: { rules: { help: { text: string } }[] } } }];
    };
    expect(log).toBeValidSarifLog();
    expect(JSON.stringify(log.runs[0].results)).toContain('"uri":"clusters/prod/with%20space/b.yaml"');
    expect(log.runs[0].tool.driver.rules.map(({ help }) => help.text)).toContainEqual(
      expect.stringMatching(/^A path .*\. Fix: did you mean "\.\/apps"\?\. /),
    );
    expect(log.runs[0].results).toHaveLength(2);
  });

  it.each([
    [
      'there is no entry',
      () => repository({ 'a.yaml': 'a: 1\n' }),
      'that Flux starts from, and no kustomization.yaml',
    ],
    ['does not exist', () => '/nowhere/at/all', 'file-unreadable'],
    [
      'there is no folder, though a repository is around it',
      () => join(repository(warned), 'ap'),
      'does not exist',
    ],
    ['it is a file', () => join(repository(warned), 'clusters/prod/apps.yaml'), 'is a file, not a folder'],
    ['the settings are wrong', () => repository({ 'cdk8s-flux.yaml': 'version: 7\n' }), 'config-invalid'],
  ])('fails with 2 if %s', async (_, folder, message) => {
    const { code, stdout, stderr } = await check(folder());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('shows no value of a Secret', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  PIN: hunter2\n';
    const { stdout } = await check(repository({ ...clean, 'apps/secret.yaml': secret }));
    expect(stdout).not.toContain('hunter2');
  });

  it.each(['.', ...readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}`)])(
    'reports nothing for %s',
    async (folder) => {
      const { code, stdout } = await check(folder);
      expect(stdout).toMatch(/^no findings in \d clusters?(, \d allowed)?(; not checked: .*)?\n$/);
      expect(code).toBe(0);
    },
  );

  it('runs as npx cdk8s-flux check in a clone of the project', () => {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT });
    const output = execFileSync('npx', ['cdk8s-flux', 'check'], { cwd: ROOT, encoding: 'utf8' });
    expect(output).toMatch(/^no findings in 1 cluster, \d allowed; not checked: .*\n$/);
  }, 120_000);

  itWith('FLUX_REPOS', REPOS !== undefined, 'survives every real repository', async () => {
    for (const name of readdirSync(REPOS as string, { withFileTypes: true })) {
      if (!name.isDirectory()) continue;
      const { stderr, stdout } = await check(join(REPOS as string, name.name));
      expect(stderr + stdout).not.toContain('a fault in cdk8s-flux');
    }
  });
});
