import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { decryptEnvelope } from '../../../lib/sops/envelope/decrypt-envelope';
import { encryptObject } from '../../../lib/sops/envelope/encrypt-object';
import { readEnvelope } from '../../../lib/sops/envelope/envelope';
import { SECRET_SELECTOR } from '../../../lib/sops/envelope/selector';

const dataKey = randomBytes(32);
const RUNS = 1000;

function encrypt(data: Readonly<Record<string, string>>, macOnlyEncrypted = true): string {
  return encryptObject({
    object: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'token', namespace: 'web' },
      type: 'Opaque',
      data,
    },
    dataKey,
    keys: [{ kind: 'age', id: `age1${'q'.repeat(58)}`, enc: 'stands for a wrapped key\n' }],
    lastModified: '2026-01-02T03:04:05Z',
    selector: SECRET_SELECTOR,
    macOnlyEncrypted,
  });
}

function decrypt(text: string): Record<string, string> {
  const leaves = decryptEnvelope(readEnvelope(text, 'secret.yaml'), dataKey);
  return Object.fromEntries(
    leaves
      .filter(({ leaf }) => leaf.path[0] === 'data')
      .map(({ leaf, plain }) => [leaf.path[1], plain.toString('utf8')]),
  );
}

const name = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z][-._a-zA-Z0-9]{0,20}$/) },
  fc.constantFrom(
    '10',
    '9',
    '0777',
    '1e3',
    'true',
    'null',
    'y',
    '~a',
    '2024-01-02',
    'data',
    'sops',
    '-',
    '_',
  ),
  fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', 'toString'),
);
const value = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => Buffer.from(text).toString() === text),
  fc.constantFrom(
    '',
    '0777',
    '1e3',
    'true',
    'null',
    '~',
    'a\nb\n',
    '\n',
    ' ',
    '2024-01-02',
    'ENC[not really]',
    '\u0000',
  ),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('base64')),
);

describe('an encrypted secret', () => {
  it('decrypts to the original, for a thousand random secrets', () => {
    fc.assert(
      fc.property(fc.dictionary(name, value, { minKeys: 1, maxKeys: 5 }), fc.boolean(), (data, macOnly) => {
        expect(decrypt(encrypt(data, macOnly))).toEqual(data);
      }),
      { numRuns: RUNS },
    );
  }, 60_000);

  it('decrypts to the original with 1 MB in one entry', () => {
    const large = randomBytes(768 * 1024).toString('base64');
    expect(decrypt(encrypt({ LARGE: large }))).toEqual({ LARGE: large });
  });

  it('shows no value, and is another text each time', () => {
    const [first, second] = [encrypt({ TOKEN: 'correct horse' }), encrypt({ TOKEN: 'correct horse' })];
    expect(first).not.toContain('correct horse');
    expect(first).not.toBe(second);
  });

  it('fails if an entry is renamed, removed, or swapped with another', () => {
    const text = encrypt({ A: 'one', B: 'two' });
    const [a, b] = ['A', 'B'].map(
      (entry) => new RegExp(`^  ${entry}: (.*)$`, 'm').exec(text)?.[1] as string,
    ) as [string, string];
    const tampered = [
      text.replace(/^ {2}A:/m, '  C:'),
      text.replace(/^ {2}A: .*\n/m, ''),
      text.replace(a, '\u0001').replace(b, a).replace('\u0001', b),
    ];
    for (const changed of tampered) expect(() => decrypt(changed)).toThrow(/sops-tampered/);
  });
});
