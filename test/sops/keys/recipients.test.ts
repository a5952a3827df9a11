import {
  compareRecipients,
  normalFingerprint,
  onlySopsWraps,
  readRecipients,
} from '../../../lib/sops/keys/recipients';
import { isPlaceholder, looksLikeCredential, namesCredential } from '../../../lib/sops/credential-shape';
import type { EnvelopeMetadata, WrappedKey } from '../../../lib/sops/envelope/envelope-metadata';
import { generateText } from '../../../lib/sops/values/generate-text';
import { combineResolved, settled, type ResolvedValue } from '../../../lib/sops/values/resolved-value';

const age = (letter: string, length = 58) => `age1${letter.repeat(length)}`;
const FINGERPRINT = 'AB'.repeat(20);

describe('recipients', () => {
  it.each([
    ['58 characters', age('q')],
    ['more', age('q', 80)],
    ['post-quantum', `age1pq1${'q'.repeat(58)}`],
    ['a tag', `age1tag1${'q'.repeat(58)}`],
    ['a post-quantum tag', `age1tagpq1${'q'.repeat(58)}`],
    ['blanks around it', `  ${age('q')}\n`],
  ])('of age may have %s', (_name, id) => {
    expect(readRecipients({ age: [id] })).toEqual({
      recipients: [{ kind: 'age', id: id.trim() }],
      findings: [],
    });
  });

  it.each([
    ['57 characters', age('q', 57), 'sops-recipient-invalid'],
    ['a character that bech32 has not', age('b'), 'sops-recipient-invalid'],
    ['capitals', age('q').toUpperCase(), 'sops-recipient-invalid'],
    ['more than a recipient', `${age('q')} x`, 'sops-recipient-invalid'],
    ['something before it', `x${age('q')}`, 'sops-recipient-invalid'],
    ['an ssh key', 'ssh-ed25519 AAAA', 'sops-recipient-unsupported'],
    ['a plugin', `age1yubikey1${'q'.repeat(58)}`, 'sops-recipient-unsupported'],
    ['a private key', `AGE-SECRET-KEY-1${'Q'.repeat(58)}`, 'sops-private-key'],
    ['a private key in small letters', `age-secret-key-1${'q'.repeat(58)}`, 'sops-private-key'],
  ])('of age fail with %s', (_name, id, code) => {
    const { recipients, findings } = readRecipients({ age: [id] }, { file: 'x' });
    expect(recipients).toEqual([]);
    expect(findings.map((found) => [found.code, found.locations[0]?.file])).toEqual([[code, 'x']]);
    if (code === 'sops-private-key') expect(JSON.stringify(findings)).not.toContain('qqqq');
  });

  it.each([
    [
      'an ssh key',
      'ssh-ed25519 AAAA',
      'a kind of age recipient that only the sops command supports',
      'SopsSecret.fromFile',
    ],
    [
      'a plugin',
      `age1yubikey1${'q'.repeat(58)}`,
      'that only the sops command supports',
      'SopsSecret.fromFile',
    ],
    ['a text with a plugin in it', 'my age1yubikey1qqq', 'not an age recipient', 'age-keygen prints'],
    ['another text', 'my-key', '"my-key" is not an age recipient; must be age1...', 'age-keygen prints'],
  ])('of age that fail say what they are and what to use (%s)', (_name, id, message, hint) => {
    const [found, ...more] = readRecipients({ age: [id] }).findings;
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
  });

  it('that fail are all reported, each with its first 80 characters', () => {
    const long = `x${'y'.repeat(78)}zw`;
    const { findings } = readRecipients({ age: [long], pgp: [{ fingerprint: long }] }, { file: 'x' });
    expect(findings).toHaveLength(2);
    for (const { message, locations } of findings) {
      expect(message).toContain(JSON.stringify(long.slice(0, 80)));
      expect(locations).toEqual([{ file: 'x' }]);
    }
  });

  it('have a fingerprint in which 0x stands only at the start', () => {
    expect(normalFingerprint('ab 0x cd')).toBe('AB0XCD');
    expect(normalFingerprint('\t0xab\n0x')).toBe('AB0X');
  });

  it('have one order and spelling, each once: age before PGP', () => {
    const { recipients } = readRecipients({
      age: [age('z'), age('q'), age('z')],
      pgp: [
        { fingerprint: FINGERPRINT.toLowerCase().replace(/.{4}/g, '$& ') },
        { fingerprint: `0x${'CD'.repeat(20)}`, publicKey: 'k' },
      ],
    });
    expect(recipients).toEqual([
      { kind: 'age', id: age('q') },
      { kind: 'age', id: age('z') },
      { kind: 'pgp', id: FINGERPRINT },
      { kind: 'pgp', id: 'CD'.repeat(20), publicKey: 'k' },
    ]);
    expect(normalFingerprint(' 0Xab cd\n')).toBe('ABCD');
    expect(readRecipients({})).toEqual({ recipients: [], findings: [] });
  });

  it.each(['AB'.repeat(19), `${FINGERPRINT}A`, FINGERPRINT.replace('A', 'G')])(
    'of PGP fail with %s',
    (fingerprint) => {
      expect(readRecipients({ pgp: [{ fingerprint }] }).findings.map(({ code }) => code)).toEqual([
        'sops-recipient-invalid',
      ]);
    },
  );

  it('are compared with the keys of a file', () => {
    const keys: WrappedKey[] = [
      { kind: 'age', id: age('q'), enc: '' },
      { kind: 'pgp', id: FINGERPRINT.toLowerCase(), enc: '' },
    ];
    const { recipients } = readRecipients({ age: [age('z')], pgp: [{ fingerprint: FINGERPRINT }] });
    expect(compareRecipients(keys, recipients)).toEqual({
      added: [{ kind: 'age', id: age('z') }],
      removed: [keys[0]],
    });
    expect(compareRecipients([], [])).toEqual({ added: [], removed: [] });
  });

  it('are left to the sops command if it must wrap for one of several', () => {
    const keys = [
      { kind: 'age', id: age('q'), enc: '' },
      { kind: 'kms', id: 'arn', enc: '' },
    ];
    const left = (...groups: object[][]) =>
      onlySopsWraps({ split: false, groups } as unknown as EnvelopeMetadata);
    expect(left(keys)).toBe(true);
    expect(left(keys.slice(0, 1))).toBe(false);
    // An id of another kind may look like that of age.
    expect(left([{ kind: 'kms', id: age('q'), enc: '' }])).toBe(true);
  });

  it.each<[string, Pick<WrappedKey, 'kind' | 'id'>, boolean, boolean]>([
    ['age', { kind: 'age', id: age('q') }, false, false],
    ['PGP', { kind: 'pgp', id: 'x' }, false, false],
    ['ssh', { kind: 'age', id: 'ssh-rsa x' }, false, true],
    ['a cloud', { kind: 'kms', id: 'arn' }, false, true],
    ['groups', { kind: 'age', id: age('q') }, true, true],
  ])('of %s are left to the sops command: %#', (_name, key, split, expected) => {
    const metadata = { split, groups: [[{ ...key, enc: '' }]] } as unknown as EnvelopeMetadata;
    expect(onlySopsWraps(metadata)).toBe(expected);
  });
});

