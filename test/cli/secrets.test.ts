import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ageIdentity, ageRecipient, fixture } from '../sops/fixtures';
import { describeWithSops, sopsBinary } from '../sops/sops-binary';
import { hasTool, itWith } from '../tools/find-tool';
import {
  HAND_WRITTEN,
  kustomization,
  removeRepositories,
  repository,
  typeIn,
  type Typed,
} from './command-line';

// Each test starts several processes, or creates keys.
jest.setTimeout(60_000);

const encrypted = fixture('encrypted/simple.age-1.yaml');
const plain = 'apiVersion: v1\nkind: Secret\nmetadata: { name: token }\nstringData: { TOKEN: hunter2 }\n';
const AGE_1 = { SOPS_AGE_KEY: ageIdentity('age-1') };

afterAll(removeRepositories);

/** Runs a command line in a folder, without any key of this machine except the given one. */
function typeAlone(folder: string, env: Readonly<Record<string, string>>, ...argv: string[]): Promise<Typed> {
  return typeIn(
    folder,
    { PATH: process.env['PATH'], HOME: join(folder, 'home'), GNUPGHOME: folder, ...env },
    ...argv,
  );
}

describe('cdk8s-flux secrets', () => {
  it.each([[['secrets']], [['secrets', '.']], [['secrets', 'list']], [['secrets', 'list', '.']]])(
    'lists encrypted files with their recipients: %j',
    async (argv) => {
      const { code, stdout } = await typeAlone(repository({ 'apps/secret.yaml': encrypted }), {}, ...argv);
      expect(code).toBe(0);
      expect(stdout).toBe(`apps/secret.yaml Secret/default/podinfo-secret\n  ${ageRecipient('age-1')}\n`);
    },
  );

  it('says that there is nothing to list, and nothing to renew', async () => {
    const folder = repository({ 'a.yaml': 'a: 1\n' });
    expect((await typeAlone(folder, {}, 'secrets')).stderr).toContain('no Secrets and no encrypted files');
    expect((await typeAlone(folder, {}, 'secrets', 'rotate')).stderr).toContain('no encrypted YAML file');
  });

  it('fails with 2 on a mistyped subcommand, which is not a folder', async () => {
    const { code, stderr } = await typeAlone(repository({ 'a.yaml': 'a: 1\n' }), {}, 'secrets', 'lst');
    expect(code).toBe(2);
    expect(stderr).toContain('the folder "lst" does not exist');
  });

  it('exits with 1 on a Secret in plain text, and does not show its value', async () => {
    const { code, stdout, stderr } = await typeAlone(repository({ 'a.yaml': plain }), {}, 'secrets');
    expect(code).toBe(1);
    expect(stdout).toContain('plain text');
    expect(stderr).toContain('plaintext-secret at a.yaml:1');
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('accepts what cdk8s-flux.yaml allows', async () => {
    const allow =
      'version: 1\nallow:\n  - { code: plaintext-secret, file: a.yaml, object: Secret/token, reason: a public test key }\n';
    const folder = repository({ 'a.yaml': plain, 'cdk8s-flux.yaml': allow });
    expect(await typeAlone(folder, {}, 'secrets')).toMatchObject({ code: 0, stderr: '' });
  });

  it('names the cluster that decrypts a file, and the Secret for that', async () => {
    const decryption = ', decryption: { provider: sops, secretRef: { name: sops-age } }';
    const folder = repository({
      ...HAND_WRITTEN,
      'clusters/home/apps.yaml': kustomization('apps', './apps', decryption),
      'apps/secret.yaml': encrypted,
    });
    const { code, stdout } = await typeAlone(folder, {}, 'secrets');
    expect(code).toBe(0);
    expect(stdout).toContain('\n  cluster home: flux-system/apps decrypts it with flux-system/sops-age\n');
  });

  it('exits with 1 if the Kustomization does not decrypt', async () => {
    const { code, stdout, stderr } = await typeAlone(
      repository({ ...HAND_WRITTEN, 'apps/secret.yaml': encrypted }),
      {},
      'secrets',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('cluster home: flux-system/apps does not decrypt it');
    expect(stderr).toContain('decryption-missing at apps/secret.yaml');
  });

  it('exits with 1 if recipients differ from those of .sops.yaml', async () => {
    const rules = `creation_rules:\n  - encrypted_regex: ^(data|stringData)$\n    age: ${ageRecipient('age-2')}\n`;
    const folder = repository({ 'apps/secret.yaml': encrypted, '.sops.yaml': rules });
    const { code, stderr } = await typeAlone(folder, {}, 'secrets');
    expect(code).toBe(1);
    expect(stderr).toContain('warning: sops-recipients-stale at apps/secret.yaml');
  });

  it('finds values that environments share if there is a key, and prints none', async () => {
    const folder = repository({
      'staging/secret.yaml': encrypted,
      'production/secret.yaml': fixture('encrypted/simple.age-1-and-2.yaml'),
    });
    const { code, stdout, stderr } = await typeAlone(folder, AGE_1, 'secrets');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /info: secret-value-shared at production\/secret.yaml and staging\/secret.yaml\n {2}stringData\.SECRET/,
    );
    expect(stdout + stderr).not.toMatch(/top-secret|AGE-SECRET-KEY/);
    expect((await typeAlone(folder, {}, 'secrets')).stderr).toBe('');
  });

  it('lists each document of a file with several', async () => {
    const folder = repository({ 'two.yaml': `${encrypted}---\n${encrypted}` });
    const { code, stdout } = await typeAlone(folder, {}, 'secrets');
    expect(code).toBe(0);
    expect(stdout.match(/^two\.yaml /gm)).toHaveLength(2);
  });

  it('prints the same as data', async () => {
    const { stdout } = await typeAlone(
      repository({ 'apps/secret.yaml': encrypted }),
      {},
      'secrets',
      '--format',
      'json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      secrets: [{ file: 'apps/secret.yaml', encrypted: true, readers: [] }],
      findings: [],
    });
  });
});

describe('cdk8s-flux secrets rotate', () => {
  const files = ['simple.age-1', 'many.age-1', 'many.age-1.mac-only-encrypted', 'typed-values.age-1'];
  const all = Object.fromEntries(files.map((name) => [`${name}.yaml`, fixture(`encrypted/${name}.yaml`)]));

  it('renews every value and the data key, and keeps the rest byte for byte', async () => {
    const folder = repository(all);
    const { code, stdout } = await typeAlone(folder, AGE_1, 'secrets', 'rotate');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: Object.keys(all)
        .sort()
        .map((path) => `renewed ${path}\n`)
        .join(''),
    });
    for (const [path, before] of Object.entries(all)) {
      const after = readFileSync(join(folder, path), 'utf8');
      const withoutCiphertext = (text: string): string =>
        text.replace(/\nsops:[^]*/, '').replace(/ENC\[[^\]]*\]/g, 'ENC');
      expect(withoutCiphertext(after)).toBe(withoutCiphertext(before));
      const ciphertexts = before.match(/ENC\[[^\]]*\]/g) as string[];
      for (const ciphertext of ciphertexts) expect(after).not.toContain(ciphertext);
    }
  });

  it('keeps the values: a second run decrypts what the first wrote', async () => {
    const folder = repository({
      'staging/a.yaml': encrypted,
      'b.yaml': fixture('encrypted/simple.age-1-and-2.yaml'),
    });
    await typeAlone(folder, AGE_1, 'secrets', 'rotate');
    const { stderr } = await typeAlone(folder, AGE_1, 'secrets');
    expect(stderr).toContain('secret-value-shared');
    expect(stderr).not.toContain('sops-tampered');
    expect((await typeAlone(folder, AGE_1, 'secrets', 'rotate')).code).toBe(0);
  });

  it('renews the named files, also from a folder inside the repository', async () => {
    const folder = repository({ '.git/HEAD': '', 'apps/a.yaml': encrypted, 'b.yaml': encrypted });
    const { stdout } = await typeAlone(join(folder, 'apps'), AGE_1, 'secrets', 'rotate', 'a.yaml');
    expect(stdout).toBe('renewed apps/a.yaml\n');
    expect(readFileSync(join(folder, 'b.yaml'), 'utf8')).toBe(encrypted);
  });

  it('does not change the scratch folder of cdk8s', async () => {
    const scratch = `${encrypted}---\n${encrypted}`;
    const folder = repository({
      'cdk8s.yaml': 'app: node app.js\noutput: dist/manifests\n',
      'a.yaml': encrypted,
      'dist/manifests/home.k8s.yaml': scratch,
    });
    expect(await typeAlone(folder, AGE_1, 'secrets', 'rotate')).toMatchObject({
      code: 0,
      stdout: 'renewed a.yaml\n',
    });
    expect(readFileSync(join(folder, 'dist/manifests/home.k8s.yaml'), 'utf8')).toBe(scratch);
  });

  it('finds PGP public keys in the repository', async () => {
    const both = fixture('encrypted/simple.age-1-and-pgp-rsa.yaml');
    const folder = repository({ 'a.yaml': both, 'keys/home.asc': fixture('keys/pgp-rsa.pub.asc') });
    expect((await typeAlone(folder, AGE_1, 'secrets', 'rotate')).code).toBe(0);
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toContain(
      fixture('keys/pgp-rsa.fingerprint').trim(),
    );
  });

  it.each([
    ['there is no key', {}, encrypted, 'sops-key-missing at b.yaml'],
    ['a value was changed', AGE_1, fixture('encrypted/tampered-value.age-1.yaml'), 'sops-tampered at b.yaml'],
    [
      'a public key is missing',
      AGE_1,
      fixture('encrypted/simple.age-1-and-pgp-rsa.yaml'),
      'sops-recipient-unusable at b.yaml',
    ],
  ])('fails and writes nothing at all if %s', async (_why, env, content, expected) => {
    const folder = repository({ 'a.yaml': encrypted, 'b.yaml': content });
    const { code, stdout, stderr } = await typeAlone(folder, env, 'secrets', 'rotate');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(expected);
    expect(stderr).not.toContain('top-secret');
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe(encrypted);
  });

  it('fails with 2 if nothing is encrypted', async () => {
    const { code, stderr } = await typeAlone(
      repository({ 'a.yaml': plain }),
      {},
      'secrets',
      'rotate',
      'a.yaml',
    );
    expect(code).toBe(2);
    expect(stderr).toContain('sops-not-encrypted');
  });

  describeWithSops('and the real sops', () => {
    const env = { ...AGE_1, PATH: `${process.env['PATH']}` };

    it('leaves key groups and encrypted comments to sops', async () => {
      const commented = plain.replace(
        'stringData: { TOKEN: hunter2 }',
        'stringData:\n    # a hint\n    TOKEN: hunter2',
      );
      const folder = repository({
        'a.yaml': commented,
        'b.yaml': fixture('encrypted/simple.shamir-2-of-3.yaml'),
      });
      const args = [
        'encrypt',
        '--in-place',
        '--age',
        ageRecipient('age-1'),
        '--encrypted-regex',
        '^stringData$',
      ];
      execFileSync(sopsBinary as string, [...args, join(folder, 'a.yaml')]);
      const before = readFileSync(join(folder, 'a.yaml'), 'utf8');
      expect((await typeAlone(folder, env, 'secrets', 'rotate', 'a.yaml')).code).toBe(0);
      const decrypted = execFileSync(sopsBinary as string, ['decrypt', join(folder, 'a.yaml')], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      expect(decrypted).toMatch(/# a hint\n\s+TOKEN: hunter2/);
      expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).not.toBe(before);
      const refused = await typeAlone(folder, env, 'secrets', 'rotate', 'b.yaml');
      expect(refused.stderr).toContain('sops-command-needed at b.yaml');
    });
  });
});

