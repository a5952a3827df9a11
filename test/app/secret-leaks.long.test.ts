import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ageIdentity, ageRecipient, fixture, pgpKey } from '../sops/fixtures';
import { ProjectFolder } from './project-folder';

// Each test starts several processes, or creates keys.
jest.setTimeout(60_000);

const LIBRARY = join(__dirname, '..', '..', 'lib', 'index.ts');
const CDK8S = join(__dirname, '..', '..', 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s');
const KILL_AT = join(__dirname, 'kill-at.cjs');

/** One value of each source; the tests look for each in all its spellings. */
const PLAIN = ['from-env-hunter2', 'from-file-hunter3', 'from-command-hunter4', 'from-env-file-hunter5'];
const SPELLINGS = PLAIN.flatMap((text) => [text, ...['base64', 'hex'].map((name) => spelled(text, name))]);

function spelled(text: string, encoding: string): string {
  // The last characters of base64 depend on what follows.
  return Buffer.from(text)
    .toString(encoding as BufferEncoding)
    .slice(0, 20);
}

interface Setting {
  readonly folder: ProjectFolder;
  readonly env: NodeJS.ProcessEnv;
  readonly temporary: string;
}

const settings: Setting[] = [];
afterAll(() => {
  for (const { folder, temporary } of settings) {
    folder.remove();
    rmSync(temporary, { recursive: true, force: true });
  }
});

/** A project with a secret from each source; the sources are outside the project. */
function setUp(): Setting {
  const temporary = mkdtempSync(join(tmpdir(), 'cdk8s-flux-temporary-'));
  const outside = new ProjectFolder('', {
    'token.txt': PLAIN[1] as string,
    '.env': `VARIABLE=${PLAIN[3]}\n`,
  });
  const folder = new ProjectFolder('', {
    'keys/pgp.asc': fixture('keys/pgp-cv25519.pub.asc'),
    'cdk8s-flux.yaml': 'version: 1\ncheck:\n  rules: { namespace-missing: off }\n',
  });
  const { fingerprint } = pgpKey('pgp-cv25519');
  folder.setCode(`
    const { SopsSecret, SecretValue } = require(${JSON.stringify(LIBRARY)});
    app.node.tryRemoveChild('home');
    const cluster = new Cluster(app, 'home', { path: './cluster-resources/flux', sops: {
      age: '${ageRecipient('age-1')}', pgp: [{ fingerprint: '${fingerprint}', publicKeyFile: 'keys/pgp.asc' }] } });
    const outside = ${JSON.stringify(outside.path)};
    for (const name of ['one', 'two']) {
      new SopsSecret(new FluxApp(cluster, name, { namespace: name }), 'token', { values: {
        ENV: SecretValue.env('LEAK_TEST'), FILE: SecretValue.file(outside + '/token.txt'),
        COMMAND: SecretValue.command([process.execPath, '-e', "console.log('from-command-' + 'hunter4')"]),
        VARIABLE: SecretValue.envFile(outside + '/.env'), MADE: SecretValue.generate() } });
    }`);
  const home = join(temporary, 'home');
  mkdirSync(home);
  const env = {
    PATH: process.env['PATH'],
    TMPDIR: temporary,
    HOME: home,
    GNUPGHOME: home,
    LEAK_TEST: PLAIN[0],
    CDK8S_OUTDIR: 'dist/manifests',
    CDK8S_CHECK_UPGRADE: 'false',
    CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
  };
  const setting = { folder, env, temporary };
  settings.push(setting, { folder: outside, env, temporary });
  return setting;
}

function run(
  { folder, env }: Setting,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8', env: { ...env, ...more } });
}

/** Where plain text may be: the files of the project and of the temporary folder, and the output. */
function leaks({ folder, temporary }: Setting, ...outcomes: SpawnSyncReturns<string>[]): string[] {
  const files = [folder.path, temporary].flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const texts = [
    ...files.map((file) => [file, readFileSync(file, 'latin1')] as const),
    ...outcomes.flatMap(({ stdout, stderr }) => [['stdout', stdout] as const, ['stderr', stderr] as const]),
  ];
  // An empty search would find nothing either.
  expect(files).toContain(join(folder.path, 'app.js'));
  return texts.filter(([, text]) => SPELLINGS.some((plain) => text.includes(plain))).map(([where]) => where);
}

describe('plaintext', () => {
  it('is nowhere after a synth: not in files, the scratch folder, construct metadata or output', () => {
    const setting = setUp();
    const outcome = run(setting, ['app.js']);
    expect(outcome.stderr).toContain('8 files written');
    expect(setting.folder.files('dist/manifests')).toContain('dist/manifests/construct-metadata.json');
    expect(leaks(setting, outcome)).toEqual([]);
  });

  it('is nowhere in the output and records of cdk8s', () => {
    const setting = setUp();
    run(setting, ['app.js']);
    const printed = run(setting, [CDK8S, 'synth', '-p'], { CDK8S_OUTDIR: undefined });
    expect(printed.stdout).toContain('ENC[AES256_GCM,');
    expect(leaks(setting, printed)).toEqual([]);
  });

  it('is in no error: neither of a failed synth nor of a damaged file, with the key on this machine', () => {
    const setting = setUp();
    run(setting, ['app.js']);
    const file = 'cluster-resources/one/token.yaml';
    const damaged = setting.folder.read(file).replace(/(FILE: ENC\[AES256_GCM,data:)..../, '$1AAAA');
    setting.folder.write(file, damaged);
    const outcome = run(setting, ['app.js'], { SOPS_AGE_KEY: ageIdentity('age-1') });
    expect(outcome.stderr).toContain('sops-tampered');
    expect(outcome.status).toBe(1);
    expect(leaks(setting, outcome)).toEqual([]);
    expect(outcome.stderr).not.toContain('AGE-SECRET-KEY');
  });

  it('is not in the report of a command that fails, and neither are its arguments', () => {
    const setting = setUp();
    setting.folder.setCode(`
      const { SopsSecret, SecretValue } = require(${JSON.stringify(LIBRARY)});
      const value = SecretValue.command([process.execPath, '-e', "console.log('from-env-' + 'hunter2'); process.exit(3)", 'hunter6']);
      new SopsSecret(new FluxApp(home, 'one'), 'token', { recipients: { age: '${ageRecipient('age-1')}' }, values: { A: value } });`);
    const outcome = run(setting, ['app.js']);
    expect(outcome.stderr).toMatch(/secret-value-missing[^]*failed with 3/);
    expect(outcome.stdout + outcome.stderr).not.toMatch(/hunter/);
  });
});

describe('a run that is killed', () => {
  const counted = setUp();
  const counter = join(counted.temporary, 'count');
  run(counted, ['--require', KILL_AT, 'app.js'], { KILL_COUNT: counter });
  const total = Number(readFileSync(counter, 'utf8'));
  const points = Array.from({ length: 9 }, (_, index) => Math.floor((index * (total - 1)) / 8));

  it('has a known number of changes', () => expect(total).toBeGreaterThan(20));

  it.each(points)(
    `before the change %i of ${total} leaves no plaintext, and is completed by the next run`,
    (point) => {
      const setting = setUp();
      const killed = run(setting, ['--require', KILL_AT, 'app.js'], { KILL_AT: String(point) });
      expect(killed.signal).toBe('SIGKILL');
      expect(leaks(setting, killed)).toEqual([]);
      const next = run(setting, ['app.js'], { SOPS_AGE_KEY: ageIdentity('age-1') });
      expect(next).toMatchObject({
        status: 0,
        stderr: expect.stringMatching(/^cdk8s-flux: .*(written|up to date).*\n$/),
      });
      expect(leaks(setting, next)).toEqual([]);
      const third = run(setting, ['app.js'], { SOPS_AGE_KEY: ageIdentity('age-1') });
      expect(third.stderr).toContain('up to date');
    },
  );

  it.each([50, 250, 450, 700])('after %i ms leaves no plaintext', (milliseconds) => {
    const setting = setUp();
    const { folder, env } = setting;
    const killed = spawnSync(process.execPath, ['app.js'], {
      cwd: folder.path,
      env,
      encoding: 'utf8',
      timeout: milliseconds,
      killSignal: 'SIGKILL',
    });
    expect(leaks(setting, killed)).toEqual([]);
    expect(run(setting, ['app.js'], { SOPS_AGE_KEY: ageIdentity('age-1') }).status).toBe(0);
  });
});

describe('an app without secrets', () => {
  it('loads no code for encryption', () => {
    const setting = setUp();
    const report =
      "process.on('exit', () => require('node:fs').writeFileSync('loaded.json', JSON.stringify(Object.keys(require.cache))));";
    const loaded = (code: string): string[] => {
      setting.folder.setCode(`${report}\n${code}`);
      expect(run(setting, ['app.js']).status).toBe(0);
      const modules = JSON.parse(setting.folder.read('loaded.json')) as string[];
      return modules.filter((path) =>
        /node_modules\/(?:openpgp|age-encryption|re2js)\/|lib\/sops\/(?:envelope|keys|reconcile|creation-rules)\//.test(
          path,
        ),
      );
    };
    expect(loaded(`configMap(new FluxApp(home, 'web'), 'settings', { a: 'b' });`)).toEqual([]);
    expect(
      loaded(`const { SopsSecret } = require(${JSON.stringify(LIBRARY)});
        new SopsSecret(new FluxApp(home, 'web'), 'token', { recipients: { age: '${ageRecipient('age-1')}' }, values: {} });`),
    ).not.toEqual([]);
  });
});
