import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fleetFile, wholeApp } from '../../lib/app/fleets';
import { GitOpsApp } from '../../lib/app/gitops-app';
import { sopsRulesFile } from '../../lib/app/sops-rules';
import { planApp } from '../../lib/plan/plan';
import { DEPENDENCIES, DEV_DEPENDENCIES, OPENPGP } from '../../lib/init/versions';
import { writeProject } from '../../lib/init/write-project';
import { synthFiles } from '../../lib/testing';
import { removeRepositories, repository, ROOT, typeIn, type Typed } from '../cli/command-line';

const AGE = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
const FINGERPRINT = '1BC6E7C0BE8E1A7BFBB0F3C6F7C2A3D4E5F60718';

afterAll(removeRepositories);

interface RenovateConfig {
  readonly customManagers: readonly { readonly matchStrings: readonly string[] }[];
}

function init(folder: string, ...args: string[]): Promise<Typed> {
  return typeIn(folder, {}, 'init', ...args);
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

function codeOf(folder: string): { addClusters(app: GitOpsApp): void } {
  return jest.requireActual(join(folder, 'src/clusters.ts'));
}

/** The app of a project, which reads its pins from the folder in which it runs. */
function appOf(folder: string): GitOpsApp {
  const app = new GitOpsApp();
  const here = process.cwd();
  process.chdir(folder);
  try {
    codeOf(folder).addClusters(app);
  } finally {
    process.chdir(here);
  }
  return app;
}

/** Publishes what the code of a project generates, as its first synth would. */
function publish(folder: string): Record<string, string> {
  const app = appOf(folder);
  const fleet = fleetFile(wholeApp(app, undefined), '');
  const files = { ...synthFiles(app), ...(fleet && { [fleet.path]: fleet.bytes.toString('utf8') }) };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return files;
}

describe('cdk8s-flux init', () => {
  it('writes a project for one cluster into a new folder, named after it', async () => {
    const folder = repository({});
    const { code, stdout } = await init(folder, 'Home Lab');
    expect(code).toBe(0);
    const project = join(folder, 'Home Lab');
    expect(filesIn(project)).toEqual([
      '.github/workflows/check.yaml',
      '.github/workflows/report.yaml',
      '.gitignore',
      'cdk8s-flux.yaml',
      'cdk8s.yaml',
      'package.json',
      'renovate.json',
      'src/clusters.test.ts',
      'src/clusters.ts',
      'src/main.ts',
      'src/podinfo.ts',
      'tsconfig.json',
    ]);
    expect(JSON.parse(read(project, 'package.json'))).toMatchObject({ name: 'home-lab', private: true });
    expect(stdout).toContain("  cd 'Home Lab'\n  git init");
    expect(stdout).toContain('--repository=home-lab --branch=main --path=./cluster-resources/flux\n');
  });

  it.each(['cluster', 'fleet'])('creates a %s without a finding, not even an info', async (kind) => {
    const folder = repository({});
    const { stdout } = await init(folder, '--kind', kind, '--name', 'home');
    const files = publish(folder);
    expect(Object.keys(files).filter((path) => path.endsWith('podinfo/podinfo.yaml'))).toHaveLength(
      kind === 'fleet' ? 3 : 1,
    );
    const entries = [...stdout.matchAll(/--path=(\S+)/g)].map(([, path]) => path as string);
    const checked = await typeIn(folder, {}, 'check', '--fail-on', 'info', '--entry', ...entries);
    expect(checked).toMatchObject({ code: 0, stderr: '' });
    expect(checked.stdout).toBe(`no findings in ${kind === 'fleet' ? '3 clusters' : '1 cluster'}\n`);
  });

  it('creates a fleet in which a new version in the pins reaches only the first ring', async () => {
    const folder = repository({});
    await init(folder, '--kind', 'fleet', '--name', 'home');
    writeFileSync(join(folder, 'pins.yaml'), read(folder, 'pins.yaml').replace('6.9.2', '6.10.0'));
    const files = publish(folder);
    expect(files['apps/staging/eu/podinfo/podinfo.yaml']).toContain('tag: 6.10.0');
    expect(files['apps/production/eu/podinfo/podinfo.yaml']).toContain('tag: 6.9.2');
    expect(files['apps/production/us/podinfo/podinfo.yaml']).toContain('replicaCount: 2');
  });

  it('lets Renovate update the first ring of a pin as documented, and the code', async () => {
    const folder = repository({});
    await init(folder, '--kind', 'fleet', '--name', 'home');
    const { customManagers } = JSON.parse(read(folder, 'renovate.json')) as RenovateConfig;
    const page = read(ROOT, 'docs/promotion.md');
    const documented = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as RenovateConfig;
    expect(customManagers[1]).toMatchObject(documented.customManagers[0] ?? {});
    const [pattern = ''] = customManagers[1]?.matchStrings ?? [];
    const found = [...read(folder, 'pins.yaml').matchAll(new RegExp(pattern, 'g'))];
    expect(found.map(({ groups }) => ({ ...groups }))).toEqual([
      expect.objectContaining({
        datasource: 'docker',
        depName: 'ghcr.io/stefanprodan/charts/podinfo',
        currentValue: '6.9.2',
      }),
    ]);
    expect(read(folder, 'pins.yaml')).toMatch(/renovate:.*\n {4}staging: /);
  });

  it('prints the command that installs Flux in each cluster of a fleet', async () => {
    const { stdout } = await init(repository({}), '--kind', 'fleet', '--name', 'fleet', '--ci', 'gitlab');
    expect([...stdout.matchAll(/flux bootstrap gitlab .* --path=(\S+)/g)].map(([, path]) => path)).toEqual([
      './clusters/staging/eu',
      './clusters/production/eu',
      './clusters/production/us',
    ]);
  });

  it.each([
    ['github', ['.github/workflows/check.yaml', '.github/workflows/report.yaml'], 'flux bootstrap github'],
    ['gitlab', ['.gitlab-ci.yml'], 'flux bootstrap gitlab'],
    ['none', [], 'flux bootstrap git --url='],
  ])('checks the project in CI: %s', async (ci, pipelines, bootstrap) => {
    const folder = repository({});
    const { stdout } = await init(folder, '--name', 'home', '--ci', ci);
    expect(stdout).toContain(bootstrap);
    const found = filesIn(folder).filter((path) => path.includes('.git') && path !== '.gitignore');
    expect(found).toEqual(pipelines);
    for (const pipeline of pipelines) expect(read(folder, pipeline)).toMatch(/npx cdk8s-flux ci\b/);
  });

  it('shows Renovate the versions in the code, but not the generated YAML', async () => {
    const folder = repository({});
    await init(folder, '--name', 'home');
    const renovate = JSON.parse(read(folder, 'renovate.json')) as {
      customManagers: { matchStrings: string[] }[];
      [manager: string]: unknown;
    };
    const [pattern = ''] = renovate.customManagers.flatMap(({ matchStrings }) => matchStrings);
    expect(new RegExp(pattern).exec(read(folder, 'src/podinfo.ts'))?.groups).toMatchObject({
      datasource: 'docker',
      depName: 'ghcr.io/stefanprodan/charts/podinfo',
      currentValue: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    });
    const patterns = ['flux', 'kubernetes', 'helm-values'].flatMap(
      (manager) => (renovate[manager] as { managerFilePatterns: string[] }).managerFilePatterns,
    );
    const isRead = (path: string): boolean =>
      patterns.some((text) => new RegExp(text.slice(1, -1)).test(path));
    expect(Object.keys(publish(folder)).filter(isRead)).toEqual([]);
    expect(isRead('cluster-resources/flux/flux-system/gotk-components.yaml')).toBe(true);
    expect(isRead('manifests/web/deployment.yaml')).toBe(true);
  });

  it('writes the same .sops.yaml as synth, for age and for PGP', async () => {
    const folder = repository({});
    const sops = ['--sops', AGE, '--sops', FINGERPRINT];
    expect((await init(folder, '--kind', 'fleet', '--name', 'home', ...sops)).code).toBe(0);
    expect(read(folder, 'cdk8s-flux.yaml')).toContain('\nsopsRules: true\n');
    expect(read(folder, 'src/clusters.ts')).toContain(
      `age: ['${AGE}'],\n  pgp: [{ fingerprint: '${FINGERPRINT}' }],`,
    );
    expect(read(folder, '.sops.yaml')).toContain(`age: ${AGE}\n    pgp: ${FINGERPRINT}\n`);
    expect(JSON.parse(read(folder, 'package.json'))).toMatchObject({ dependencies: { openpgp: OPENPGP } });
    const rules = sopsRulesFile(planApp(appOf(folder)), 'cluster-resources');
    expect(rules?.bytes.toString('utf8')).toBe(read(folder, '.sops.yaml'));
  });

  it('writes into an empty git repository, and nothing when it runs again', async () => {
    const folder = repository({ '.git/HEAD': 'ref: refs/heads/main\n' });
    const first = await init(folder, '--name', 'home');
    expect(first.stdout).not.toContain('git init');
    const { code, stdout } = await init(folder, '--name', 'home');
    expect(code).toBe(0);
    expect(stdout).toContain(', 12 already up to date\n');
  });

  it('fails on existing files, names all of them, and writes nothing', async () => {
    const folder = repository({ 'package.json': '{}\n', 'cdk8s.yaml': 'language: go\n', src: 'a file\n' });
    const { code, stderr } = await init(folder, '--name', 'home');
    expect(code).toBe(2);
    expect(stderr).toContain('error: project-file-exists');
    expect(stderr).toContain('"cdk8s.yaml", "package.json", "src" already exist in');
    expect(filesIn(folder)).toEqual(['cdk8s.yaml', 'package.json', 'src']);
  });

  it('fails on a link without a target, and does not write through it', async () => {
    const folder = repository({});
    symlinkSync(join(folder, 'nowhere'), join(folder, 'cdk8s.yaml'));
    const { stderr } = await init(folder, '--name', 'home');
    expect(stderr).toContain('"cdk8s.yaml" already exists in');
    expect(filesIn(folder)).toEqual(['cdk8s.yaml']);
  });

  it('fails below the root of a git repository', async () => {
    const folder = repository({ '.git/HEAD': 'ref: refs/heads/main\n', 'infra/a.txt': '' });
    const { code, stderr } = await init(folder, 'infra/new', '--name', 'home');
    expect(code).toBe(2);
    expect(stderr).toContain('error: project-not-at-root');
    expect(filesIn(folder)).toEqual(['.git/HEAD', 'infra/a.txt']);
  });

  it.each([
    ['Home', 'got the project name "Home"; use at most 63 lower-case letters'],
    ['cdk8s', 'fix: use another name, for example --name cdk8s-clusters'],
    [`a${'b'.repeat(63)}`, 'at most 63'],
    ["it's", 'got the project name "it\'s"'],
  ])('fails on the name %j', async (name, message) => {
    const folder = repository({});
    const { code, stderr } = await init(folder, '--name', name);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(filesIn(folder)).toEqual([]);
  });

  it('fails on a folder whose name gives no project name, and asks for one', async () => {
    const { stderr } = await init(repository({}), 'クラスタ');
    expect(stderr).toContain('results in the project name ""');
    expect(stderr).toContain('fix: set a name, for example --name home');
  });

  it.each([
    ['ssh-ed25519 AAAA', 'sops-recipient-unsupported'],
    ['1234', 'sops-recipient-invalid'],
    ['AGE-SECRET-KEY-1QQ', 'sops-private-key'],
  ])('fails on the recipient %j', async (recipient, finding) => {
    const folder = repository({});
    const { code, stderr } = await init(folder, '--name', 'home', '--sops', recipient);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${finding}`);
    expect(filesIn(folder)).toEqual([]);
  });

  it('fails on a file in place of the folder', async () => {
    const { code, stderr } = await init(repository({ home: '' }), 'home');
    expect(code).toBe(2);
    expect(stderr).toContain('error: project-unwritable');
  });
});

describe('a project that cannot be written', () => {
  it('fails, and removes what it had written', () => {
    const folder = repository({ 'kept/a.txt': '' });
    const files = new Map([
      ['a/b/one.txt', '1'],
      ['kept/two.txt', '2'],
      [`z/${'long'.repeat(100)}.txt`, '3'],
    ]);
    expect(() => writeProject(folder, files)).toThrow('project-unwritable');
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['kept', 'kept/a.txt']);
    rmSync(folder, { recursive: true });
  });
});

it('a new project begins with the versions that this package is tested with', () => {
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  expect(own.peerDependencies).toMatchObject({ ...DEPENDENCIES, openpgp: OPENPGP });
  for (const [name, range] of Object.entries(DEV_DEPENDENCIES)) {
    if (name in own.devDependencies && name !== 'typescript')
      expect([name, range]).toEqual([name, own.devDependencies[name]]);
  }
  expect(DEV_DEPENDENCIES.typescript).toContain(own.devDependencies['typescript']);
});