describe('cdk8s-flux secrets init', () => {
  const init = (folder: string, ...argv: string[]): Promise<Typed> =>
    typeAlone(folder, {}, 'secrets', 'init', ...argv);

  it('creates an age key that only its owner can read, outside the repository', async () => {
    const folder = repository({ '.git/HEAD': '' });
    const home = repository({});
    const { code, stdout } = await typeIn(folder, { HOME: home }, 'secrets', 'init', 'home');
    const file = join(home, '.config', 'cdk8s-flux', 'home.agekey');
    expect(code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const recipient = /# public key: (age1\w+)/.exec(readFileSync(file, 'utf8'))?.[1];
    expect(stdout).toContain(`sops: { age: '${recipient}' },`);
    expect(stdout).toContain(
      `kubectl create secret generic sops-age --namespace=flux-system --from-file=age.agekey=${file}`,
    );
    expect(stdout).not.toContain('AGE-SECRET-KEY');
  });

  it.each(['pgp-rsa', 'pgp-cv25519'])(
    'puts the public half of a %s key into the repository',
    async (type) => {
      const folder = repository({});
      const file = join(folder, 'home.asc');
      const { code, stdout } = await init(folder, 'home', '--type', type, '--private-key', file);
      expect(code).toBe(0);
      expect(readFileSync(file, 'utf8')).toContain('BEGIN PGP PRIVATE KEY BLOCK');
      expect(readFileSync(join(folder, 'keys/home.asc'), 'utf8')).toContain('BEGIN PGP PUBLIC KEY BLOCK');
      expect(stdout).toMatch(/pgp: \[\{ fingerprint: '[0-9A-F]{40}', publicKeyFile: 'keys\/home\.asc' \}\]/);
      expect(stdout).toContain(`sops-gpg --namespace=flux-system --from-file=sops.asc=${file}`);
    },
  );

  it('fails instead of overwriting a key', async () => {
    const folder = repository({ 'home.agekey': 'precious' });
    const { code, stderr } = await init(folder, 'home', '--private-key', 'home.agekey');
    expect(code).toBe(2);
    expect(stderr).toContain('key-file-exists');
    expect(readFileSync(join(folder, 'home.agekey'), 'utf8')).toBe('precious');
  });

  it('fails instead of leaving half a PGP pair', async () => {
    const folder = repository({ 'keys/home.asc': 'precious' });
    const { stderr } = await init(folder, 'home', '--type', 'pgp-cv25519', '--private-key', 'home.asc');
    expect(stderr).toContain('key-file-exists');
    expect(existsSync(join(folder, 'home.asc'))).toBe(false);
  });

  it('fails on a name that is not a file name', async () => {
    expect((await init(repository({}), '../home')).stderr).toContain('key-name-invalid');
  });

  itWith('git', hasTool('git', '--version'), 'fails where git would take the private key up', async () => {
    const folder = repository({ '.gitignore': 'ignored/\n' });
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    const refused = await init(folder, 'home', '--private-key', 'secret/home.agekey');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('key-in-repository') });
    expect(existsSync(join(folder, 'secret'))).toBe(false);
    expect((await init(folder, 'home', '--private-key', 'ignored/home.agekey')).code).toBe(0);
  });
});
