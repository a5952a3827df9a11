import type { Finding } from '../../../lib/findings/finding';
import { FindingsError } from '../../../lib/findings/findings-error';
import { decryptEnvelope, type DecryptedLeaf } from '../../../lib/sops/envelope/decrypt-envelope';
import { additionalData, encryptValue } from '../../../lib/sops/envelope/encrypted-value';
import { encryptObject } from '../../../lib/sops/envelope/encrypt-object';
import { plainObject, readEnvelope } from '../../../lib/sops/envelope/envelope';
import { encryptMac, macOf } from '../../../lib/sops/envelope/mac';
import { rotateEnvelope } from '../../../lib/sops/envelope/rotate-envelope';
import { SECRET_SELECTOR } from '../../../lib/sops/envelope/selector';

const oldKey = Buffer.alloc(32, 1);
const newKey = Buffer.alloc(32, 2);
const rotation = {
  dataKey: newKey,
  keys: [{ kind: 'age', id: 'age1new', enc: 'new\n' }],
  lastModified: '2026-02-02T00:00:00Z',
} as const;
const TIME = '2026-01-01T00:00:00Z';
const data = { A: 'one', B: 'two', EMPTY: '' };

function encrypt(object: Readonly<Record<string, unknown>> = {}, macOnlyEncrypted = true): string {
  return encryptObject({
    object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data, ...object },
    dataKey: oldKey,
    keys: [{ kind: 'age', id: 'age1old', enc: 'old\n' }],
    lastModified: TIME,
    selector: SECRET_SELECTOR,
    macOnlyEncrypted,
  });
}

function rotate(text: string): string | undefined {
  const envelope = readEnvelope(text, 's.yaml');
  return rotateEnvelope(envelope, decryptEnvelope(envelope, oldKey), rotation);
}

function decrypt(text: string, key: Buffer): Record<string, string> {
  return Object.fromEntries(
    decryptEnvelope(readEnvelope(text, 's.yaml'), key).map(({ leaf, plain }) => [
      leaf.label,
      plain.toString(),
    ]),
  );
}

function findings(text: string, key: Buffer = oldKey): readonly Finding[] {
  try {
    decryptEnvelope(readEnvelope(text, 's.yaml'), key);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings;
  }
  return [];
}
const told = (text: string, key?: Buffer) =>
  findings(text, key).map(({ code, field, locations }) => `${code} ${field} ${locations[0]?.line ?? ''}`);

