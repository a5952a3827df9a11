import { PrivateKeys } from '../../../lib/sops/keys/private-keys';
import { readRecipients } from '../../../lib/sops/keys/recipients';
import { reconcileSecret } from '../../../lib/sops/reconcile/reconcile-secret';
import type { ReconcileRequest } from '../../../lib/sops/reconcile/reconcile-request';
import type { SettledValue } from '../../../lib/sops/values/resolved-value';
import { ageRecipient, fixture, privateKeys } from '../fixtures';

const one = readRecipients({ age: [ageRecipient('age-1')] }).recipients;
const two = readRecipients({ age: [ageRecipient('age-1'), ageRecipient('age-2')] }).recipients;
const other = readRecipients({ age: [ageRecipient('age-2')] }).recipients;
const keys = { none: PrivateKeys.none, first: privateKeys('age-1') };
const now = new Date('2026-02-03T04:05:06Z');

/** `?` means a value that is missing here, `!` one that is generated. */
function entries(values: Readonly<Record<string, string>>): Map<string, SettledValue> {
  const settle = (value: string): SettledValue => {
    if (value === '?') return { kind: 'missing', lookedFor: 'env' };
    if (value === '!') return { kind: 'generate', make: () => Buffer.from('made') };
    return { kind: 'value', bytes: Buffer.from(value) };
  };
  return new Map(Object.entries(values).map(([name, value]) => [name, settle(value)]));
}

