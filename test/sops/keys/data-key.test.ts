import { FindingsError } from '../../../lib/findings/findings-error';
import type { Envelope } from '../../../lib/sops/envelope/envelope';
import { openDataKey, wrapDataKey } from '../../../lib/sops/keys/data-key';
import type { KeyAnswer, KeyRequest, Recipient } from '../../../lib/sops/keys/key-request';
import type { KeyTask } from '../../../lib/sops/keys/key-task';
import { PrivateKeys } from '../../../lib/sops/keys/private-keys';
import { inspectEncrypted } from '../../../lib/sops/inspect-encrypted';
import { fixture, ageRecipient, privateKeys } from '../fixtures';

/** Runs a task whose requests get these answers. */
function run<T>(
  task: KeyTask<T>,
  answers: readonly KeyAnswer[],
): { result: T | string; asked: readonly KeyRequest[] } {
  let asked: readonly KeyRequest[] = [];
  try {
    const first = task.next([]);
    if (first.done) return { result: first.value, asked };
    asked = first.value;
    const second = task.next(answers);
    if (!second.done) throw new Error('asked twice');
    return { result: second.value, asked };
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return { result: error.findings.map(({ code }) => code).join(), asked };
  }
}

const KEY = Buffer.alloc(32, 5);
const opened = (key: Buffer): KeyAnswer => ({ ok: true, key });
const noKey: KeyAnswer = { ok: false, reason: 'no-key', detail: 'no key' };
const damaged: KeyAnswer = { ok: false, reason: 'damaged', detail: 'it is damaged' };

function envelope(groups: number, threshold: number, kind: 'age' | 'pgp' = 'age'): Envelope {
  const group = [{ kind, id: 'r', enc: 'e' }];
  return {
    file: 's.yaml',
    metadata: { groups: Array(groups).fill(group), split: groups > 1, threshold },
  } as unknown as Envelope;
}

describe('a data key', () => {
  const shares = [1, 2, 3].map((x) => Buffer.concat([Buffer.alloc(32, 5 ^ x), Buffer.from([x])]));
  const [a, b, c] = shares.map(opened) as [KeyAnswer, KeyAnswer, KeyAnswer];
  const short = Buffer.from([5, 1]);

  it.each<[string, number, number, readonly KeyAnswer[], Buffer | string | undefined]>([
    ['that is opened', 1, 1, [opened(KEY)], KEY],
    ['for which nobody has a key', 1, 1, [noKey], undefined],
    ['that is damaged', 1, 1, [damaged], 'sops-tampered'],
    ['of 31 bytes', 1, 1, [opened(KEY.subarray(1))], 'sops-tampered'],
    ['of 33 bytes', 1, 1, [opened(Buffer.alloc(33))], 'sops-tampered'],
    ['an answer without a key', 1, 1, [{ ok: true }], undefined],
    ['all of two shares', 2, 2, [a, b], KEY],
    ['two of three shares', 3, 2, [a, noKey, c], KEY],
    ['two of three shares, one damaged', 3, 2, [a, damaged, c], KEY],
    ['three of three, of which two are enough', 3, 2, [a, b, c], KEY],
    ['one of three shares', 3, 2, [a, noKey, noKey], undefined],
    ['one of three shares, one damaged', 3, 2, [a, damaged, noKey], 'sops-tampered'],
    ['one of two where one is enough', 2, 1, [noKey, opened(Buffer.concat([KEY, Buffer.from([2])]))], KEY],
    ['shares of two lengths', 2, 2, [a, opened(short)], 'sops-tampered'],
    ['one share twice', 2, 2, [a, a], 'sops-tampered'],
  ])('%s', (_name, groups, threshold, answers, expected) => {
    const { result, asked } = run(openDataKey(envelope(groups, threshold), privateKeys('age-1')), answers);
    expect(result).toEqual(expected);
    expect(asked.map(({ op }) => op)).toEqual(Array(groups).fill('unwrap'));
  });

  it('is not requested if there is no private key of its kind', () => {
    for (const [kind, keys] of [
      ['age', PrivateKeys.none],
      ['pgp', privateKeys('age-1')],
      ['age', privateKeys('pgp-rsa')],
    ] as const)
      expect(run(openDataKey(envelope(1, 1, kind), keys), [])).toEqual({ result: undefined, asked: [] });
  });
});

