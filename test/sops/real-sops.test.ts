import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { makeKeyPair } from '../../lib/secrets/key-pair';
import { PrivateKeys } from '../../lib/sops/keys/private-keys';
import { readRecipients } from '../../lib/sops/keys/recipients';
import type { ReconcileRequest } from '../../lib/sops/reconcile/reconcile-request';
import { reconcileSecrets } from '../../lib/sops/reconcile/reconcile-secret';
import { ageIdentity, ageRecipient, fixture, pgpKey } from './fixtures';
import { GnupgHome, hasGpg } from './gnupg-home';
import { describeWithSops } from './sops-binary';

const quantum = makeKeyPair('age-pq', 'quantum');
const AGE = { 'age-1': ageRecipient('age-1'), 'age-2': ageRecipient('age-2'), 'age-pq': quantum.id };
const IDENTITIES = {
  'age-1': ageIdentity('age-1'),
  'age-2': ageIdentity('age-2'),
  'age-pq': quantum.privateKey,
};
type AgeName = keyof typeof AGE;
type PgpName = 'pgp-rsa' | 'pgp-cv25519';
type Name = AgeName | PgpName;

const isAge = (name: Name): name is AgeName => name in AGE;

/** Every recipient alone, in pairs of kinds, and all together. */
const COMBINATIONS: Name[][] = [
  ['age-1'],
  ['age-pq'],
  ['pgp-rsa'],
  ['pgp-cv25519'],
  ['age-1', 'age-2'],
  ['age-1', 'age-pq'],
  ['age-1', 'pgp-rsa'],
  ['age-1', 'pgp-cv25519'],
  ['pgp-rsa', 'pgp-cv25519'],
  ['age-1', 'age-2', 'age-pq', 'pgp-rsa', 'pgp-cv25519'],
];

const VALUES = {
  unicode: 'grüße, 世界 🔐 \u2028',
  empty: '',
  lines: 'line\n\n  line\n',
  number: '0777',
  padded: '  padded  ',
  quoted: `"it's"`,
  binary: Buffer.from([0, 255, 254, 10, 13, 0]),
};

function request(
  names: readonly Name[],
  values: Readonly<Record<string, string | Buffer>>,
): ReconcileRequest {
  const { recipients } = readRecipients({
    age: names.filter(isAge).map((name) => AGE[name]),
    pgp: names.flatMap((name) => (isAge(name) ? [] : [pgpKey(name)])),
  });
  const entries = Object.entries(values).map(
    ([name, value]) => [name, { kind: 'value', bytes: Buffer.from(value) }] as const,
  );
  return {
    file: 'secret.yaml',
    desired: { metadata: { name: 'token' }, entries: new Map(entries) },
    recipients,
  };
}

function encrypt(requests: readonly ReconcileRequest[]): Buffer[] {
  const results = reconcileSecrets(requests, { keys: PrivateKeys.none });
  return results.map(({ bytes, findings }) => {
    expect(findings).toEqual([]);
    return bytes as Buffer;
  });
}

describeWithSops('the real sops', (binary) => {
  const home = mkdtempSync(join(tmpdir(), 'cdk8s-flux-sops-'));
  const keyrings = new Map<PgpName, GnupgHome>();
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
    for (const keyring of keyrings.values()) keyring.remove();
  });

  function environment(name: Name): NodeJS.ProcessEnv {
    const env = { PATH: process.env['PATH'], HOME: home, GNUPGHOME: home };
    if (isAge(name)) return { ...env, SOPS_AGE_KEY: IDENTITIES[name] };
    const keyring = keyrings.get(name) ?? new GnupgHome(fixture(`keys/${name}.sec.asc`));
    keyrings.set(name, keyring);
    return { ...env, GNUPGHOME: keyring.folder };
  }

  /** What sops decrypts with only one private key; sops checks the MAC. */
  function decrypt(file: Buffer, name: Name): Record<string, Buffer> {
    const types = ['--input-type', 'yaml', '--output-type', 'json', '--filename-override', 'x.yaml'];
    const { status, stdout, stderr } = spawnSync(binary, ['decrypt', ...types], {
      input: file,
      env: environment(name),
      maxBuffer: 16 * 1024 * 1024,
    });
    expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' });
    const { data = {} } = JSON.parse(String(stdout)) as { data?: Record<string, string> };
    return Object.fromEntries(
      Object.entries(data).map(([entry, value]) => [entry, Buffer.from(value, 'base64')]),
    );
  }

  const expected = Object.fromEntries(
    Object.entries(VALUES).map(([entry, value]) => [entry, Buffer.from(value)]),
  );

  it.each(COMBINATIONS.map((names) => [names.join(', '), names] as const))(
    'decrypts what is encrypted for %s, with each private key alone',
    (_, names) => {
      const [file] = encrypt([request(names, VALUES)]) as [Buffer];
      for (const name of names) if (isAge(name) || hasGpg) expect(decrypt(file, name)).toEqual(expected);
    },
  );

  it('decrypts 1 MB in one entry', () => {
    const large = randomBytes(1024 * 1024 - 1024);
    const [file] = encrypt([request(['age-1'], { large })]) as [Buffer];
    expect(decrypt(file, 'age-1')['large']?.equals(large)).toBe(true);
  });

  it('decrypts random secrets', () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 100 }),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    );
    const entry = fc.stringMatching(/^[a-z][-._a-zA-Z0-9]{0,20}$/);
    const secrets = fc.sample(fc.dictionary(entry, value, { minKeys: 1, maxKeys: 6 }), 25);
    const files = encrypt(secrets.map((values) => request(['age-1'], values)));
    files.forEach((file, index) => {
      const wanted = Object.entries(secrets[index] ?? {}).map(([name, text]) => [name, Buffer.from(text)]);
      expect(decrypt(file, 'age-1')).toEqual(Object.fromEntries(wanted));
    });
  }, 60_000);
});
