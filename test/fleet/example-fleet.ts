import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const EXAMPLE = join(ROOT, 'examples', 'fleet');
const RUNNER = join(ROOT, 'scripts', 'run-app.cjs');
const TOPS = ['apps', 'clusters', 'infrastructure', 'shared', 'tenants'];
const VALUES = {
  PAYMENT_DB_USER: 'payments',
  PAYMENT_DB_PASSWORD: 'a password of twenty',
  SLACK_WEBHOOK: 'https://hooks.slack.com/services/T0/B0/0123456789',
};

/** What the code of the example says. */
export interface ExampleOptions {
  /** How many clusters there are, every third of them staging. */
  readonly clusters: number;
  readonly output: 'rendered' | 'shared';
  /**
   * The number of a cluster that has another setting.
   *
   * @default - none
   */
  readonly changed?: number;
}

/** A published file; those of encrypted secrets count apart. */
export interface PublishedFile {
  readonly text: string;
  readonly isSecret: boolean;
}

/** Makes a project for the fleet of `examples/fleet` with other clusters, in a folder that is there. */
export function makeExample(folder: string): void {
  mkdirSync(join(folder, '.git', 'objects'), { recursive: true });
  writeFileSync(join(folder, '.git', 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node main.ts\noutput: dist\n');
  writeFileSync(join(folder, 'cdk8s-flux.yaml'), 'version: 1\nroot: .\nsopsRules: true\n');
  for (const name of ['payments.ts', 'pins.yaml']) copyFileSync(join(EXAMPLE, name), join(folder, name));
  mkdirSync(join(folder, 'node_modules'));
  const link = (name: string, target: string): void =>
    symlinkSync(target, join(folder, 'node_modules', name), 'junction');
  link('cdk8s-flux', ROOT);
  for (const name of ['cdk8s', 'constructs', 'cdk8s-plus-28']) link(name, join(ROOT, 'node_modules', name));
}

/** Writes the code of the example. */
export function writeExample(folder: string, { clusters, output, changed }: ExampleOptions): void {
  const entries = Array.from({ length: clusters }, (_, index) => {
    const isStaging = index % 3 === 2;
    const name = `${isStaging ? 'eu-central' : 'eu-west'}-${index}`;
    const more = `${isStaging ? ', bootstrap' : ''}${index === changed ? ', settings: { replicas: 7 }' : ''}`;
    const environment = isStaging ? 'staging' : 'production';
    return `    '${name}': { environment: '${environment}', region: '${name}', provider: 'aws'${more} },\n`;
  });
  const code = readFileSync(join(EXAMPLE, 'main.ts'), 'utf8')
    .replace(/clusters: \{\n(?: {4}'.*\n)+/, `clusters: {\n${entries.join('')}`)
    .replace("'fleet', {\n", `'fleet', {\n  output: '${output}',\n`);
  writeFileSync(join(folder, 'main.ts'), code);
}

/** Synthesizes the project: the first run gets the values of its secrets, later ones keep them. */
export function synthesizeExample(folder: string, isFirst: boolean): void {
  const { JEST_WORKER_ID: _worker, ...env } = process.env;
  const given = { CDK8S_OUTDIR: 'dist', ...(isFirst && VALUES) };
  const { status, stderr } = spawnSync(process.execPath, ['--max-old-space-size=6000', RUNNER, 'main.ts'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, ...given },
  });
  if (status !== 0) throw new Error(stderr.slice(0, 5000));
}

/** The published files by path. */
export function publishedFiles(folder: string): ReadonlyMap<string, PublishedFile> {
  const below = TOPS.flatMap((top) => {
    try {
      return readdirSync(join(folder, top), { recursive: true, withFileTypes: true });
    } catch {
      return [];
    }
  });
  const paths = below.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const all = [
    ...paths,
    ...['.cdk8s-flux.json', '.sops.yaml', 'fleet.json'].map((name) => join(folder, name)),
  ];
  return new Map(
    all.map((path) => {
      const text = readFileSync(path, 'utf8');
      const isSecret = /^sops:$/m.test(text);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), { text, isSecret }];
    }),
  );
}

/** How many bytes published files have: those of encrypted secrets, and the others. */
export function countBytes(files: ReadonlyMap<string, PublishedFile>): {
  readonly secrets: number;
  readonly others: number;
} {
  let [secrets, others] = [0, 0];
  for (const { text, isSecret } of files.values()) {
    if (isSecret) secrets += Buffer.byteLength(text);
    else others += Buffer.byteLength(text);
  }
  return { secrets, others };
}
