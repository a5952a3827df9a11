import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ageIdentity, ageRecipient, pgpKey } from '../sops/fixtures';
import { describeWithSops } from '../sops/sops-binary';
import { ProjectFolder, type Outcome } from './project-folder';

// Each test starts several processes, or makes keys.
jest.setTimeout(60_000);

const LIBRARY = join(__dirname, '..', '..', 'lib', 'index.ts');
const FILE = 'cluster-resources/web/token.yaml';
const [AGE_1, AGE_2] = [ageRecipient('age-1'), ageRecipient('age-2')];
const home = mkdtempSync(join(tmpdir(), 'cdk8s-flux-home-'));
const folders: ProjectFolder[] = [];

afterAll(() => {
  folders.forEach((folder) => folder.remove());
  rmSync(home, { recursive: true, force: true });
});

interface Shape {
  readonly sops?: string;
  readonly props?: string;
  readonly more?: string;
}

/** A project with a secret `token` of two entries. */
function project(shape: Shape = {}): ProjectFolder {
  const folder = new ProjectFolder('', { 'cdk8s-flux.yaml': 'version: 1\nsopsRules: true\n' });
  folders.push(folder);
  setShape(folder, shape);
  return folder;
}

function setShape(
  folder: ProjectFolder,
  { sops = `{ age: '${AGE_1}' }`, props = '', more = '' }: Shape,
): void {
  folder.setCode(`
    const { SopsSecret, SecretValue } = require(${JSON.stringify(LIBRARY)});
    app.node.tryRemoveChild('home');
    const cluster = new Cluster(app, 'home', { path: './cluster-resources/flux', sops: ${sops} });
    const web = new FluxApp(cluster, 'web', { namespace: 'web' });
    new SopsSecret(web, 'token', { values: { A: SecretValue.env('A'), B: SecretValue.env('B') } ${props} });
    ${more}`);
}

const VALUES = { A: 'value-of-a', B: 'value-of-b' };
const KEY = { SOPS_AGE_KEY: ageIdentity('age-1') };

function synth(folder: ProjectFolder, env: Readonly<Record<string, string>> = {}): Outcome {
  const bare = { HOME: home, XDG_CONFIG_HOME: home, GNUPGHOME: home, A: '', B: '' };
  return folder.synth({ CDK8S_OUTDIR: 'dist/manifests', ...bare, ...env });
}

describe('.sops.yaml from the code', () => {
  it('has a rule for each cluster, after those of secrets with recipients of their own', () => {
    const { fingerprint } = pgpKey('pgp-rsa');
    const folder = project({
      sops: `{ age: ['${AGE_1}', '${AGE_2}'] }`,
      more: `
        const east = new Cluster(app, 'east', { path: './clusters/east/flux', sops: { pgp: [{ fingerprint: '${fingerprint}' }] } });
        configMap(new FluxApp(east, 'web'), 'settings', {});
        new SopsSecret(web, 'own', { recipients: { age: '${AGE_2}' }, values: { A: SecretValue.env('A') } });`,
    });
    folder.write('cdk8s-flux.yaml', 'version: 1\nsopsRules: true\noutput: .\n');
    expect(synth(folder, VALUES).stderr).toContain('files written');
    const rules = folder.read('.sops.yaml').replaceAll(AGE_1, 'AGE_1').replaceAll(AGE_2, 'AGE_2');
    expect(rules.replaceAll(fingerprint, 'FINGERPRINT')).toMatchInlineSnapshot(`
     "# Made from the recipients in the code by cdk8s-flux. Change them there.
     creation_rules:
       - path_regex: ^cluster-resources/web/own\\.yaml$
         encrypted_regex: ^(data|stringData)$
         mac_only_encrypted: true
         age: AGE_2
       - path_regex: ^clusters/
         encrypted_regex: ^(data|stringData)$
         mac_only_encrypted: true
         pgp: FINGERPRINT
       - path_regex: ^cluster-resources/
         encrypted_regex: ^(data|stringData)$
         mac_only_encrypted: true
         age: AGE_1,AGE_2
     "
    `);
  });

  it('is left to its author when it is written by hand', () => {
    const folder = project();
    folder.write('.sops.yaml', '# mine\ncreation_rules: []\n');
    const outcome = synth(folder, VALUES);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('file-not-ours at .sops.yaml');
    expect(folder.read('.sops.yaml')).toBe('# mine\ncreation_rules: []\n');
  });

  it('is written when that is asked for, and left alone with a warning when it no longer is', () => {
    const folder = project();
    synth(folder, VALUES);
    expect(existsSync(join(folder.path, '.sops.yaml'))).toBe(true);
    folder.write('cdk8s-flux.yaml', 'version: 1\n');
    expect(synth(folder).stderr).toContain('record-entry-ignored');
    expect(existsSync(join(folder.path, '.sops.yaml'))).toBe(true);
    expect(synth(folder).stderr).not.toContain('record-entry-ignored');
  });
});

describe('synth --check', () => {
  const check = { CDK8S_FLUX_SYNTH: JSON.stringify({ check: true, overwrite: false }) };

  it('fails when a secret would change, and passes when it would not', () => {
    const folder = project();
    expect(synth(folder, { ...VALUES, ...check })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`would write ${FILE}`),
    });
    expect(existsSync(join(folder.path, FILE))).toBe(false);
    synth(folder, VALUES);
    const before = folder.read(FILE);
    expect(synth(folder, check).status).toBe(0);
    expect(synth(folder, { ...VALUES, ...KEY, ...check }).status).toBe(0);
    const changed = synth(folder, { ...VALUES, B: 'another', ...KEY, ...check });
    expect(changed).toMatchObject({ status: 1, stderr: expect.stringContaining(`would write ${FILE}`) });
    expect(folder.read(FILE)).toBe(before);
  });
});