describe('a name of a credential', () => {
  it.each([
    ['password', 'hunter2', true],
    ['adminPassword', 'v1', true],
    ['apiKey', 'v1', true],
    ['api-key', 'v1', true],
    ['private_key', 'v1', true],
    ['token', 'x1', true],
    ['passwordSecretName', 'x', false],
    ['existingSecret', 'x', false],
    ['tokenRef', 'x', false],
    ['password-file', 'x', false],
    ['user', 'x', false],
    ['passwordLength', '12', false],
    ['password', '<secret>', false],
    ['password', 'changeme', false],
    ['secret', 'my-app.tls', false],
    ['secret', 'Hunter2x', true],
    ['secret', 'a12345', true],
    ['secret', 'a1234', false],
    ['clientSecret', 'my-app', true],
    ['oauth_secret', 'my-app', true],
  ])('%s with %j: %s', (name, text, expected) => {
    expect(namesCredential(name, text)).toBe(expected);
  });

  it.each([
    ['<x>', true],
    ['***', true],
    ['xxx', true],
    ['change-me', true],
    ['TODO', true],
    ['null', true],
    ['true', true],
    ['<x', false],
    ['change me please', false],
    ['', false],
  ])('%j is a placeholder: %s', (text, expected) => {
    expect(isPlaceholder(text)).toBe(expected);
  });

  it.each([
    ['-----BEGIN PRIVATE KEY-----', true],
    ['-----BEGIN EC PRIVATE KEY-----', true],
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----', true],
    ['-----BEGIN PUBLIC KEY-----', false],
    [`AGE-SECRET-KEY-1${'Q'.repeat(50)}`, true],
    [`AGE-SECRET-KEY-1${'Q'.repeat(49)}`, false],
    ['postgres://u:secret@db', true],
    ['postgres://u:$PASS@db', false],
    ['postgres://u@db', false],
    ['https://a:b@c', false],
    ['redis://u:pa#ss@h', true],
    ['a://:abc@', true],
    ['a://:ab@', false],
    [`AKIA${'A'.repeat(16)}`, true],
    [`AKIA${'A'.repeat(15)}`, false],
    [`ghp_${'a'.repeat(36)}`, true],
    [`ghp_${'a'.repeat(35)}`, false],
    [`github_pat_${'a'.repeat(60)}`, true],
    [`glpat-${'a'.repeat(20)}`, true],
    [`glpat-${'a'.repeat(19)}`, false],
    [`xoxb-${'1'.repeat(10)}`, true],
    [`sk_live_${'a'.repeat(20)}`, true],
    [`sk_test_${'a'.repeat(20)}`, false],
  ])('%s has the form of a credential: %s', (text, expected) => {
    expect(looksLikeCredential(text)).toBe(expected);
  });
});

