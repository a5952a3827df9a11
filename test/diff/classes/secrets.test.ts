import type { Decryptor } from '../../../lib/diff/classifier';
import { claimOf, claimsOf, itClassifies, manifest, type Case } from '../cases';

const secret = manifest('v1', 'Secret');
const config = manifest('v1', 'ConfigMap');
const release = manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString('base64');
/** A ciphertext of a value of some length, with its own nonce. */
const enc = (nonce: string, length = 4, type = 'str') =>
  `ENC[AES256_GCM,data:${base64('x'.repeat(length))},iv:${base64(nonce.padEnd(32))},tag:${base64('t'.repeat(16))},type:${type}]`;
const sops = (modified: string, ...recipients: readonly string[]) =>
  `sops: { lastmodified: "${modified}", mac: "ENC[${modified}]", age: [${recipients.map((id) => `{ recipient: ${id}, enc: x }`).join(', ')}] }`;
const encrypted = (a: string, b: string, block = sops('1', 'age1x')) =>
  secret(`data: { a: "${a}", b: "${b}" }\n${block}`);
const classesOf = (change: Case) => claimsOf(change).map((claim) => claim.class);

describe('secrets', () => {
  itClassifies('secret-changed', {
    belong: [
      ['an entry in plain text', secret('data: { a: eA== }'), secret('data: { a: eQ== }')],
      ['an entry more', secret('stringData: { a: x }'), secret('stringData: { a: x, b: y }')],
      ['an entry less', secret('data: { a: eA== }'), secret('type: Opaque')],
      [
        'an encrypted entry',
        encrypted(enc('1'), enc('2')),
        encrypted(enc('1'), enc('3'), sops('2', 'age1x')),
      ],
      [
        'an encrypted value of another kind',
        release(`spec: { values: { a: "${enc('1')}" } }\n${sops('1')}`),
        release(`spec: { values: { a: "${enc('2')}" } }\n${sops('2')}`),
      ],
    ],
    others: [
      ['a label', secret('data: { a: eA== }'), secret('data: { a: eA== }', 'labels: { a: b }')],
      ['a ConfigMap', config('data: { a: x }'), config('data: { a: y }')],
      [
        'whom it is encrypted for',
        encrypted(enc('1'), enc('2')),
        encrypted(enc('1'), enc('2'), sops('2', 'age1y')),
      ],
      [
        'plain values beside encrypted ones',
        release(`spec: { interval: 1h, values: { a: "${enc('1')}" } }\n${sops('1')}`),
        release(`spec: { interval: 2h, values: { a: "${enc('1')}" } }\n${sops('1')}`),
      ],
    ],
  });

  it('are named, and no value is shown', () => {
    const change: Case = [
      '',
      secret('data: { a: b2xkLXNlY3JldA==, b: eA== }'),
      secret('data: { a: bmV3LXNlY3JldA==, b: eA== }'),
    ];
    const [claim] = claimsOf(change);
    expect(claim?.message).toBe('the secret value of data.a changes');
    expect(claim?.fields).toEqual([{ path: 'data.a' }]);
    expect(JSON.stringify(claimsOf(change))).not.toMatch(/b2xk|bmV3|old-secret|new-secret/);
  });

  it('are not reported if an entry moves from data to stringData', () => {
    expect(claimsOf(['', secret('data: { a: eA== }'), secret('stringData: { a: x }')])).toEqual([]);
  });

  it('are not reported if only the metadata of sops changes', () => {
    const again = encrypted(enc('1'), enc('2'), sops('2', 'age1x'));
    expect(claimsOf(['', encrypted(enc('1'), enc('2')), again])).toEqual([]);
  });

  it.each([
    ['an entry keeps its ciphertext', encrypted(enc('1'), enc('3'))],
    ['a value has another length', encrypted(enc('3', 5), enc('4'))],
    ['a value has another type', encrypted(enc('3', 4, 'int'), enc('4'))],
    [
      'an entry is new',
      secret(`data: { a: "${enc('3')}", b: "${enc('4')}", c: "${enc('5')}" }\n${sops('1')}`),
    ],
  ])('certainly change if %s', (_, after) => {
    const found = claimOf('secret-changed', ['', encrypted(enc('1'), enc('2')), after]);
    expect(found?.message).toMatch(/^the secret value of \S+ changes$/);
  });

  it('may be encrypted again if all ciphertexts are new', () => {
    const found = claimOf('secret-changed', [
      '',
      encrypted(enc('1'), enc('2')),
      encrypted(enc('3'), enc('4')),
    ]);
    expect(found?.message).toContain('encrypted again');
  });

  it('are distinguished if one certainly changes and another may be encrypted again', () => {
    const after = encrypted(enc('3', 5), enc('4'));
    const found = claimsOf(['', encrypted(enc('1'), enc('2')), after]);
    expect(found.map(({ message }) => message)).toEqual([
      'the secret value of data.a changes',
      expect.stringMatching(/^the secret value of data\.b may change/),
    ]);
  });

  it('may be sealed again in a SealedSecret', () => {
    const sealed = (value: string) =>
      manifest(
        'bitnami.com/v1alpha1',
        'SealedSecret',
      )(`spec: { encryptedData: { a: ${value} }, template: { type: Opaque } }`);
    const [claim, ...others] = claimsOf(['', sealed('AgBone'), sealed('AgBtwo')]);
    expect(others).toEqual([]);
    expect(claim).toMatchObject({ class: 'secret-changed', fields: [{ path: 'spec.encryptedData.a' }] });
    expect(claim?.message).toContain('encrypted again');
    expect(JSON.stringify(claim)).not.toContain('AgB');
  });

  it('name who can now decrypt them, and who no longer can', () => {
    const after = encrypted(enc('1'), enc('2'), sops('2', 'age1y'));
    const [claim, ...others] = claimsOf(['', encrypted(enc('1'), enc('2')), after]);
    expect(others).toEqual([]);
    expect(claim).toMatchObject({
      class: 'recipients-changed',
      message: 'age1y can now decrypt it, and age1x can no longer decrypt it',
      fields: [{ path: 'sops' }],
    });
    expect(claim?.hint).toContain('change the values too');
  });

  it('include recipients in groups of keys, whatever their kind', () => {
    const groups = (arn: string) =>
      `sops: { mac: "ENC[x]", key_groups: [{ kms: [{ arn: "${arn}", enc: x }] }, { pgp: [{ fp: AB, enc: x }] }] }`;
    const change: Case = [
      '',
      encrypted(enc('1'), enc('2'), groups('arn:a')),
      encrypted(enc('1'), enc('2'), groups('arn:b')),
    ];
    expect(claimOf('recipients-changed', change)?.message).toContain('arn:b can now decrypt');
  });

  it('are reported for both changed values and recipients', () => {
    const change: Case = [
      '',
      encrypted(enc('1'), enc('2')),
      encrypted(enc('1'), enc('3'), sops('2', 'age1x', 'age1y')),
    ];
    expect(classesOf(change)).toEqual(['secret-changed', 'recipients-changed']);
  });

  it('are not refused by an immutable Secret if they may be encrypted again', () => {
    const immutable = (nonce: string) => `${encrypted(enc(nonce), enc(`${nonce}0`))}\nimmutable: true`;
    expect(classesOf(['', immutable('1'), immutable('2')])).toEqual(['secret-changed']);
  });

  describe('with a key', () => {
    /** Decrypts the ciphertexts in a table. */
    const opening =
      (texts: Readonly<Record<string, string>>): Decryptor =>
      () =>
        new Map(Object.entries(texts).map(([nonce, text]) => [enc(nonce), text]));

    it('are not reported if they are only encrypted again', () => {
      const decrypt = opening({ 1: 'eA==', 2: 'eQ==', 3: 'eA==', 4: 'eQ==' });
      expect(
        claimsOf(['', encrypted(enc('1'), enc('2')), encrypted(enc('3'), enc('4'))], { decrypt }),
      ).toEqual([]);
    });

    it('are reported if they differ', () => {
      const decrypt = opening({ 1: 'eA==', 2: 'eQ==', 3: 'eA==', 4: 'eg==' });
      const [claim] = claimsOf(['', encrypted(enc('1'), enc('2')), encrypted(enc('3'), enc('4'))], {
        decrypt,
      });
      expect(claim).toMatchObject({
        message: 'the secret value of data.b changes',
        fields: [{ path: 'data.b' }],
      });
      expect(JSON.stringify(claim)).not.toMatch(/eQ==|eg==/);
    });

    it('are compared with those in plain text', () => {
      const decrypt = opening({ 1: 'eA==' });
      const after = secret(`data: { a: "${enc('1')}" }\n${sops('1')}`);
      expect(claimsOf(['', secret('stringData: { a: x }'), after], { decrypt })).toEqual([]);
      expect(
        claimOf('secret-changed', ['', secret('stringData: { a: y }'), after], { decrypt }),
      ).toBeDefined();
    });

    it('may be encrypted again if there is no key', () => {
      const found = claimOf(
        'secret-changed',
        ['', encrypted(enc('1'), enc('2')), encrypted(enc('3'), enc('4'))],
        {
          decrypt: () => undefined,
        },
      );
      expect(found?.message).toContain('encrypted again');
    });
  });
});
