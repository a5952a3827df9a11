import { spawnSync } from 'node:child_process';
import { readRecipients } from '../../../lib/sops/keys/recipients';
import { PrivateKeys } from '../../../lib/sops/keys/private-keys';
import { reconcileSecret, reconcileSecrets } from '../../../lib/sops/reconcile/reconcile-secret';
import type {
  LazyRequest,
  ReconcileRequest,
  ReconcileResult,
} from '../../../lib/sops/reconcile/reconcile-request';
import type { ResolvedValue, SettledValue } from '../../../lib/sops/values/resolved-value';
import { ageIdentity, ageRecipient, fixture, pgpKey, privateKeys } from '../fixtures';
import { describeWithSops } from '../sops-binary';

const one = readRecipients({ age: [ageRecipient('age-1')] }).recipients;
const two = readRecipients({ age: [ageRecipient('age-1'), ageRecipient('age-2')] }).recipients;
const key1 = privateKeys('age-1');
const none = PrivateKeys.none;
const now = new Date('2026-02-03T04:05:06Z');
const later = new Date('2026-03-03T04:05:06Z');

function entries(values: Record<string, string | undefined>): Map<string, SettledValue> {
  return new Map(
    Object.entries(values).map(([name, value]): [string, SettledValue] => [
      name,
      value === undefined
        ? { kind: 'missing', lookedFor: `environment variable "${name.toUpperCase()}" (not set)` }
        : { kind: 'value', bytes: Buffer.from(value) },
    ]),
  );
}

function request(
  values: Record<string, string | undefined>,
  more: Partial<ReconcileRequest> = {},
): ReconcileRequest {
  const desired = { metadata: { name: 'podinfo-secret', namespace: 'default' }, entries: entries(values) };
  return { file: 'services/podinfo/secret.yaml', desired, recipients: one, ...more };
}

const both = { user: 'admin-value', pass: 'hunter2-value' };
const unknown = { user: undefined, pass: undefined };
const committed = reconcileSecret(request(both), { keys: none, now }).bytes as Buffer;
const again = (
  values: Record<string, string | undefined>,
  keys = none,
  more: Partial<ReconcileRequest> = {},
): ReconcileResult => reconcileSecret(request(values, { committed, ...more }), { keys, now: later });
const codes = (result: ReconcileResult): string[] => result.findings.map(({ code }) => code);
const line = (bytes: Buffer | undefined, key: string): string =>
  new RegExp(`^ *${key}: .*$`, 'm').exec(String(bytes))?.[0] ?? '';

/** The contents of a file, from a run that asks for nothing new and has the key. */
function valuesIn(
  bytes: Buffer | undefined,
  values: Record<string, string>,
  more: Partial<ReconcileRequest> = {},
  keys = key1,
): string {
  return reconcileSecret(request(values, { committed: bytes, ...more }), { keys, now }).state;
}

