import { join } from 'node:path';
import { ageRecipient, fixture } from '../sops/fixtures';
import { ProjectFolder, type Outcome } from './project-folder';

// Each test starts several processes, or creates keys.
jest.setTimeout(60_000);

const LIBRARY = join(__dirname, '..', '..', 'lib', 'index.ts');
const SIMPLE = fixture('encrypted/simple.age-1.yaml');
/** An object of another kind, whose values sops encrypted by its own rule. */
const OTHER_KIND = SIMPLE.replace('kind: Secret', 'kind: ConfigMap');
const folders: ProjectFolder[] = [];

afterAll(() => folders.forEach((folder) => folder.remove()));

/** A synth of a project with a file that sops wrote, and code that reads it. */
function synth(file: string, code: string): { folder: ProjectFolder; outcome: Outcome } {
  const folder = new ProjectFolder(
    `const { Manifests, SopsSecret } = require(${JSON.stringify(LIBRARY)});
    app.node.tryRemoveChild('home');
    const cluster = new Cluster(app, 'home', { path: './cluster-resources/flux', sops: { age: '${ageRecipient('age-1')}' } });
    const web = new FluxApp(cluster, 'web');
    ${code}`,
    { 'taken.yaml': file },
  );
  folders.push(folder);
  return { folder, outcome: folder.synth() };
}

describe('a file of the sops command', () => {
  it.each([
    ['a Secret', SIMPLE],
    ['an object of another kind', OTHER_KIND],
    ['what sops made with mac_only_encrypted', fixture('encrypted/many.age-1.mac-only-encrypted.yaml')],
  ])('is copied byte for byte: %s', (_, file) => {
    const { folder, outcome } = synth(file, `SopsSecret.fromFile(web, 'token', 'taken.yaml');`);
    expect(outcome).toMatchObject({ status: 0, stderr: expect.stringContaining('4 files written') });
    expect(folder.read('cluster-resources/web/token.yaml')).toBe(file);
    expect(folder.read('cluster-resources/flux/web.yaml')).toContain('provider: sops');
  });

  it('may have a given name, for constructs that refer to it', () => {
    const { outcome } = synth(
      SIMPLE,
      `SopsSecret.fromFile(web, 'token', 'taken.yaml', { name: 'podinfo-secret', namespace: 'default' });`,
    );
    expect(outcome.status).toBe(0);
  });

  it.each([
    ['another name', SIMPLE, `, { name: 'other' }`, 'sops-identity-differs at home/web/token'],
    [
      'other recipients',
      SIMPLE,
      `, { recipients: { age: '${ageRecipient('age-2')}' } }`,
      'sops-recipients-stale',
    ],
    ['no encryption', fixture('plain/simple.yaml'), '', 'sops-not-encrypted'],
    [
      'a value in plain text',
      SIMPLE.replace(/SECRET: ENC.*/, 'SECRET: hunter2'),
      '',
      'sops-plaintext-leaked',
    ],
    [
      'encrypted metadata',
      SIMPLE.replace('name: podinfo-secret', 'name: ENC[AES256_GCM,data:x]'),
      '',
      'sops-metadata-encrypted',
    ],
    ['merge conflicts', `<<<<<<< HEAD\n${SIMPLE}=======\n${SIMPLE}>>>>>>> x\n`, '', 'sops-merge-conflict'],
  ])('is reported if it has %s', (_, file, options, expected) => {
    const { outcome } = synth(file, `SopsSecret.fromFile(web, 'token', 'taken.yaml'${options});`);
    expect(outcome.stderr).toContain(expected);
    expect(outcome.stderr).not.toContain('hunter2');
  });

  it('fails if it does not exist', () => {
    const { outcome } = synth(SIMPLE, `SopsSecret.fromFile(web, 'token', 'none.yaml');`);
    expect(outcome).toMatchObject({ status: 1, stderr: expect.stringContaining('file-unreadable') });
  });
});

describe('an encrypted object among plain manifests', () => {
  it('fails if nothing decrypts it', () => {
    const { outcome } = synth(SIMPLE, `Manifests.fromFile(web, 'token', 'taken.yaml');`);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain('decryption-missing at home/web/token/Secret-default-podinfo-secret');
  });

  it('fails in the entry path, which Flux applies without decryption', () => {
    const { outcome } = synth(
      SIMPLE,
      `Manifests.fromFile(cluster, 'token', 'taken.yaml'); configMap(web, 'settings', {});`,
    );
    expect(outcome.stderr).toMatch(
      /decryption-missing[^]*"flux-system\/flux-system"[^]*put the secret into a FluxApp/,
    );
  });

  it.each([
    [
      'its FluxApp decrypts',
      `new FluxApp(cluster, 'shop', { decryption: { provider: 'sops', secretRef: { name: 'sops-age' } } })`,
    ],
    ['Flux does not apply it', `new FluxApp(cluster, 'shop', { reconcile: false })`],
  ])('passes if %s', (_, scope) => {
    const { outcome } = synth(
      SIMPLE,
      `Manifests.fromFile(${scope}, 'token', 'taken.yaml'); configMap(web, 'settings', {});`,
    );
    expect(outcome).toMatchObject({ status: 0, stderr: expect.stringContaining('written') });
  });
});