describe('a file whose data key is renewed', () => {
  it.each([true, false])(
    'has the same values under the new key, and the new recipients (MAC of all: %s)',
    (only) => {
      const before = encrypt({}, only);
      const after = rotate(before)!;
      expect(decrypt(after, newKey)).toEqual(decrypt(before, oldKey));
      expect(told(after, oldKey).length).toBeGreaterThan(0);
      expect(readEnvelope(after, 's.yaml').metadata).toMatchObject({
        groups: [[{ kind: 'age', id: 'age1new', enc: 'new\n' }]],
        lastModified: '2026-02-02T00:00:00Z',
        macOnlyEncrypted: only,
        selector: SECRET_SELECTOR,
      });
    },
  );

  it('keeps everything else byte for byte: comments, quotes, order, and what follows the block', () => {
    const [head, block] = encrypt().split(/^(?=sops:)/m) as [string, string];
    const text = `# top\n${head.replace('kind: Secret', "kind: 'Secret' # kind")}${block}type: Opaque # after\n`;
    const after = rotate(text)!;
    const untouched = (all: string) =>
      all.replace(/^sops:\n(?: .*\n)*/m, 'sops\n').replace(/ENC\[[^\]]*\]/g, 'ENC');
    expect(untouched(after)).toBe(untouched(text));
    expect(after).toContain("kind: 'Secret' # kind");
    expect(decrypt(after, newKey)).toEqual(decrypt(text, oldKey));
  });

  it.each([
    ['a comment in its block', (text: string) => text.replace(/^sops:\n/m, 'sops:\n  # why\n')],
    [
      'a comment after a field of its block',
      (text: string) => text.replace(/^ {2}version: .*$/m, '$& # why'),
    ],
    ['a comment below its block', (text: string) => `${text}# end\n`],
    ['an indented comment below its block', (text: string) => `${text}  # end\n`],
    ['an encrypted comment', (text: string) => `# ENC[AES256_GCM,x]\n${text}`],
    ['an encrypted comment without a blank', (text: string) => `#ENC[AES256_GCM,x]\n${text}`],
    [
      'a ciphertext over two lines',
      (text: string) => text.replace(/^( {2}A: )(ENC\[AES256_GCM,)(.*)$/m, '$1"$2\\\n    $3"'),
    ],
  ])('is left to the sops command with %s', (_name, change) => {
    const changed = change(encrypt());
    expect(changed).not.toBe(encrypt());
    expect(decrypt(changed, oldKey)['data.A']).toBe('one');
    expect(rotate(changed)).toBeUndefined();
  });

  it.each<[string, (leaves: DecryptedLeaf[]) => DecryptedLeaf[]]>([
    ['another value', ([first, ...more]) => [{ ...first!, plain: Buffer.from('v2') }, ...more]],
    ['one value more', (leaves) => [...leaves, leaves[0]!]],
    ['one value less', (leaves) => leaves.slice(1)],
    ['another order', (leaves) => [...leaves].reverse()],
    [
      'another name of a value',
      ([first, ...more]) => [{ ...first!, leaf: { ...first!.leaf, label: 'version' } }, ...more],
    ],
  ])('is not rotated with what was decrypted from another one: %s', (_, change) => {
    const envelope = readEnvelope(encrypt({ data: { A: '' } }), 's.yaml');
    const decrypted = decryptEnvelope(envelope, oldKey);
    expect(rotateEnvelope(envelope, decrypted, rotation)).toBeDefined();
    expect(rotateEnvelope(envelope, change([...decrypted]), rotation)).toBeUndefined();
  });

  it('is left to the sops command in JSON', () => {
    const text = JSON.stringify(JSON.parse(JSON.stringify(plain(encrypt()))));
    expect(decrypt(text, oldKey)['data.A']).toBe('one');
    expect(rotate(text)).toBeUndefined();
  });

  it('may have comments elsewhere, and a block that is not its last key', () => {
    const text = encrypt()
      .replace('data:\n', 'data: # values\n')
      .replace(/^sops:/m, '# the block\nsops:');
    expect(rotate(text)).toContain('data: # values\n');
    const [head, block] = encrypt().split(/^(?=sops:)/m) as [string, string];
    expect(decrypt(rotate(`${block}${head}`)!, newKey)['data.B']).toBe('two');
  });
});

/** A file of this test as plain data: its layout is known. */
function plain(text: string): unknown {
  const entries = [...text.matchAll(/^ {2}([A-Z]+): (.*)$/gm)].map(([, key, value]) => [
    key,
    value === '""' ? '' : value,
  ]);
  const field = (name: string) => new RegExp(`^ +(?:- )?${name}: "?(.*?)"?$`, 'm').exec(text)?.[1] ?? '';
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's' },
    data: Object.fromEntries(entries),
    sops: {
      age: [{ recipient: 'age1old', enc: 'old\n' }],
      encrypted_regex: SECRET_SELECTOR.value,
      lastmodified: TIME,
      mac: field('mac'),
      mac_only_encrypted: true,
      version: '3.9.0',
    },
  };
}

