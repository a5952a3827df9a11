import { spawnSync } from 'node:child_process';
import { readRecipients } from '../../../lib/sops/keys/recipients';
import { reconcileSecret } from '../../../lib/sops/reconcile/reconcile-secret';
import type { ReconcileRequest, ReconcileResult } from '../../../lib/sops/reconcile/reconcile-request';
import { SopsCommand } from '../../../lib/sops/sops-command';
import { itWith } from '../../tools/find-tool';
import { ageIdentity, ageRecipient, fixture, pgpKey, privateKeys } from '../fixtures';
import { GnupgHome, hasGpg } from '../gnupg-home';
import { describeWithSops } from '../sops-binary';

const SPLIT = Buffer.from(fixture('encrypted/simple.shamir-2-of-3.yaml'));
const AGE = Buffer.from(fixture('encrypted/simple.age-1.yaml'));
const PLAIN = 'top-secret-data';

/** A file whose data key is also encrypted with a cloud key. The MAC does not cover the metadata. */
const CLOUD = Buffer.from(
  AGE.toString('utf8').replace(
    /^( *)age:/m,
    (line, indent: string) =>
      `${indent}kms:\n${indent}- arn: arn:aws:kms:eu-west-1:1:key/none\n${indent}  created_at: "2026-01-01T00:00:00Z"\n${indent}  enc: AAAA\n${indent}  aws_profile: ""\n${line}`,
  ),
);

interface Wish {
  readonly value?: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly revision?: string;
}

function request(committed: Buffer, { value, more = {}, labels, revision }: Wish): ReconcileRequest {
  const entries = Object.entries({ SECRET: value, ...more }).map(
    ([name, text]) =>
      [
        name,
        text === undefined
          ? { kind: 'missing' as const, lookedFor: 'nowhere' }
          : { kind: 'value' as const, bytes: Buffer.from(text) },
      ] as const,
  );
  const metadata = { name: 'podinfo-secret', namespace: 'default', ...(labels && { labels }) };
  return {
    file: 'secret.yaml',
    committed,
    desired: { metadata, entries: new Map(entries) },
    recipients: readRecipients({ age: [ageRecipient('age-1')] }).recipients,
    revision,
  };
}

const codes = ({ findings }: ReconcileResult): string[] => findings.map(({ code }) => code);

describe.each([
  ['with key groups', SPLIT],
  ['with a key of a cloud', CLOUD],
])('a file %s, without the sops command', (_, committed) => {
  const keys = privateKeys('age-1', 'age-2');
  it('is kept', () => {
    const result = reconcileSecret(request(committed, {}), { keys });
    expect(result).toMatchObject({ state: 'kept', bytes: committed, findings: [] });
  });

  it('is kept if there is a value, and reported as unverified', () => {
    const result = reconcileSecret(request(committed, { value: PLAIN }), { keys });
    expect(result).toMatchObject({ state: 'unverified', bytes: committed });
  });

  it.each<[string, Wish]>([
    ['entries', { value: PLAIN, more: { TOKEN: 'new' } }],
    ['the revision', { value: PLAIN, revision: '2' }],
    ['metadata, which its MAC covers', { labels: { a: 'b' } }],
  ])('fails if it must change: %s', (_what, wish) => {
    const result = reconcileSecret(request(committed, wish), { keys });
    expect(result).toMatchObject({ state: 'refused', bytes: committed });
    expect(codes(result)).toEqual(['sops-command-needed']);
  });
});