interface Wanted extends Partial<ReconcileRequest> {
  readonly values?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

function request({
  values = { A: 'one', B: 'two' },
  metadata = { name: 's' },
  ...more
}: Wanted): ReconcileRequest {
  return { file: 's.yaml', desired: { metadata, entries: entries(values) }, recipients: one, ...more };
}

const ours = reconcileSecret(request({}), { keys: keys.none, now }).bytes as Buffer;
/** A file of the real sops, whose MAC covers its metadata too. */
const theirs = Buffer.from(fixture('encrypted/simple.age-1.yaml'));
const named = { name: 'podinfo-secret', namespace: 'default' };

function outcome(committed: Buffer, key: keyof typeof keys, wanted: Wanted): string {
  const { state, findings, bytes } = reconcileSecret(request({ committed, ...wanted }), {
    keys: keys[key],
    now,
  });
  const same = bytes?.equals(committed) ? 'same bytes' : 'other bytes';
  return [state, same, ...findings.map(({ code }) => code)].join(', ');
}

const here = { A: 'one', B: 'two' };
const gone = { A: '?', B: '?' };

describe('a committed secret of ours', () => {
  it.each<[string, keyof typeof keys, Wanted, string]>([
    ['nothing changed, with the key', 'first', {}, 'kept, same bytes'],
    ['nothing changed, with the key, no values', 'first', { values: gone }, 'kept, same bytes'],
    ['nothing changed, no key', 'none', {}, 'unverified, same bytes, sops-unverified'],
    ['nothing changed, no key, no values', 'none', { values: gone }, 'kept, same bytes'],
    [
      'nothing changed, no key, some values',
      'none',
      { values: { A: 'one', B: '?' } },
      'unverified, same bytes, sops-unverified',
    ],
    ['a value changed, with the key', 'first', { values: { A: 'x', B: 'two' } }, 'updated, other bytes'],
    [
      'a value changed, no key',
      'none',
      { values: { A: 'x', B: 'two' } },
      'unverified, same bytes, sops-unverified',
    ],
    ['an entry added, with the key', 'first', { values: { ...here, C: 'x' } }, 'updated, other bytes'],
    [
      'an entry added, with the key, others not here',
      'first',
      { values: { ...gone, C: 'x' } },
      'updated, other bytes',
    ],
    [
      'an entry added, no key, all values',
      'none',
      { values: { ...here, C: 'x' } },
      'renewed, other bytes, sops-renewed',
    ],
    [
      'an entry added, no key, others not here',
      'none',
      { values: { ...gone, C: 'x' } },
      'refused, same bytes, sops-entries-differ',
    ],
    [
      'an entry added that is not here, with the key',
      'first',
      { values: { ...here, C: '?' } },
      'refused, same bytes, secret-value-missing',
    ],
    ['an entry removed, with the key', 'first', { values: { A: 'one' } }, 'updated, other bytes'],
    ['an entry removed, with the key, not here', 'first', { values: { A: '?' } }, 'updated, other bytes'],
    ['an entry removed, no key', 'none', { values: { A: '?' } }, 'refused, same bytes, sops-entries-differ'],
    [
      'an entry generated anew, with the key',
      'first',
      { values: { ...gone, C: '!' } },
      'updated, other bytes',
    ],
    [
      'an entry that is generated is there, with the key',
      'first',
      { values: { A: '!', B: '?' } },
      'kept, same bytes',
    ],
    [
      'an entry that is generated is there, no key',
      'none',
      { values: { A: '!', B: 'two' } },
      'unverified, same bytes, sops-unverified',
    ],
    ['metadata changed, with the key', 'first', { metadata: { name: 't' } }, 'updated, other bytes'],
    ['metadata changed, no key', 'none', { metadata: { name: 't' }, values: gone }, 'updated, other bytes'],
    ['a recipient added, with the key', 'first', { recipients: two, values: gone }, 'rewrapped, other bytes'],
    [
      'a recipient added, no key',
      'none',
      { recipients: two, values: gone },
      'kept, same bytes, sops-recipients-stale',
    ],
    [
      'a recipient added, no key, all values',
      'none',
      { recipients: two },
      'renewed, other bytes, sops-renewed',
    ],
    [
      'a recipient exchanged, with the key',
      'first',
      { recipients: other, values: gone },
      'renewed, other bytes',
    ],
    [
      'a recipient exchanged, no key',
      'none',
      { recipients: other, values: gone },
      'kept, same bytes, sops-recipients-stale',
    ],
    ['another revision, with the key', 'first', { revision: '2', values: gone }, 'renewed, other bytes'],
    ['another revision, no key, all values', 'none', { revision: '2' }, 'renewed, other bytes'],
    [
      'another revision, no key',
      'none',
      { revision: '2', values: gone },
      'refused, same bytes, secret-value-missing, secret-value-missing',
    ],
    [
      'told to encrypt anew, with the key',
      'first',
      { reencrypt: true, values: gone },
      'renewed, other bytes',
    ],
    [
      'told to encrypt anew, no key',
      'none',
      { reencrypt: true, values: { A: 'one', B: '?' } },
      'refused, same bytes, secret-value-missing',
    ],
  ])('%s', (_name, key, wanted, expected) => {
    expect(outcome(ours, key, wanted)).toBe(expected);
  });

  it('with a revision is kept while the revision stays, and renewed for another one', () => {
    const first = reconcileSecret(request({ revision: '1' }), { keys: keys.none, now }).bytes as Buffer;
    expect(outcome(first, 'none', { revision: '1', values: gone })).toBe('kept, same bytes');
    expect(outcome(first, 'none', { revision: '2' })).toBe('renewed, other bytes');
    expect(outcome(first, 'none', { values: gone })).toBe('updated, other bytes');
  });
});

describe('a committed secret of the real sops', () => {
  const values = { SECRET: 'top-secret-data' };

  it.each<[string, keyof typeof keys, Wanted, string]>([
    ['nothing changed, with the key', 'first', { values }, 'kept, same bytes'],
    ['nothing changed, no key', 'none', { values: { SECRET: '?' } }, 'kept, same bytes'],
    ['metadata changed, with the key', 'first', { values, metadata: { name: 't' } }, 'updated, other bytes'],
    [
      'metadata changed, no key',
      'none',
      { values: { SECRET: '?' }, metadata: { name: 't' } },
      'refused, same bytes, sops-metadata-locked',
    ],
    [
      'metadata changed, no key, all values',
      'none',
      { values, metadata: { name: 't' } },
      'renewed, other bytes, sops-renewed',
    ],
    ['a recipient added, with the key', 'first', { values, recipients: two }, 'rewrapped, other bytes'],
  ])('%s', (_name, key, wanted, expected) => {
    expect(outcome(theirs, key, { metadata: named, ...wanted })).toBe(expected);
  });

  it.each([
    ['sops-plaintext-leaked', (text: string) => text.replace(/SECRET: .*/, 'SECRET: plain')],
    ['sops-not-a-secret', (text: string) => text.replace('kind: Secret', 'kind: ConfigMap')],
    ['sops-metadata-encrypted', (text: string) => text.replace('name: podinfo-secret', 'name: "ENC[x]"')],
    ['sops-metadata-encrypted', (text: string) => text.replace('type: Opaque', 'data2:\n    data: x')],
    ['sops-not-encrypted', (text: string) => text.slice(0, text.indexOf('sops:'))],
    ['sops-tampered', (text: string) => text.replace('SECRET:', 'OTHER:')],
  ])('fails with %s: %#', (code, change) => {
    const committed = Buffer.from(change(String(theirs)));
    const wanted = { values: code === 'sops-tampered' ? { OTHER: 'x' } : values, metadata: named };
    expect(outcome(committed, 'first', wanted)).toBe(`refused, same bytes, ${code}`);
  });
});
