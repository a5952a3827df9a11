import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasTool, itWith } from '../tools/find-tool';

const ROOT = join(__dirname, '..', '..');
const FIXTURES = join(__dirname, '..', 'fixtures', 'consumers');
const MINUTES = 60_000;
/** Each consumer installs the packed package, and the packages that its template names, from the npm registry. */
const REGISTRY = hasTool('npm', 'view', 'constructs', 'version', '--fetch-retries=0', '--fetch-timeout=5000');

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-consumer-'));
let tarball = '';

beforeAll(() => {
  if (!REGISTRY) return;
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT });
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [packed] = JSON.parse(execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' })) as {
    filename: string;
  }[];
  tarball = join(folder, packed?.filename as string);
}, 5 * MINUTES);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project of a user with the packed package installed. */
class Consumer {
  private readonly path: string;

  constructor(name: string, files: Readonly<Record<string, string>>) {
    this.path = join(folder, name);
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, file)), { recursive: true });
      writeFileSync(
        join(this.path, file),
        content.replace('"file:cdk8s-flux.tgz"', JSON.stringify(`file:${tarball}`)),
      );
    }
    this.run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline');
  }

  /** Runs a command; fails with all that it printed. */
  run(command: string, ...args: string[]): string {
    const env: NodeJS.ProcessEnv = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
    for (const name of Object.keys(env))
      if (name.startsWith('JEST_') || name === 'NODE_OPTIONS') delete env[name];
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: this.path, encoding: 'utf8', env });
    if (status !== 0)
      throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
    return stdout + stderr;
  }

  read(file: string): string {
    return readFileSync(join(this.path, file), 'utf8');
  }
}

function fixture(...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [
      name.split('/').slice(1).join('/'),
      readFileSync(join(FIXTURES, `${name}.txt`), 'utf8'),
    ]),
  );
}

describe('the packed package', () => {
  itWith(
    'npm registry',
    REGISTRY,
    'works in a stock cdk8s TypeScript app: CommonJS, ts-node, Jest 29, types included',
    () => {
      const stock = new Consumer(
        'stock',
        fixture(
          'stock/package.json',
          'stock/tsconfig.json',
          'stock/jest.config.js',
          'stock/cdk8s.yaml',
          'stock/main.ts',
          'stock/main.test.ts',
        ),
      );
      stock.run('npx', 'tsc', '--noEmit');
      stock.run('npx', 'jest');
      stock.run('npx', 'cdk8s', 'synth');
      expect(stock.read('cluster-resources/flux/web.yaml')).toContain('path: ./cluster-resources/web\n');
      expect(stock.run('npx', 'cdk8s-flux', 'synth', '--check')).toContain('up to date');
    },
    5 * MINUTES,
  );

  itWith(
    'npm registry',
    REGISTRY,
    'works in an ESM app, types included',
    () => {
      const esm = new Consumer(
        'esm',
        fixture(
          'esm/package.json',
          'esm/tsconfig.json',
          'esm/main.ts',
          'esm/plain.mjs',
          'esm/bare/tsconfig.json',
          'esm/bare/main.ts',
        ),
      );
      esm.run('npx', 'tsc');
      // Without the types of Node, which an app need not have.
      esm.run('npx', 'tsc', '-p', 'bare');
      expect(esm.run('node', 'build/main.js')).toContain('path: ./cluster-resources/web\n');
      expect(esm.run('node', 'plain.mjs')).toContain('path: ./cluster-resources/web\n');
    },
    5 * MINUTES,
  );
});
