import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProjectFolder, type Outcome } from './project-folder';
import { hasTool, itWith } from '../tools/find-tool';

const FIXTURES = join(__dirname, '..', 'fixtures', 'sops');
const fixture = (path: string): string => readFileSync(join(FIXTURES, path), 'utf8');
const AGE_KEY = fixture('keys/age-1.agekey');
const AGE_RECIPIENT = /public key: (age1\S+)/.exec(AGE_KEY)?.[1] as string;
const FINGERPRINT = fixture('keys/pgp-rsa.fingerprint').trim();
const PLAIN = 'correct horse battery staple';
const FILE = 'cluster-resources/web/token.yaml';
const SOPS = process.env['SOPS_BIN'] ?? 'sops';

const folders: ProjectFolder[] = [];
const emptyHome = mkdtempSync(join(tmpdir(), 'cdk8s-flux-home-'));

afterAll(() => {
  folders.forEach((folder) => folder.remove());
  rmSync(emptyHome, { recursive: true, force: true });
});

/** A project whose FluxApp `web` contains a SopsSecret `token`. */
function project(values: string, sops: string, extra = ''): ProjectFolder {
  const folder = new ProjectFolder('', { 'keys/pgp.asc': fixture('keys/pgp-rsa.pub.asc') });
  folders.push(folder);
  setSecret(folder, values, sops, extra);
  return folder;
}

function setSecret(folder: ProjectFolder, values: string, sops: string, extra = ''): void {
  folder.setCode(`
    const { SopsSecret, SecretValue } = require(${JSON.stringify(join(__dirname, '..', '..', 'lib', 'index.ts'))});
    app.node.tryRemoveChild('home');
    const cluster = new Cluster(app, 'home', { path: './cluster-resources/flux', sops: ${sops} });
    const web = new FluxApp(cluster, 'web', { namespace: 'web' });
    new SopsSecret(web, 'token', { values: ${values} ${extra} });`);
}

const AGE = `{ age: '${AGE_RECIPIENT}' }`;
const FROM_ENV = "{ TOKEN: SecretValue.env('WEB_TOKEN') }";

/** Runs a synth without any key or value of this machine, except the given ones. */
function synth(folder: ProjectFolder, env: Readonly<Record<string, string>> = {}): Outcome {
  const bare = { HOME: emptyHome, XDG_CONFIG_HOME: emptyHome, GNUPGHOME: emptyHome };
  return folder.synth({ CDK8S_OUTDIR: 'dist/manifests', ...bare, ...env });
}