describe('wrapping a data key', () => {
  const options = { now: '2026-01-01T00:00:00Z', file: 's.yaml' };
  const age: Recipient = { kind: 'age', id: 'age1x' };
  const pgp: Recipient = { kind: 'pgp', id: 'AB' };
  const withKey: Recipient = { ...pgp, publicKey: 'armored' };
  const gpg = { publicKey: (id: string) => (id === 'AB' ? 'from gpg' : undefined) };

  it('gives a key for each recipient, with the time for PGP', () => {
    const answers: KeyAnswer[] = [
      { ok: true, enc: 'a' },
      { ok: true, enc: 'p' },
    ];
    expect(run(wrapDataKey(KEY, [age, withKey], options), answers).result).toEqual([
      { kind: 'age', id: 'age1x', enc: 'a' },
      { kind: 'pgp', id: 'AB', enc: 'p', createdAt: '2026-01-01T00:00:00Z' },
    ]);
    expect(run(wrapDataKey(KEY, [], options), [])).toEqual({ result: [], asked: [] });
  });

  it('reads public keys from the keyring if they are not given', () => {
    const publicKeys = (recipient: Recipient) =>
      run(wrapDataKey(KEY, [recipient], { ...options, gpg: gpg as never }), [
        { ok: true, enc: 'p' },
      ]).asked.map((request) => request.op === 'wrap' && request.recipient);
    expect(publicKeys(pgp)).toEqual([{ ...pgp, publicKey: 'from gpg' }]);
    expect(publicKeys(withKey)).toEqual([withKey]);
    expect(publicKeys(age)).toEqual([age]);
  });

  it.each<[string, readonly Recipient[], readonly KeyAnswer[], string]>([
    ['without a public key', [pgp], [], 'sops-recipient-unusable'],
    [
      'that cannot encrypt',
      [age],
      [{ ok: false, reason: 'unusable', detail: 'x' }],
      'sops-recipient-unusable',
    ],
    ['for which no result', [age], [{ ok: true }], 'sops-recipient-unusable'],
    [
      'of which several are unusable',
      [pgp, age, age],
      [noKey, noKey],
      'sops-recipient-unusable,sops-recipient-unusable,sops-recipient-unusable',
    ],
    ['of which one is unusable', [age, age], [{ ok: true, enc: 'a' }, noKey], 'sops-recipient-unusable'],
  ])('fails for recipients %s', (_name, recipients, answers, expected) => {
    expect(run(wrapDataKey(KEY, recipients, options), answers).result).toBe(expected);
  });
});

