import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasTool } from '../tools/find-tool';

const ROOT = join(__dirname, '..', '..');

/** Each consumer installs the packed package, and the packages that its template names, from the npm registry. */
export const REGISTRY = hasTool(
  'npm',
  'view',
  'constructs',
  'version',
  '--fetch-retries=0',
  '--fetch-timeout=5000',
);

/** The packed package, in a folder in which users' projects are created. */
export class PackedPackage {
  /** The folder. */
  readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-consumer-'));
  private tarball = '';

  /** Compiles and packs the package. */
  pack(): void {
    execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT });
    const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', this.folder];
    const [packed] = JSON.parse(execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' })) as {
      filename: string;
    }[];
    this.tarball = join(this.folder, packed?.filename as string);
  }

  /** A project with these files, with everything installed that its `package.json` names. */
  install(name: string, files: Readonly<Record<string, string>>): Consumer {
    const path = join(this.folder, name);
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      const own = /("cdk8s-flux": )"[^"]*"/;
      writeFileSync(join(path, file), content.replace(own, `$1${JSON.stringify(`file:${this.tarball}`)}`));
    }
    const consumer = new Consumer(path);
    consumer.run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline');
    return consumer;
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A user's project with the packed package installed. */
export class Consumer {
  constructor(readonly path: string) {}

  /** Runs a command; fails with everything that it printed. */
  run(command: string, ...args: string[]): string {
    const env: NodeJS.ProcessEnv = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
    for (const name of Object.keys(env))
      if (name.startsWith('JEST_') || name === 'NODE_OPTIONS') delete env[name];
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: this.path, encoding: 'utf8', env });
    if (status !== 0)
      throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
    return stdout + stderr;
  }

  /** A file of the project. */
  read(file: string): string {
    return readFileSync(join(this.path, file), 'utf8');
  }

  /** Another project, with the packages of this one. */
  beside(path: string): Consumer {
    mkdirSync(path, { recursive: true });
    symlinkSync(join(this.path, 'node_modules'), join(path, 'node_modules'));
    cpSync(join(this.path, 'package-lock.json'), join(path, 'package-lock.json'));
    return new Consumer(path);
  }
}