describe('no committed file', () => {
  it('is encrypted with public keys alone, entries in base64 and the sops block last', () => {
    const text = committed.toString('utf8');
    expect(text).toMatch(
      /^apiVersion: v1\nkind: Secret\nmetadata:\n {2}name: podinfo-secret\n {2}namespace: default\ntype: Opaque\ndata:\n {2}pass: ENC\[/,
    );
    expect(text).toMatch(
      /\nsops:\n {2}age:\n[^]*\n {2}encrypted_regex: \^\(data\|stringData\)\$\n {2}lastmodified: ["']2026-02-03T04:05:06Z["']\n {2}mac: ENC\[[^]*mac_only_encrypted: true\n/,
    );
    expect(text).not.toMatch(/admin|hunter2/);
    expect(valuesIn(committed, both)).toBe('kept');
  });

  it('fails if a value is missing, and says where it looked', () => {
    const result = reconcileSecret(request({ user: 'x', pass: undefined }), { keys: none });
    expect(result).toMatchObject({ state: 'refused', bytes: undefined });
    expect(result.findings[0]).toMatchObject({
      code: 'secret-value-missing',
      message: expect.stringContaining('environment variable "PASS" (not set)'),
    });
  });
});

describe('a committed file without plaintext and private key', () => {
  it('is kept', () => {
    expect(again(unknown)).toEqual({
      file: 'services/podinfo/secret.yaml',
      state: 'kept',
      bytes: committed,
      findings: [],
    });
  });

  it('gets changed metadata, and keeps ciphertexts and MAC', () => {
    const desired = {
      ...request(unknown).desired,
      metadata: { name: 'other', namespace: 'apps', labels: { app: 'x' } },
    };
    const result = again(unknown, none, { desired });
    expect(result.state).toBe('updated');
    expect(String(result.bytes).split('type:')[1]).toBe(String(committed).split('type:')[1]);
    const desiredValues = { ...desired, entries: entries(both) };
    expect(valuesIn(result.bytes, both, { desired: desiredValues })).toBe('kept');
  });

  it('fails if entries were added or removed', () => {
    const result = again({ user: undefined, token: undefined });
    expect(result).toMatchObject({ state: 'refused', bytes: committed });
    expect(codes(result)).toEqual(['sops-entries-differ']);
  });

  it('is kept if recipients changed, with the line to run', () => {
    const result = again(unknown, none, { recipients: two });
    expect(result).toMatchObject({ state: 'kept', bytes: committed });
    expect(result.findings[0]).toMatchObject({
      code: 'sops-recipients-stale',
      hint: expect.stringContaining('sops updatekeys --yes services/podinfo/secret.yaml'),
    });
  });

  it('fails if a new revision is requested', () => {
    expect(codes(again(unknown, none, { revision: '2' }))).toEqual([
      'secret-value-missing',
      'secret-value-missing',
    ]);
  });
});

describe('a committed file with all plaintext and the private key', () => {
  it('is kept if the values are the same', () => {
    expect(again(both, key1)).toMatchObject({ state: 'kept', bytes: committed, findings: [] });
  });

  it('changes only the ciphertext of the changed entry, mac and lastmodified', () => {
    const result = again({ ...both, pass: 'new' }, key1);
    const changed = String(committed)
      .split('\n')
      .flatMap((text, at) =>
        text === String(result.bytes).split('\n')[at] ? [] : [text.trim().split(':')[0]],
      );
    expect(result.state).toBe('updated');
    expect(changed).toEqual(['pass', 'lastmodified', 'mac']);
    expect(valuesIn(result.bytes, { ...both, pass: 'new' })).toBe('kept');
  });

  it('takes the missing values from the file', () => {
    const result = again({ user: 'changed', pass: undefined }, key1);
    expect(line(result.bytes, 'pass')).toBe(line(committed, 'pass'));
    expect(valuesIn(result.bytes, { user: 'changed', pass: both.pass })).toBe('kept');
  });

  it('encrypts the data key for added recipients and keeps the rest', () => {
    const result = again(both, key1, { recipients: two });
    expect(result.state).toBe('rewrapped');
    expect(['user', 'pass', 'mac', 'lastmodified'].map((key) => line(result.bytes, key))).toEqual(
      ['user', 'pass', 'mac', 'lastmodified'].map((key) => line(committed, key)),
    );
    expect(valuesIn(result.bytes, both, { recipients: two }, privateKeys('age-2'))).toBe('kept');
  });

  it('creates a new data key if a recipient was removed', () => {
    const wide = again(both, key1, { recipients: two }).bytes;
    const result = again(unknown, key1, { committed: wide });
    expect(result.state).toBe('renewed');
    expect(line(result.bytes, 'user')).not.toBe(line(committed, 'user'));
    expect(String(result.bytes)).not.toContain(ageRecipient('age-2'));
    expect(valuesIn(result.bytes, both)).toBe('kept');
  });
});

describe('a committed file with all plaintext and no private key', () => {
  it('is kept, and reported as unverified', () => {
    const result = again(both);
    expect(result).toMatchObject({ state: 'unverified', bytes: committed });
    expect(codes(result)).toEqual(['sops-unverified']);
  });

  it.each<[string, Record<string, string | undefined>, string, string[]]>([
    ['all', { user: 'changed', pass: 'changed' }, 'unverified', ['user', 'pass']],
    ['one, where another is missing', { user: undefined, pass: 'changed' }, 'unverified', ['pass']],
    ['none, where none is here', unknown, 'kept', []],
  ])('names the values that it cannot compare: %s', (_, values, state, names) => {
    const result = again(values);
    expect(result).toMatchObject({ state, bytes: committed });
    const told = result.findings.map(({ message }) => message).join();
    expect(['user', 'pass'].filter((name) => told.includes(`"${name}"`))).toEqual(names);
    expect(told).not.toContain('changed');
  });

  it('names the value that it cannot compare beside one that is generated', () => {
    const generated: SettledValue = { kind: 'generate', make: () => Buffer.from('new') };
    const mixed = {
      ...request(both).desired,
      entries: new Map([...entries({ user: 'x' }), ['pass', generated]]),
    };
    const result = reconcileSecret(request(both, { committed, desired: mixed }), { keys: none, now: later });
    expect([result.state, codes(result)]).toEqual(['unverified', ['sops-unverified']]);
    expect(result.findings[0]?.message).toContain('"user"');
    expect(result.findings[0]?.message).not.toContain('"pass"');
  });

  it('names the value that it cannot compare if the metadata changes', () => {
    const labelled = { ...request(both).desired.metadata, labels: { a: 'b' } };
    const desired = { metadata: labelled, entries: entries({ user: undefined, pass: 'x' }) };
    const result = reconcileSecret(request(both, { committed, desired }), { keys: none, now: later });
    expect([result.state, codes(result)]).toEqual(['updated', ['sops-unverified']]);
  });

  it.each([[{ revision: '2' }], [{ reencrypt: true }]])('is renewed by %j', (more) => {
    const result = again(both, none, more);
    expect(result).toMatchObject({ state: 'renewed', findings: [] });
    expect(line(result.bytes, 'pass')).not.toBe(line(committed, 'pass'));
    expect(valuesIn(result.bytes, both, 'revision' in more ? more : {})).toBe('kept');
  });
});

describe('a generated value', () => {
  it('is created once and then kept', () => {
    let made = 0;
    const desired = {
      ...request({}).desired,
      entries: new Map<string, SettledValue>([
        ['key', { kind: 'generate', make: () => Buffer.from(`made-${(made += 1)}`) }],
      ]),
    };
    const first = reconcileSecret(request({}, { desired }), { keys: none }).bytes;
    expect(reconcileSecret(request({}, { desired, committed: first }), { keys: key1 })).toMatchObject({
      state: 'kept',
      bytes: first,
    });
    expect(made).toBe(1);
  });
});

describe('a value that a command prints', () => {
  /** A request for `user` and `pass` from commands, and how often they ran. */
  function fromCommands(values: Readonly<Record<string, string>>): { lazy: LazyRequest; ran: () => number } {
    let ran = 0;
    const deferred = Object.entries(values).map(([name, value]): [string, ResolvedValue] => {
      const settle = (): SettledValue => {
        ran += 1;
        return { kind: 'value', bytes: Buffer.from(value) };
      };
      return [name, { kind: 'deferred', lookedFor: 'command "op"', settle }];
    });
    const { desired } = request({});
    return {
      lazy: { ...request({}), committed, desired: { ...desired, entries: new Map(deferred) } },
      ran: () => ran,
    };
  }

  it.each([
    ['there is no file yet', { committed: undefined }, none, 'created', 2],
    ['a private key is here to compare', {}, key1, 'kept', 2],
    ['the file must be made anew', { revision: '2' }, none, 'renewed', 2],
    ['the file is kept without a key', {}, none, 'kept', 0],
    ['the private key does not open the file', {}, privateKeys('age-2'), 'kept', 0],
  ])('is requested if it is needed: %s', (_, more, keys, state, times) => {
    const { lazy, ran } = fromCommands(both);
    expect(reconcileSecret({ ...lazy, ...more }, { keys, now }).state).toBe(state);
    expect(ran()).toBe(times);
  });

  it('changes the entry if it differs', () => {
    const { lazy } = fromCommands({ ...both, pass: 'changed' });
    const { bytes, state } = reconcileSecret(lazy, { keys: key1, now });
    expect(state).toBe('updated');
    expect(line(bytes, 'user')).toBe(line(committed, 'user'));
  });
});

describe('a damaged file', () => {
  const text = committed.toString('utf8');
  it.each([
    [
      'sops-tampered',
      text.replace(
        /(user: ENC\[AES256_GCM,data:)./,
        (_, start: string) => `${start}${text.includes(`${start}A`) ? 'B' : 'A'}`,
      ),
    ],
    ['sops-merge-conflict', `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`],
    ['sops-several-documents', `${text}---\n${text}`],
    ['sops-plaintext-leaked', text.replace(/user: ENC.*/, 'user: cGxhaW4=')],
    ['sops-not-encrypted', text.replace(/\nsops:[^]*/, '\n')],
  ])('fails with %s', (code, damaged) => {
    const result = again(both, key1, { committed: Buffer.from(damaged) });
    expect(result).toMatchObject({ state: 'refused', bytes: Buffer.from(damaged) });
    expect(codes(result)).toEqual([code]);
    expect(JSON.stringify(result.findings)).not.toMatch(/admin-value|hunter2-value/);
  });
});

describeWithSops('the real sops', (binary) => {
  it('decrypts our files for every recipient', () => {
    const pgp = [pgpKey('pgp-rsa'), pgpKey('pgp-cv25519')];
    const recipients = readRecipients({
      age: [ageRecipient('age-1'), ageRecipient('age-2')],
      pgp,
    }).recipients;
    const values = { a: 'grüße, 世界 🔐', b: '', c: 'line\nline\n', d: '0777', e: '  padded  ' };
    const [made] = reconcileSecrets([request(values, { recipients })], { keys: none });
    for (const name of ['age-1', 'age-2'] as const) {
      const args = [
        'decrypt',
        '--input-type',
        'yaml',
        '--output-type',
        'json',
        '--filename-override',
        'x.yaml',
      ];
      const run = spawnSync(binary, args, {
        input: made?.bytes,
        env: { PATH: process.env.PATH, SOPS_AGE_KEY: ageIdentity(name) },
      });
      expect(String(run.stderr)).not.toMatch(/MAC mismatch|Error/);
      const { data } = JSON.parse(String(run.stdout)) as { data: Record<string, string> };
      expect(
        Object.fromEntries(
          Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
        ),
      ).toEqual(values);
    }
    expect(fixture('keys/pgp-rsa.fingerprint').trim()).toHaveLength(40);
  });
});
