import { createHash } from 'node:crypto';
import { formatEncryptedValue, looksEncrypted, parseEncryptedValue } from '../../../lib/sops/encrypted-text';
import { additionalData, decryptValue, encryptValue } from '../../../lib/sops/envelope/encrypted-value';
import { encryptMac, macFits, macOf } from '../../../lib/sops/envelope/mac';

const dataKey = Buffer.alloc(32, 7);
const base64 = (length: number) => Buffer.alloc(length, 1).toString('base64');
const value = (parts: { data?: string; iv?: string; tag?: string; type?: string } = {}) => {
  const { data = base64(3), iv = base64(32), tag = base64(16), type = 'str' } = parts;
  return `ENC[AES256_GCM,data:${data},iv:${iv},tag:${tag},type:${type}]`;
};

describe('an encrypted value', () => {
  it.each(['str', 'int', 'float', 'bool', 'time', 'bytes', 'comment'])(
    'of the type %s is parsed and printed',
    (type) => {
      const parsed = parseEncryptedValue(value({ type }));
      expect(parsed).toMatchObject({
        type,
        data: Buffer.alloc(3, 1),
        iv: Buffer.alloc(32, 1),
        tag: Buffer.alloc(16, 1),
      });
      expect(formatEncryptedValue(parsed!)).toBe(value({ type }));
    },
  );

  it.each([1, 12, 31, 33])('with a nonce of %d bytes is parsed, whatever padding it has', (length) => {
    expect(parseEncryptedValue(value({ iv: base64(length) }))?.iv).toHaveLength(length);
  });

  it.each([
    ['a tag of 15 bytes', value({ tag: base64(15) })],
    ['a tag of 17 bytes', value({ tag: base64(17) })],
    ['a tag of 4 bytes, which Node would accept', value({ tag: base64(4) })],
    ['a tag of 12 bytes, which Node would accept', value({ tag: base64(12) })],
    ['no tag', value({ tag: '' })],
    ['no nonce', value({ iv: '' })],
    ['an unknown type', value({ type: 'list' })],
    ['something before it', ` ${value()}`],
    ['something after it', `${value()} `],
    ['data that is not base64', value({ data: 'ä' })],
    ['another cipher', value().replace('AES256_GCM', 'AES128_GCM')],
  ])('fails with %s', (_name, text) => {
    expect(parseEncryptedValue(text)).toBeUndefined();
  });

  it('may be empty', () => {
    expect(parseEncryptedValue(value({ data: '' }))?.data).toHaveLength(0);
  });

  it.each([
    ['ENC[', false],
    ['ENC[]', true],
    ['ENC[x', false],
    ['x]', false],
    ['aENC[x]', false],
    ['ENC[x] ', false],
  ])('is text that begins with ENC[ and ends with ]: %j', (text, expected) => {
    expect(looksEncrypted(text)).toBe(expected);
  });

  it('depends on each key of its path', () => {
    expect(additionalData(['data', 'A'])).toBe('data:A:');
    expect(additionalData([])).toBe('');
    const text = encryptValue(Buffer.from('plain'), 'str', dataKey, additionalData(['data', 'A']));
    const parsed = parseEncryptedValue(text)!;
    expect(parsed.iv).toHaveLength(32);
    expect(decryptValue(parsed, dataKey, 'data:A:')?.toString()).toBe('plain');
    expect(decryptValue(parsed, dataKey, 'data:B:')).toBeUndefined();
    expect(decryptValue(parsed, Buffer.alloc(32, 8), 'data:A:')).toBeUndefined();
    const altered = {
      ...parsed,
      data: Buffer.from(parsed.data.map((byte, at) => (at === 0 ? byte ^ 1 : byte))),
    };
    expect(decryptValue(altered, dataKey, 'data:A:')).toBeUndefined();
    const otherTag = {
      ...parsed,
      tag: Buffer.from(parsed.tag.map((byte, at) => (at === 15 ? byte ^ 1 : byte))),
    };
    expect(decryptValue(otherTag, dataKey, 'data:A:')).toBeUndefined();
  });

  it('has another nonce each time', () => {
    const ivs = [1, 2].map(() =>
      parseEncryptedValue(encryptValue(Buffer.from('x'), 'str', dataKey, ''))!.iv.toString('hex'),
    );
    expect(ivs[0]).not.toBe(ivs[1]);
  });
});

describe('the MAC', () => {
  const texts = ['a', 'bc'].map((text) => Buffer.from(text));

  it('is the SHA-512 of all plaintexts in order, in upper-case hexadecimal', () => {
    expect(macOf(texts, false)).toBe(createHash('sha512').update('abc').digest('hex').toUpperCase());
    expect(macOf([...texts].reverse(), false)).not.toBe(macOf(texts, false));
    expect(macOf([], false)).toBe(createHash('sha512').digest('hex').toUpperCase());
  });

  it('begins with its own hash if it covers only the encrypted values', () => {
    const start = createHash('sha256').update('sops').digest();
    expect(macOf(texts, true)).toBe(
      createHash('sha512').update(start).update('abc').digest('hex').toUpperCase(),
    );
  });

  it('matches only the plaintexts, the key and the time that it was made with', () => {
    const mac = macOf(texts, false);
    const encrypted = encryptMac(mac, dataKey, '2026-01-01T00:00:00Z');
    expect(macFits(encrypted, mac, dataKey, '2026-01-01T00:00:00Z')).toBe(true);
    expect(macFits(encrypted, mac, dataKey, '2026-01-01T00:00:01Z')).toBe(false);
    expect(macFits(encrypted, macOf(texts, true), dataKey, '2026-01-01T00:00:00Z')).toBe(false);
    expect(macFits(encrypted, mac.slice(1), dataKey, '2026-01-01T00:00:00Z')).toBe(false);
    expect(macFits(encrypted, mac, Buffer.alloc(32), '2026-01-01T00:00:00Z')).toBe(false);
    expect(macFits('ENC[x]', mac, dataKey, '2026-01-01T00:00:00Z')).toBe(false);
  });
});