describe('values', () => {
  it.each([
    [{ length: 1 }, /^[A-Za-z0-9]$/],
    [{}, /^[A-Za-z0-9]{32}$/],
    [{ length: 50, alphabet: 'ä😀' }, /^[ä😀]{50}$/u],
  ])('are generated as %j asks for', (options, pattern) => {
    expect(generateText(options)).toMatch(pattern);
  });

  it.each([
    { length: 0 },
    { length: -1 },
    { length: 1.5 },
    { alphabet: 'a' },
    { alphabet: '' },
    { alphabet: 'aba' },
  ])('fail to be generated as %j asks for', (options) => {
    expect(() => generateText(options)).toThrow(/secret-generate-invalid/);
  });

  const plain = (text: string): ResolvedValue => ({ kind: 'value', bytes: Buffer.from(text) });
  const made: ResolvedValue = { kind: 'generate', make: () => Buffer.from('g') };
  const missing: ResolvedValue = { kind: 'missing', lookedFor: 'env X' };
  const deferred = (text: string): ResolvedValue => ({
    kind: 'deferred',
    lookedFor: `command ${text}`,
    settle: () => plain(text) as never,
  });
  const join = (texts: Readonly<Record<string, string>>) => Object.entries(texts).flat().join('-');

  it('made of others are as certain as the least certain of them', () => {
    const combine = (...parts: ResolvedValue[]) =>
      combineResolved(
        parts.map((part, at) => [`p${at}`, part] as const),
        join,
      );
    expect(combine(plain('a'), plain('b'))).toEqual({ kind: 'value', bytes: Buffer.from('p0-a-p1-b') });
    expect(combine(plain('a'), missing, made)).toBe(missing);
    const generated = combine(plain('a'), made);
    expect(generated.kind === 'generate' && Buffer.from(generated.make()).toString()).toBe('p0-a-p1-g');
    const later = combine(deferred('a'), plain('b'), deferred('c'));
    expect(later).toMatchObject({ kind: 'deferred', lookedFor: 'command a, command c' });
    expect(settled(later, true)).toEqual({ kind: 'value', bytes: Buffer.from('p0-a-p1-b-p2-c') });
    expect(settled(later, false)).toEqual({ kind: 'missing', lookedFor: 'command a, command c (not asked)' });
    expect(settled(missing as never, false)).toBe(missing);
  });
});
