import { randomBytes } from 'node:crypto';
import { FindingsError } from '../../../lib/findings/findings-error';
import { decryptEnvelope } from '../../../lib/sops/envelope/decrypt-envelope';
import { encryptObject } from '../../../lib/sops/envelope/encrypt-object';
import { readEnvelope } from '../../../lib/sops/envelope/envelope';
import { SECRET_SELECTOR, type Selector } from '../../../lib/sops/envelope/selector';

const dataKey = randomBytes(32);

function encrypted(selector: Selector = SECRET_SELECTOR): string {
  return encryptObject({
    object: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'YQ==', b: 'Yg==' } },
    dataKey,
    keys: [{ kind: 'age', id: `age1${'q'.repeat(58)}`, enc: 'stands for a wrapped key\n' }],
    lastModified: '2026-01-02T03:04:05Z',
    selector,
    macOnlyEncrypted: false,
  });
}

/** The codes of the findings when a file is read and decrypted. */
function codesOf(text: string): string[] {
  try {
    decryptEnvelope(readEnvelope(text, 'secret.yaml'), dataKey);
    return [];
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings.map(({ code }) => code);
  }
}

describe('an encrypted value', () => {
  const tag = 'A'.repeat(22);

  it.each([
    ['an empty nonce', `ENC[AES256_GCM,data:AA==,iv:A,tag:${tag}==,type:str]`],
    ['a nonce of nothing', `ENC[AES256_GCM,data:AA==,iv:=,tag:${tag}==,type:str]`],
    ['a nonce that is too long', `ENC[AES256_GCM,data:AA==,iv:${'A'.repeat(4_000)},tag:${tag}==,type:str]`],
    ['a huge nonce', `ENC[AES256_GCM,data:AA==,iv:${'A'.repeat(1_000_000)},tag:${tag}==,type:str]`],
    ['a short tag', 'ENC[AES256_GCM,data:AA==,iv:AAAA,tag:A,type:str]'],
    ['no parts', 'ENC[]'],
    ['an unknown type', `ENC[AES256_GCM,data:AA==,iv:AAAA,tag:${tag}==,type:x]`],
    ['a length that is not one of base64', `ENC[AES256_GCM,data:A,iv:AAAAA,tag:${tag}==,type:int]`],
  ])('fails as altered if it has %s, also in the MAC', (_, value) => {
    const text = encrypted();
    expect(codesOf(text.replace(/a: ENC\[.*\]/, `a: ${value}`))).toEqual(['sops-tampered']);
    expect(codesOf(text.replace(/mac: ENC\[.*\]/, `mac: ${value}`))).toEqual(['sops-tampered']);
  });
});

describe('the selector of a file', () => {
  it.each(['encrypted_regex', 'unencrypted_regex', 'encrypted_comment_regex'])(
    'is searched in linear time if it is an endless expression: %s',
    (field) => {
      const key = 'a'.repeat(1_000);
      const text = encrypted()
        .replace(/encrypted_regex: .*/, `${field}: (a+)+b`)
        .replace('data:', `${key}: x\ndata:`);
      expect(codesOf(text)).not.toContain('sops-regex-invalid');
    },
  );

  it('fails if Go refuses it', () => {
    expect(codesOf(encrypted().replace(/encrypted_regex: .*/, 'encrypted_regex: (?=a)'))).toEqual([
      'sops-regex-invalid',
    ]);
  });

  it('finds many values in plain text, each with its line, in one look at the lines', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}: x\n`);
    const text = encrypted().replace(/^( +)(?=a: ENC)/m, (pad) => `${pad}${keys.join(pad)}${pad}`);
    const { length } = codesOf(text).filter((code) => code === 'sops-plaintext-leaked');
    expect(length).toBe(20_000);
  });
});
