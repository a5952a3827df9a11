import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectFolder } from './project-folder';

const folders: { remove(): void }[] = [];

afterAll(() => folders.forEach((folder) => folder.remove()));

function synth(code: string): {
  readonly project: ProjectFolder;
  readonly status: number | null;
  readonly stderr: string;
} {
  const project = new ProjectFolder(code);
  folders.push(project);
  const { status, stderr } = project.synth();
  return { project, status, stderr };
}

const SEVERAL = `
const { HelmChartRelease, GitCredentials } = require(${JSON.stringify(join(__dirname, '../../lib/index.ts'))});
const web = new FluxApp(home, 'web', { layer: '../../..', namespace: 5 });
new HelmChartRelease(web, 'release', { repositry: 'https://example.com/charts', chart: 'x' });
new GitCredentials(web, 'login', { bearerToken: 'ghp_abcdef' });
`;

describe('a program with several wrong constructs', () => {
  it('reports all of them in one run, and publishes nothing', () => {
    const { project, status, stderr } = synth(SEVERAL);
    expect(status).toBe(1);
    for (const text of [
      'leads out of the repository',
      'namespace: got 5',
      'did you mean repository?',
      'bearerToken: got a string',
    ])
      expect(stderr).toContain(text);
    expect(stderr).toContain('4 errors');
    expect(stderr).not.toContain('ghp_abcdef');
    expect(readdirSync(project.path)).not.toContain('cluster-resources');
  });

  it('reports what was found before an error that ends it', () => {
    const { stderr } = synth(`${SEVERAL}\nnew FluxApp(home, 'web');\nnew Cluster(app, 'other', {});`);
    expect(stderr).toContain('namespace: got 5');
    expect(stderr).toContain('construct-id-duplicate');
    expect(stderr).not.toContain('home/other');
  });
});

/** Runs a program directly, as its author may do without our command. */
function run(
  code: string,
  env: NodeJS.ProcessEnv = {},
  files: Readonly<Record<string, string>> = {},
): {
  readonly path: string;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const path = mkdtempSync(join(tmpdir(), 'cdk8s-flux-main-'));
  folders.push({ remove: () => rmSync(path, { recursive: true, force: true }) });
  const root = join(__dirname, '../..');
  const names = `const { GitOpsApp, Cluster, FluxApp } = require(${JSON.stringify(join(root, 'lib/index.ts'))});
const { App, ApiObject } = require(${JSON.stringify(join(root, 'node_modules/cdk8s'))});`;
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  writeFileSync(
    join(path, 'main.js'),
    `require(${JSON.stringify(join(root, 'scripts/register-typescript.cjs'))});\n${names}\n${code}`,
  );
  const {
    CDK8S_FLUX_DEBUG: _debug,
    NODE_TEST_CONTEXT: _test,
    JEST_WORKER_ID: _worker,
    ...inherited
  } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['main.js'], {
    cwd: path,
    encoding: 'utf8',
    env: { ...inherited, ...env },
  });
  return { path, status, stdout, stderr };
}

describe('a program that node runs directly', () => {
  it('prints the error that stops it in a plain App as text, with only its own lines', () => {
    const { status, stderr } = run("new FluxApp(new App(), 'web');");
    expect(status).toBe(1);
    expect(stderr).toContain('cluster-missing at web');
    expect(stderr).toContain('main.js:4');
    expect(stderr).not.toContain('findings-error');
    expect(stderr).not.toContain('throw new');
  });

  it.each(['NODE_TEST_CONTEXT', 'JEST_WORKER_ID', 'VITEST'])('leaves errors to a test runner: %s', (name) => {
    const code = "const app = new GitOpsApp();\nconsole.log(process.listenerCount('uncaughtException'));";
    expect(run(code, { [name]: '1' }).stdout).toBe('0\n');
    expect(run(code).stdout).toBe('1\n');
  });

  it('prints the frames of libraries on request', () => {
    const { stderr } = run("new FluxApp(new App(), 'web');", { CDK8S_FLUX_DEBUG: '1' });
    expect(stderr).toContain('findings-error');
  });

  it('prints the findings of a GitOpsApp, and that nothing is published', () => {
    const broken = run("const app = new GitOpsApp();\nnew Cluster(app, 'home', {});\napp.synth();");
    expect(broken.status).toBe(1);
    expect(broken.stderr).toMatch(/^error: argument-invalid at home \(main\.js:5\)\n/);
    const clean = run(
      "const app = new GitOpsApp();\nnew Cluster(app, 'home', { path: './clusters/home' });\napp.synth();",
    );
    expect(clean.status).toBe(0);
    expect(clean.stderr).toContain('nothing was published');
    expect(clean.stderr).toContain('npx cdk8s-flux synth');
  });

  it('writes to the folder of cdk8s.yaml, which no other command reads', () => {
    const { path } = run(
      "const app = new GitOpsApp();\nnew Cluster(app, 'home', { path: './clusters/home' });\napp.synth();",
      {},
      { 'cdk8s.yaml': 'app: node main.js\noutput: dist/manifests\n' },
    );
    expect(readdirSync(join(path, 'dist'))).toEqual(['manifests']);
  });

  it('prints an error of the author with its stack', () => {
    const { status, stderr } = run("const app = new GitOpsApp();\nthrow new Error('mine');");
    expect(status).toBe(2);
    expect(stderr).toContain('Error: mine\n    at ');
  });
});
