import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const REPOSITORY = join(__dirname, '..', '..');

/** The app of a project folder: the code of a test goes between these lines. */
const PROLOGUE = `
require(${JSON.stringify(join(REPOSITORY, 'scripts', 'register-typescript.cjs'))});
const { Cluster, Fleet, FluxApp, GitOpsApp, ManifestDirectory, setFile } = require(${JSON.stringify(join(REPOSITORY, 'lib', 'index.ts'))});
const { ApiObject, Chart } = require(${JSON.stringify(join(REPOSITORY, 'node_modules', 'cdk8s'))});
const app = new GitOpsApp();
const home = new Cluster(app, 'home', { path: './cluster-resources/flux' });
const configMap = (scope, id, data) =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default' }, data });
`;

/** What a process printed and returned. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user's project, in its own folder. */
export class ProjectFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'cdk8s-flux-project-'));

  constructor(code: string, files: Readonly<Record<string, string>> = {}) {
    this.write('cdk8s.yaml', 'language: typescript\napp: node app.js\noutput: dist/manifests\n');
    this.write('cdk8s-flux.yaml', 'version: 1\n');
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.setCode(code);
  }

  /** Replaces what the app does between creating a cluster `home` and `app.synth()`. */
  setCode(code: string): void {
    this.write('app.js', `${PROLOGUE}\n${code}\napp.synth();\n`);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    writeFileSync(join(this.path, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  /** The paths of all files below a folder. */
  files(folder = 'cluster-resources'): string[] {
    const entries = readdirSync(join(this.path, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path.length + 1))
      .sort();
  }

  /** Runs the app as `cdk8s synth` would. */
  synth(env: Readonly<Record<string, string>> = { CDK8S_OUTDIR: 'dist/manifests' }): Outcome {
    return this.run(process.execPath, ['app.js'], env);
  }

  /** Runs the real cdk8s CLI. */
  cdk8s(...args: string[]): Outcome {
    const cli = join(REPOSITORY, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
    return this.run(process.execPath, [cli, ...args], { CDK8S_CHECK_UPGRADE: 'false' });
  }

  git(...args: string[]): string {
    const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
    return execFileSync('git', [...identity, ...args], { cwd: this.path, encoding: 'utf8' });
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private run(command: string, args: string[], env: Readonly<Record<string, string>>): Outcome {
    const clean = { ...process.env };
    delete clean['CDK8S_OUTDIR'];
    // This process is not a test run.
    delete clean['JEST_WORKER_ID'];
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.path,
      encoding: 'utf8',
      env: { ...clean, ...env },
    });
    return { status, stdout, stderr };
  }
}