describeWithSops('the sops command by hand', (binary) => {
  function sops(folder: ProjectFolder, ...args: string[]): string {
    const env = { PATH: process.env['PATH'], HOME: home, ...KEY };
    return execFileSync(binary, args, { cwd: folder.path, encoding: 'utf8', env, stdio: 'pipe' });
  }

  function published(): ProjectFolder {
    const folder = project();
    synth(folder, VALUES);
    return folder;
  }

  const valueOf = (folder: ProjectFolder, entry: string): string =>
    Buffer.from(sops(folder, 'decrypt', '--extract', `["data"]["${entry}"]`, FILE), 'base64').toString();

  it('encrypts a file as the code does', () => {
    const folder = published();
    const plain = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\nstringData:\n  A: b\n';
    folder.write('cluster-resources/web/other.yaml', plain);
    sops(folder, 'encrypt', '--in-place', 'cluster-resources/web/other.yaml');
    const block = (text: string): string[] =>
      ['encrypted_regex', 'mac_only_encrypted', 'recipient'].map(
        (field) => new RegExp(`${field}: .*`).exec(text)?.[0] ?? field,
      );
    expect(block(folder.read('cluster-resources/web/other.yaml'))).toEqual(block(folder.read(FILE)));
  });

  it.each([
    [
      'edits a value',
      ['set', FILE, '["data"]["A"]', JSON.stringify(Buffer.from('edited').toString('base64'))],
    ],
    ['makes a new data key', ['rotate', '--in-place', FILE]],
  ])('%s, which a clone without keys and values keeps', (_what, args) => {
    const folder = published();
    sops(folder, ...args);
    const edited = folder.read(FILE);
    expect(synth(folder)).toMatchObject({ status: 0 });
    expect(folder.read(FILE)).toBe(edited);
    expect(synth(folder).stderr).toContain('up to date');
  });

  it('edits a value, which the value in the code replaces where both are here', () => {
    const folder = published();
    sops(folder, 'set', FILE, '["data"]["A"]', '"ZWRpdGVk"');
    expect(synth(folder, { ...KEY, B: VALUES.B }).status).toBe(0);
    expect(valueOf(folder, 'A')).toBe('edited');
    expect(synth(folder, { ...KEY, ...VALUES }).status).toBe(0);
    expect(valueOf(folder, 'A')).toBe(VALUES.A);
  });

  it('edits a value in the same commit in which the code changes a label', () => {
    const folder = published();
    sops(folder, 'set', FILE, '["data"]["A"]', '"ZWRpdGVk"');
    setShape(folder, { props: `, labels: { tier: 'front' }` });
    expect(synth(folder)).toMatchObject({ status: 0, stderr: expect.not.stringContaining('file-edited') });
    expect(folder.read(FILE)).toContain('tier: front');
    expect(valueOf(folder, 'A')).toBe('edited');
  });

  it('wraps the data key anew after a change of recipients, with the rules from the code', () => {
    const folder = published();
    setShape(folder, { sops: `{ age: ['${AGE_1}', '${AGE_2}'] }` });
    const stale = synth(folder);
    expect(stale.stderr).toContain(`run: sops updatekeys --yes ${FILE}`);
    sops(folder, 'updatekeys', '--yes', FILE);
    const updated = folder.read(FILE);
    expect(updated).toContain(AGE_2);
    expect(synth(folder)).toMatchObject({ status: 0, stderr: expect.not.stringContaining('stale') });
    expect(synth(folder, { ...VALUES, ...KEY }).stderr).toContain('up to date');
    expect(folder.read(FILE)).toBe(updated);
  });

  it('encrypts for key groups, which no single key opens', () => {
    const folder = project({ sops: 'undefined' });
    folder.write('cdk8s-flux.yaml', 'version: 1\n');
    const group = (recipient: string): string => `      - age: [${recipient}]\n`;
    folder.write(
      '.sops.yaml',
      `creation_rules:\n  - encrypted_regex: ^(data|stringData)$\n    shamir_threshold: 2\n    key_groups:\n${group(AGE_1)}${group(AGE_2)}`,
    );
    expect(synth(folder, { ...VALUES, PATH: home })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('sops-command-needed'),
    });
    expect(synth(folder, VALUES)).toMatchObject({ status: 0, stderr: expect.stringContaining('written') });
    expect(folder.read(FILE)).toContain('shamir_threshold: 2');
    expect(folder.read(FILE)).not.toContain(VALUES.A);
    expect(() => valueOf(folder, 'A')).toThrow();
    expect(synth(folder).stderr).toContain('up to date');
    const both = { SOPS_AGE_KEY: `${ageIdentity('age-1')}\n${ageIdentity('age-2')}` };
    expect(synth(folder, { ...VALUES, ...both }).stderr).toContain('up to date');
    expect(synth(folder, { ...VALUES, A: 'changed', ...both }).stderr).toContain('files written');
  });

  it('fails when it took an entry away that the code asks for', () => {
    const folder = published();
    sops(folder, 'unset', FILE, '["data"]["A"]');
    const outcome = synth(folder);
    expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining('sops-entries-differ') });
    expect(synth(folder, { ...KEY, ...VALUES }).status).toBe(0);
    expect(valueOf(folder, 'A')).toBe(VALUES.A);
  });
});