describeWithSops('the sops command and files that only it can wrap', (binary) => {
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    SOPS_AGE_KEY: `${ageIdentity('age-1')}\n${ageIdentity('age-2')}`,
  };
  const sops = new SopsCommand({ command: binary, env });
  const reconcile = (committed: Buffer, wish: Wish): ReconcileResult =>
    reconcileSecret(request(committed, wish), { keys: privateKeys(), sops });

  function decrypt(bytes: Buffer | undefined): Record<string, Record<string, string>> {
    const args = [
      'decrypt',
      '--input-type',
      'yaml',
      '--output-type',
      'json',
      '--filename-override',
      'x.yaml',
    ];
    const { stdout, stderr } = spawnSync(binary, args, { input: bytes, env });
    expect(String(stderr)).toBe('');
    return JSON.parse(String(stdout)) as Record<string, Record<string, string>>;
  }

  describe.each([
    ['key groups', SPLIT],
    ['a key of a cloud', CLOUD],
  ])('%s', (_, committed) => {
    it('keep their bytes if the value is the same', () => {
      expect(reconcile(committed, { value: PLAIN })).toMatchObject({ state: 'kept', bytes: committed });
    });

    it('get a changed value or a new entry, and lose an entry that nobody asks for', () => {
      const changed = reconcile(committed, { value: 'changed', more: { TOKEN: 'new' } });
      expect(changed).toMatchObject({ state: 'updated', findings: [] });
      expect(decrypt(changed.bytes)).toMatchObject({
        data: {
          SECRET: Buffer.from('changed').toString('base64'),
          TOKEN: Buffer.from('new').toString('base64'),
        },
      });
      expect(decrypt(changed.bytes)['stringData']?.['SECRET']).toBeUndefined();
      const fewer = reconcile(changed.bytes as Buffer, { value: 'changed' });
      expect(Object.keys(decrypt(fewer.bytes)['data'] ?? {})).toEqual(['SECRET']);
    });

    it('fail if a value is missing that the file does not have', () => {
      const wished = request(committed, { value: PLAIN });
      const entries = new Map([
        ...wished.desired.entries,
        ['TOKEN', { kind: 'missing', lookedFor: 'here' }] as const,
      ]);
      const result = reconcileSecret(
        { ...wished, desired: { ...wished.desired, entries } },
        { keys: privateKeys(), sops },
      );
      expect(codes(result)).toEqual(['secret-value-missing']);
    });
  });

  itWith('gpg', hasGpg, 'renews the data key of key groups', () => {
    const home = new GnupgHome(pgpKey('pgp-rsa').publicKey);
    const withKeys = new SopsCommand({ command: binary, env: { ...env, GNUPGHOME: home.folder } });
    const renew = (committed: Buffer): ReconcileResult =>
      reconcileSecret(request(committed, { value: PLAIN, revision: '2' }), {
        keys: privateKeys(),
        sops: withKeys,
      });
    const renewed = renew(SPLIT);
    home.remove();
    expect(renewed).toMatchObject({ state: 'renewed', findings: [] });
    expect(decrypt(renewed.bytes)).toMatchObject({
      metadata: { annotations: { 'cdk8s-flux/secret-revision': '2' } },
      stringData: { SECRET: PLAIN },
    });
    expect(renew(renewed.bytes as Buffer).state).toBe('kept');
  });

  it('changes metadata that the MAC covers, and keeps the ciphertexts', () => {
    const labelled = reconcile(SPLIT, { labels: { tier: 'front' } });
    expect(labelled.state).toBe('updated');
    expect(decrypt(labelled.bytes)['metadata']?.['labels']).toEqual({ tier: 'front' });
    const ciphertext = /SECRET: (\S+)/.exec(SPLIT.toString('utf8'))?.[1] as string;
    expect(String(labelled.bytes)).toContain(ciphertext);
  });

  it('fails if a cloud that cannot be reached must encrypt a new data key', () => {
    const result = reconcile(CLOUD, { value: PLAIN, revision: '2' });
    expect(result).toMatchObject({ state: 'refused', bytes: CLOUD });
    expect(codes(result)).toEqual(['sops-command-needed']);
  });

  it('fails with keys that do not decrypt the file', () => {
    const closed = new SopsCommand({ command: binary, env: { ...env, SOPS_AGE_KEY: '' } });
    const result = reconcileSecret(request(SPLIT, { value: 'x', more: { TOKEN: 'new' } }), {
      keys: privateKeys(),
      sops: closed,
    });
    expect(codes(result)).toEqual(['sops-command-needed']);
  });
});
