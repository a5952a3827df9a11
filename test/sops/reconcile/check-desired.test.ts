import { checkDesired, missingValues } from '../../../lib/sops/reconcile/check-desired';
import type { ReconcileRequest } from '../../../lib/sops/reconcile/reconcile-request';
import { samePlain, secretObject, spliceSecret } from '../../../lib/sops/reconcile/secret-object';
import type { SettledValue } from '../../../lib/sops/values/resolved-value';
import { encryptObject } from '../../../lib/sops/envelope/encrypt-object';
import { readEnvelope } from '../../../lib/sops/envelope/envelope';
import { SECRET_SELECTOR } from '../../../lib/sops/envelope/selector';

const MAX = 1024 * 1024;

function request(
  entries: Readonly<Record<string, SettledValue>>,
  more: Partial<ReconcileRequest> = {},
): ReconcileRequest {
  return {
    file: 'a.yaml',
    constructPath: 'app/secret',
    desired: { metadata: { name: 's' }, entries: new Map(Object.entries(entries)) },
    recipients: [{ kind: 'age', id: 'age1x' }],
    ...more,
  };
}
const value = (length: number): SettledValue => ({ kind: 'value', bytes: Buffer.alloc(length) });
const codes = (wanted: ReconcileRequest) => checkDesired(wanted).map(({ code }) => code);

describe('a requested Secret', () => {
  it.each(['a', 'a.b', '.a', '-', '_', 'A-1_b.c', '...'.slice(0, 1) + 'x', 'x'.repeat(253)])(
    'may have the entry %j',
    (name) => {
      expect(codes(request({ [name]: value(1) }))).toEqual([]);
    },
  );

  it.each(['', '.', '..', '..a', 'a b', 'ä', 'a/b', 'a\n', 'x'.repeat(254)])(
    'fails with the entry %j',
    (name) => {
      expect(codes(request({ [name]: value(1) }))).toEqual(['secret-entry-invalid']);
    },
  );

  it.each([
    [[MAX], []],
    [[MAX + 1], ['secret-too-large']],
    [[MAX - 1, 1], []],
    [[MAX, 1], ['secret-too-large']],
    [[0], []],
  ])('of %j bytes', (lengths, expected) => {
    const entries = Object.fromEntries(lengths.map((length, index) => [`e${index}`, value(length)]));
    expect(codes(request(entries))).toEqual(expected);
  });

  it('fails without recipients, unless the sops command finds them', () => {
    expect(codes(request({}, { recipients: [] }))).toEqual(['sops-no-recipients']);
    expect(codes(request({}, { recipients: [], bySops: true } as Partial<ReconcileRequest>))).toEqual([]);
  });

  it('fails with everything at once, each with its place', () => {
    const found = checkDesired(request({ 'a b': value(MAX + 1) }, { recipients: [] }));
    expect(
      found.map(({ code, locations }) => `${code} ${locations[0]?.file} ${locations[0]?.constructPath}`),
    ).toEqual(
      ['secret-entry-invalid', 'secret-too-large', 'sops-no-recipients'].map(
        (code) => `${code} a.yaml app/secret`,
      ),
    );
    expect(found[0]?.field).toBe('data.a b');
  });

  it('names the missing values, and where it looked for each', () => {
    const wanted = request({
      A: { kind: 'missing', lookedFor: 'env A (not set)' },
      B: { kind: 'generate', make: () => Buffer.alloc(1) },
    });
    const [a, b] = missingValues(wanted, ['A', 'B']);
    expect([a?.field, b?.field]).toEqual(['data.A', 'data.B']);
    expect(a?.message).toContain('env A (not set)');
    expect(b?.message).toContain('generated');
    expect(a?.hint).toContain('provide the value');
    expect(b?.hint).toContain('private key');
  });
});

describe('objects without entries', () => {
  it.each([
    ['the same', { a: 1 }, { a: 1 }, true],
    ['in another order', { a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 }, true],
    ['another value', { a: 1 }, { a: 2 }, false],
    ['a field more', { a: 1 }, { a: 1, b: 1 }, false],
    ['a field that is undefined', { a: 1, b: undefined }, { a: 1 }, true],
    ['the type that is the default', { type: 'Opaque' }, {}, true],
    ['another type', { type: 'x' }, {}, false],
    ['lists in another order', { a: [1, 2] }, { a: [2, 1] }, false],
    ['null and nothing', { a: null }, {}, false],
    ['large integers', { a: 9007199254740993n }, { a: 9007199254740992n }, false],
    ['equal large integers', { a: 9007199254740993n }, { a: 9007199254740993n }, true],
  ])('%s: %#', (_name, a, b, expected) => {
    expect(samePlain(a, b)).toBe(expected);
  });
});

describe('the parts of a file', () => {
  const entries = new Map([
    ['b', { section: 'data', text: 'B' }],
    ['a', { section: 'data', text: 'A' }],
    ['s', { section: 'stringData', text: 'S' }],
  ] as const);

  it('are combined with entries in order, and without empty sections', () => {
    expect(JSON.stringify(secretObject({ kind: 'Secret' }, entries))).toBe(
      '{"kind":"Secret","data":{"a":"A","b":"B"},"stringData":{"s":"S"}}',
    );
    expect(secretObject({ kind: 'Secret' }, new Map())).toEqual({ kind: 'Secret' });
  });

  const text = (head = '') =>
    `${head}${encryptObject({
      object: secretObject({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } }, entries),
      dataKey: Buffer.alloc(32),
      keys: [{ kind: 'age', id: 'old', enc: 'e' }],
      lastModified: '2026-01-01T00:00:00Z',
      selector: SECRET_SELECTOR,
      macOnlyEncrypted: true,
    })}`;
  const part = (all: string | undefined, key: string) =>
    new RegExp(`^${key}:[^]*?(?=^\\w|$(?![^]))`, 'm').exec(all ?? '')?.[0];

  it('are replaced one by one; other parts stay byte for byte', () => {
    const before = text('# mine\n');
    const envelope = readEnvelope(before, 'a.yaml');
    expect(spliceSecret(envelope, {})).toBe(before);
    const renamed = spliceSecret(envelope, {
      plain: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 't' } },
      header: 'ours',
    });
    expect(renamed?.startsWith('# ours\napiVersion: v1\nkind: Secret\nmetadata:\n  name: t\n')).toBe(true);
    for (const key of ['data', 'stringData', 'sops']) expect(part(renamed, key)).toBe(part(before, key));
    const rewrapped = spliceSecret(envelope, { keys: [{ kind: 'age', id: 'new', enc: 'n' }] });
    expect(rewrapped).toContain('recipient: new');
    expect(rewrapped).not.toContain('recipient: old');
    expect(rewrapped?.startsWith('# mine\napiVersion')).toBe(true);
    for (const key of ['metadata', 'data', 'stringData'])
      expect(part(rewrapped, key)).toBe(part(before, key));
    expect(readEnvelope(rewrapped!, 'a.yaml').metadata.mac).toBe(envelope.metadata.mac);
  });

  it('end in a line break, and do not exist in JSON', () => {
    const cut = text().trimEnd();
    expect(spliceSecret(readEnvelope(cut, 'a.yaml'), {})).toBe(`${cut}\n`);
    const json = `{"kind": "Secret", "sops": {"age": [{"recipient": "r", "enc": "e"}], "lastmodified": "2026-01-01T00:00:00Z", "mac": "ENC[x]"}}`;
    expect(spliceSecret(readEnvelope(json, 'a.yaml'), {})).toBeUndefined();
  });
});