describe('a file that is decrypted', () => {
  it('fails for each altered value, at its line, and for those in plain text', () => {
    const text = encrypt();
    const line = (key: string) => text.split('\n').findIndex((each) => each.startsWith(`  ${key}:`)) + 1;
    const other = encryptValue(Buffer.from('x'), 'str', newKey, additionalData(['data', 'A']));
    const changed = text.replace(/^ {2}A: .*$/m, `  A: ${other}`).replace(/^ {2}B: .*$/m, '  B: leaked');
    expect(told(changed)).toEqual([
      `sops-tampered data.A ${line('A')}`,
      `sops-plaintext-leaked data.B ${line('B')}`,
    ]);
    const malformed = findings(text.replace(/^ {2}A: .*$/m, '  A: ENC[x]'));
    expect(malformed[0]?.message).toContain('form');
    expect(findings(changed)[0]?.message).not.toContain('form');
  });

  it('fails only if a value in plain text was changed and the MAC covers it', () => {
    const renamed = (text: string) => text.replace('name: s', 'name: t');
    expect(told(renamed(encrypt({}, false)))).toEqual(['sops-tampered sops.mac ']);
    expect(told(renamed(encrypt({}, true)))).toEqual([]);
  });

  it('has values that were never encrypted: empty ones, and those that the selector excludes', () => {
    const leaves = decryptEnvelope(readEnvelope(encrypt(), 's.yaml'), oldKey);
    expect(leaves.filter(({ encrypted }) => encrypted).map(({ leaf }) => leaf.label)).toEqual([
      'data.A',
      'data.B',
    ]);
    expect(leaves.find(({ leaf }) => leaf.label === 'data.EMPTY')?.plain).toHaveLength(0);
  });

  it('keeps the type of each value', () => {
    const text = encrypt({ data: { I: 5, F: 1.5, T: true, S: 'x', N: null, L: [1, 'a'] } });
    const leaves = decryptEnvelope(readEnvelope(text, 's.yaml'), oldKey).filter(({ encrypted }) => encrypted);
    expect(leaves.map(({ leaf, type, plain: value }) => `${leaf.label} ${type} ${value.toString()}`)).toEqual(
      [
        'data.I int 5',
        'data.F float 1.5',
        'data.T bool True',
        'data.S str x',
        'data.L[0] int 1',
        'data.L[1] str a',
      ],
    );
    expect(plainObject(readEnvelope(text, 's.yaml'))).toMatchObject({ data: { N: null } });
  });
});

describe('an object that is encrypted', () => {
  it('fails with a key "sops"', () => {
    expect(() => encrypt({ sops: 1 })).toThrow(/sops-reserved-key/);
  });

  it('keeps the given ciphertexts and MAC', () => {
    const kept = encryptValue(Buffer.from('one'), 'str', oldKey, 'data:A:');
    const text = encryptObject({
      object: { kind: 'Secret', data: { A: 'one', B: 'two' } },
      dataKey: oldKey,
      keys: [],
      lastModified: TIME,
      selector: SECRET_SELECTOR,
      macOnlyEncrypted: false,
      kept: new Map([['["data","A"]', kept]]),
      mac: 'ENC[mac]',
      header: 'made by hand',
    });
    expect(text).toContain(`  A: ${kept}\n`);
    expect(text).toMatch(/^ {2}B: ENC\[/m);
    expect(text).toMatch(/^ {2}mac: .?ENC\[mac\]/m);
    expect(text.startsWith('# made by hand\n')).toBe(true);
  });

  it('has its keys by kind, and the fields of the block in order', () => {
    const text = encryptObject({
      object: { kind: 'Secret' },
      dataKey: oldKey,
      keys: [
        { kind: 'pgp', id: 'AB', enc: 'p', createdAt: TIME },
        { kind: 'age', id: 'age1', enc: 'e' },
      ],
      lastModified: TIME,
      selector: SECRET_SELECTOR,
      macOnlyEncrypted: false,
      mac: encryptMac(macOf([Buffer.from('Secret')], false), oldKey, TIME),
    });
    const fields = [...text.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
    expect(fields).toEqual(['age', 'encrypted_regex', 'lastmodified', 'mac', 'pgp', 'version']);
    expect(text).toContain('created_at:');
    expect(text.match(/created_at/g)).toHaveLength(1);
    expect(told(text)).toEqual([]);
  });

  it('is hashed in the order in which it is printed', () => {
    const text = encryptObject({
      object: { data: { A: 'x' }, spec: 's', metadata: { name: 'n' }, kind: 'Secret', apiVersion: 'v1' },
      dataKey: oldKey,
      keys: [{ kind: 'age', id: 'a', enc: 'e' }],
      lastModified: TIME,
      selector: SECRET_SELECTOR,
      macOnlyEncrypted: false,
    });
    expect(told(text)).toEqual([]);
  });
});