describe('a finding about keys', () => {
  const options = { now: '2026-01-01T00:00:00Z', file: 's.yaml' };
  const age: Recipient = { kind: 'age', id: 'age1x' };
  const pgp: Recipient = { kind: 'pgp', id: 'AB' };

  function findingsOf<T>(task: KeyTask<T>, answers: readonly KeyAnswer[]): readonly unknown[] {
    try {
      if (!task.next([]).done) task.next(answers);
    } catch (error) {
      if (FindingsError.isFindingsError(error))
        return error.findings.map(({ message, hint, locations, field }) => ({
          message,
          hint,
          locations,
          field,
        }));
    }
    return [];
  }

  it.each<[string, KeyAnswer, string]>([
    ['what is damaged', damaged, 'it is damaged'],
    ['the wrong length', opened(KEY.subarray(1)), 'the data key has 31 bytes; it must have 32'],
    ['an empty key', opened(Buffer.alloc(0)), 'the data key has 0 bytes; it must have 32'],
  ])('names the file and %s', (_, answer, message) => {
    expect(findingsOf(openDataKey(envelope(1, 1), privateKeys('age-1')), [answer])).toEqual([
      { message, hint: 'restore the file from git', locations: [{ file: 's.yaml' }], field: 'sops' },
    ]);
  });

  it('gives the reason of the share that is damaged, whatever stands before it', () => {
    const answers: KeyAnswer[] = [noKey, { ok: false, reason: 'damaged', detail: 'the second' }, damaged];
    expect(findingsOf(openDataKey(envelope(3, 2), privateKeys('age-1')), answers)).toMatchObject([
      { message: 'the second' },
    ]);
  });

  it.each<[Recipient, KeyAnswer, string, string]>([
    [
      age,
      { ok: false, reason: 'unusable', detail: 'odd' },
      'the age recipient "age1x": odd',
      'age-keygen prints',
    ],
    [age, { ok: true }, 'the age recipient "age1x": no result', 'age-keygen prints'],
    [{ ...pgp, publicKey: 'k' }, noKey, 'the pgp recipient "AB": no key', 'gpg --armor --export'],
    [pgp, noKey, 'its public key is neither in the code nor in the gpg keyring', 'gpg --armor --export'],
  ])('names the recipient that cannot be used (%j, %j)', (recipient, answer, message, hint) => {
    expect(findingsOf(wrapDataKey(KEY, [recipient], options), [answer])).toEqual([
      {
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
        locations: [{ file: 's.yaml' }],
      },
    ]);
  });
});

describe('an inspected encrypted file', () => {
  const text = fixture('encrypted/simple.age-1.yaml');
  const codes = (changed: string, recipients?: readonly Recipient[]) =>
    inspectEncrypted(Buffer.from(changed), 's.yaml', recipients).findings.map(
      ({ code, field }) => `${code} ${field ?? ''}`,
    );

  it('shows its contents and recipients', () => {
    expect(inspectEncrypted(Buffer.from(text), 's.yaml')).toMatchObject({
      identity: { group: '', kind: 'Secret', namespace: 'default', name: 'podinfo-secret' },
      recipients: [ageRecipient('age-1')],
      findings: [],
    });
  });

  it.each([
    ['nothing, of the same recipients', text, [{ kind: 'age', id: ageRecipient('age-1') }], []],
    ['other recipients', text, [{ kind: 'age', id: ageRecipient('age-2') }], ['sops-recipients-stale sops']],
    ['one recipient less', text, [], ['sops-recipients-stale sops']],
    [
      'a value in plain',
      text.replace(/SECRET: .*/, 'SECRET: x'),
      undefined,
      ['sops-plaintext-leaked stringData.SECRET'],
    ],
    [
      'an entry in plain that the selector leaves',
      text.replace(/SECRET: .*/, 'SECRET: x').replace('^(data|stringData)$', '^x$'),
      undefined,
      ['sops-plaintext-leaked stringData.SECRET'],
    ],
    ['an empty value', text.replace(/SECRET: .*/, 'SECRET: ""'), undefined, []],
    [
      'a value in plain of another kind',
      text
        .replace(/SECRET: .*/, 'SECRET: x')
        .replace('^(data|stringData)$', '^x$')
        .replace('kind: Secret', 'kind: X'),
      undefined,
      [],
    ],
    [
      'an encrypted name',
      text.replace('name: podinfo-secret', 'name: "ENC[x]"'),
      undefined,
      ['sops-metadata-encrypted metadata.name'],
    ],
    [
      'metadata that is selected',
      text.replace('^(data|stringData)$', '^(stringData|metadata)$'),
      undefined,
      ['sops-metadata-encrypted metadata.name', 'sops-metadata-encrypted metadata.namespace'],
    ],
    ['no sops block', 'a: b\n', undefined, ['sops-not-encrypted ']],
  ])('finds %s', (_name, changed, recipients, expected) => {
    expect(codes(changed, recipients as readonly Recipient[] | undefined)).toEqual(expected);
  });
});