describe('a SopsSecret', () => {
  it('is encrypted when the app is published, and its FluxApp gets decryption', () => {
    const folder = project(FROM_ENV, AGE);
    const outcome = synth(folder, { WEB_TOKEN: PLAIN });
    expect(outcome.stderr).toContain('4 files written');
    expect(folder.read(FILE)).toMatch(/^data:\n {2}TOKEN: ENC\[AES256_GCM,data:/m);
    expect(folder.read('cluster-resources/flux/web.yaml')).toContain(
      '  decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n',
    );
    expect(folder.read('cluster-resources/web/kustomization.yaml')).toContain('  - token.yaml\n');
  });

  it('leaves no plaintext anywhere in the working tree or in the output', () => {
    const folder = project(FROM_ENV, AGE);
    const outcome = synth(folder, { WEB_TOKEN: PLAIN });
    const everything = folder.files('.').map((path) => folder.read(path));
    const encoded = Buffer.from(PLAIN).toString('base64');
    for (const text of [...everything, outcome.stdout, outcome.stderr]) {
      expect(text).not.toContain(PLAIN);
      expect(text).not.toContain(encoded);
    }
  });

  it('fails --check without the private key if a value cannot be compared', () => {
    const folder = project(FROM_ENV, AGE);
    synth(folder, { WEB_TOKEN: PLAIN });
    const check = { CDK8S_FLUX_SYNTH: JSON.stringify({ check: true, overwrite: false }) };
    const outcome = synth(folder, { WEB_TOKEN: 'another', ...check });
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(/sops-unverified[^]*"TOKEN"/);
    expect(outcome.stderr).not.toContain('another');
    expect(synth(folder, check)).toMatchObject({ status: 0 });
    expect(synth(folder, { WEB_TOKEN: PLAIN, SOPS_AGE_KEY: AGE_KEY, ...check })).toMatchObject({ status: 0 });
  });

  it('keeps its bytes on a clone with neither values nor keys', () => {
    const folder = project(FROM_ENV, AGE);
    synth(folder, { WEB_TOKEN: PLAIN });
    const before = folder.read(FILE);
    const outcome = synth(folder);
    expect(outcome.status).toBe(0);
    expect(outcome.stderr).toContain('up to date');
    expect(folder.read(FILE)).toBe(before);
  });

  it('keeps its bytes if the private key shows that nothing changed, and changes only the entry that did', () => {
    const folder = project(`{ TOKEN: SecretValue.env('WEB_TOKEN'), OTHER: SecretValue.env('OTHER') }`, AGE);
    const env = { WEB_TOKEN: PLAIN, OTHER: 'stays', SOPS_AGE_KEY: AGE_KEY };
    synth(folder, env);
    const before = folder.read(FILE);
    expect(synth(folder, env).stderr).toContain('up to date');
    synth(folder, { ...env, WEB_TOKEN: 'changed' });
    const line = (text: string, name: string): string | undefined =>
      new RegExp(`^ {2}${name}: .*`, 'm').exec(text)?.[0];
    expect(line(folder.read(FILE), 'OTHER')).toBe(line(before, 'OTHER'));
    expect(line(folder.read(FILE), 'TOKEN')).not.toBe(line(before, 'TOKEN'));
  });

  it('takes PGP recipients with a public key in the repository', () => {
    const folder = project(
      FROM_ENV,
      `{ pgp: [{ fingerprint: '${FINGERPRINT}', publicKeyFile: 'keys/pgp.asc' }] }`,
    );
    synth(folder, { WEB_TOKEN: PLAIN });
    expect(folder.read(FILE)).toContain(`fp: ${FINGERPRINT}`);
    expect(folder.read('cluster-resources/flux/web.yaml')).toContain('name: sops-gpg\n');
  });

  it('takes recipients from .sops.yaml when the cluster names none', () => {
    const folder = project(FROM_ENV, 'undefined');
    const rules = `creation_rules:\n  - path_regex: cluster-resources/.*\n    encrypted_regex: ^(data|stringData)$\n    age: ${AGE_RECIPIENT}\n`;
    folder.write('.sops.yaml', rules);
    synth(folder, { WEB_TOKEN: PLAIN });
    expect(folder.read(FILE)).toContain(`recipient: ${AGE_RECIPIENT}`);
  });

  it('copies a file of the sops command byte for byte', () => {
    const folder = project(FROM_ENV, AGE);
    folder.write('secrets/simple.yaml', fixture('encrypted/simple.age-1.yaml'));
    folder.setCode(`
      const { SopsSecret } = require(${JSON.stringify(join(__dirname, '..', '..', 'lib', 'index.ts'))});
      SopsSecret.fromFile(new FluxApp(home, 'web'), 'token', 'secrets/simple.yaml');`);
    expect(synth(folder).status).toBe(0);
    expect(folder.read(FILE)).toBe(fixture('encrypted/simple.age-1.yaml'));
  });

  it('is encrypted again on request', () => {
    const folder = project(FROM_ENV, AGE);
    synth(folder, { WEB_TOKEN: PLAIN });
    const before = folder.read(FILE);
    const wishes = JSON.stringify({ check: false, overwrite: false, reencrypt: ['cluster-resources/web'] });
    expect(synth(folder, { WEB_TOKEN: PLAIN, CDK8S_FLUX_SYNTH: wishes }).status).toBe(0);
    expect(folder.read(FILE)).not.toBe(before);
  });

  it('fails with 2, and publishes nothing, if paths match no secret to encrypt again', () => {
    const folder = project(FROM_ENV, AGE);
    const reencrypt = ['a', 'cluster-resources/web', 'cluster-resources/we'];
    const wishes = JSON.stringify({ check: false, overwrite: false, reencrypt });
    const { status, stderr } = synth(folder, { WEB_TOKEN: PLAIN, CDK8S_FLUX_SYNTH: wishes });
    expect(status).toBe(2);
    expect(stderr).toContain('reencrypt-unmatched\n  this run encrypts no secret at or below "a"\n');
    expect(stderr).toContain('at or below "cluster-resources/we"\n');
    expect(stderr).toContain(`fix: use one of "${FILE}"`);
    expect(stderr.match(/error: reencrypt-unmatched/g)).toHaveLength(2);
    expect(() => folder.files()).toThrow();
  });

  it('fails if a value is missing and nothing is committed, and says where it looked', () => {
    const folder = project(FROM_ENV, AGE);
    const outcome = synth(folder);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(
      /secret-value-missing at home\/web\/token[\s\S]*environment variable "WEB_TOKEN"/,
    );
    expect(() => folder.files()).toThrow();
  });

  it('fails without recipients', () => {
    const outcome = synth(project(FROM_ENV, 'undefined'), { WEB_TOKEN: PLAIN });
    expect(outcome.stderr).toContain('sops-no-recipients at home/web/token');
  });

  it('fails on a tampered file', () => {
    const folder = project(FROM_ENV, AGE);
    synth(folder, { WEB_TOKEN: PLAIN });
    folder.write(
      FILE,
      folder.read(FILE).replace(/data:[^,]{6}/, (text) => `${text.slice(0, 5)}AAAAAA`),
    );
    const outcome = synth(folder, { WEB_TOKEN: PLAIN, SOPS_AGE_KEY: AGE_KEY });
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('sops-');
    expect(outcome.stderr).not.toContain(PLAIN);
  });

  it('warns of a value in the code', () => {
    const outcome = synth(project(`{ TOKEN: SecretValue.literal('${PLAIN}') }`, AGE));
    expect(outcome.stderr).toContain('warning: secret-literal at home/web/token');
    expect(outcome.stderr).not.toContain(PLAIN);
  });

  it('warns of a value in a file that git does not ignore', () => {
    const folder = project(
      `{ TOKEN: SecretValue.file('token.txt'), OTHER: SecretValue.envFile('.env') }`,
      AGE,
    );
    folder.write('token.txt', PLAIN);
    folder.write('.env', `OTHER=${PLAIN}\n`);
    folder.write('.gitignore', '.env\n');
    expect(synth(folder).stderr).not.toContain('secret-source-in-git');
    folder.git('init', '--quiet');
    const { stderr } = synth(folder);
    expect(stderr).toMatch(/warning: secret-source-in-git at home\/web\/token[^]*"token\.txt"/);
    expect(stderr).not.toContain('".env"');
  });

  it('fails on a value that is not a SecretValue, and does not repeat it', () => {
    const outcome = synth(project(`{ TOKEN: '${PLAIN}' }`, AGE));
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('secret-value-invalid at home/web/token');
    expect(outcome.stderr).not.toContain(PLAIN);
  });

  it('fails if a function that combines values throws, and repeats nothing of it', () => {
    const combined = `SecretValue.combine({ a: SecretValue.env('WEB_TOKEN') }, ({ a }) => JSON.parse(a))`;
    const outcome = synth(project(`{ TOKEN: ${combined} }`, AGE), { WEB_TOKEN: PLAIN });
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('secret-combine-failed');
    expect(outcome.stderr).not.toContain(PLAIN.slice(0, 7));
  });

  itWith('sops command', hasTool(SOPS, '--version'), 'is decrypted by the real sops', () => {
    const folder = project(FROM_ENV, AGE);
    synth(folder, { WEB_TOKEN: PLAIN });
    const args = ['decrypt', '--extract', '["data"]["TOKEN"]', join(folder.path, FILE)];
    const decrypted = execFileSync(SOPS, args, {
      encoding: 'utf8',
      env: { ...process.env, SOPS_AGE_KEY: AGE_KEY },
    });
    expect(Buffer.from(decrypted, 'base64').toString('utf8')).toBe(PLAIN);
  });
});

describe('a Secret in plain text', () => {
  const code = `new ApiObject(new FluxApp(home, 'web'), 'plain', {
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token', namespace: 'web' }, stringData: { TOKEN: '${PLAIN}' } });`;

  it('fails, without showing the value', () => {
    const folder = new ProjectFolder(code);
    folders.push(folder);
    const outcome = synth(folder);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('plaintext-secret at home/web/plain');
    expect(outcome.stderr).not.toContain(PLAIN);
    expect(() => folder.files()).toThrow();
  });

  it('is published if it is allowed by name, with a reason', () => {
    const allow =
      'version: 1\nallow:\n  - code: plaintext-secret\n    file: cluster-resources/web/plain.yaml\n' +
      '    object: Secret/web/token\n    reason: a public test key\n';
    const folder = new ProjectFolder(code, { 'cdk8s-flux.yaml': allow });
    folders.push(folder);
    expect(synth(folder).status).toBe(0);
  });
});
