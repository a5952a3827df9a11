import { parseDocuments } from '../../../lib/yaml/parse';
import { decryptEnvelope, type DecryptedLeaf } from '../../../lib/sops/envelope/decrypt-envelope';
import type { Envelope } from '../../../lib/sops/envelope/envelope';
import { openDataKey } from '../../../lib/sops/keys/data-key';
import { runKeyTasks, type KeyTask } from '../../../lib/sops/keys/key-task';
import type { PrivateKeys } from '../../../lib/sops/keys/private-keys';
import { envelope, fixture, privateKeys } from '../fixtures';

function* decryptTask(file: Envelope, keys: PrivateKeys): KeyTask<DecryptedLeaf[] | undefined> {
  const dataKey = yield* openDataKey(file, keys);
  return dataKey && decryptEnvelope(file, dataKey);
}

function decrypt(file: Envelope, keys: PrivateKeys): DecryptedLeaf[] | undefined {
  return runKeyTasks([decryptTask(file, keys)], keys)[0];
}

function byLabel(leaves: DecryptedLeaf[] | undefined): Record<string, string> {
  return Object.fromEntries((leaves ?? []).map(({ leaf, plain }) => [leaf.label, plain.toString('utf8')]));
}

describe('files of the real sops', () => {
  it.each([
    ['simple.age-1', privateKeys('age-1')],
    ['simple.age-1-and-2', privateKeys('age-1')],
    ['simple.age-1-and-2', privateKeys('age-2')],
    ['simple.age-1-and-pgp-rsa', privateKeys('age-1')],
    ['simple.age-1-and-pgp-rsa', privateKeys('pgp-rsa')],
    ['simple.pgp-rsa', privateKeys('pgp-rsa')],
    ['simple.pgp-cv25519', privateKeys('pgp-cv25519')],
    ['simple.shamir-2-of-3', privateKeys('age-1', 'age-2')],
    ['simple.shamir-2-of-3', privateKeys('age-1', 'pgp-rsa')],
    ['simple.shamir-2-of-3', privateKeys('age-2', 'pgp-rsa')],
    ['simple.shamir-2-of-3', privateKeys('age-1', 'age-2', 'pgp-rsa')],
  ])('%s is decrypted with %s', (name, keys) => {
    expect(byLabel(decrypt(envelope(name), keys))).toMatchObject({ 'stringData.SECRET': 'top-secret-data' });
  });

  it.each(['many.age-1', 'many.age-1.mac-only-encrypted'])(
    '%s has the values that were encrypted',
    (name) => {
      const plain = parseDocuments(fixture('plain/many.yaml'), 'many.yaml')[0]?.value as Record<
        string,
        object
      >;
      const expected = Object.fromEntries(
        ['data', 'stringData'].flatMap((section) =>
          Object.entries(plain[section] ?? {}).map(([key, value]) => [`${section}.${key}`, String(value)]),
        ),
      );
      expect(Object.keys(expected)).toHaveLength(8);
      expect(byLabel(decrypt(envelope(name), privateKeys('age-1')))).toMatchObject(expected);
    },
  );

  it('keep the types of their values', () => {
    const leaves = decrypt(envelope('typed-values.age-1'), privateKeys('age-1')) ?? [];
    const typed = leaves
      .filter(({ encrypted }) => encrypted)
      .map(({ leaf, type, plain }) => [leaf.label, type, String(plain)]);
    expect(typed).toEqual([
      ['data.int', 'int', '42'],
      ['data.float', 'float', '1.5'],
      ['data.bool', 'bool', 'True'],
      ['data.list[0]', 'str', 'a'],
      ['data.list[1]', 'int', '2'],
      ['data.list[2].nested', 'str', 'value'],
    ]);
  });

  it.each([
    ['simple.age-1', privateKeys('age-2')],
    ['simple.age-1', privateKeys('pgp-rsa')],
    ['simple.pgp-rsa', privateKeys('pgp-cv25519')],
    ['simple.shamir-2-of-3', privateKeys('age-1')],
    ['simple.shamir-2-of-3', privateKeys()],
  ])('%s cannot be decrypted with %s', (name, keys) => {
    expect(decrypt(envelope(name), keys)).toBeUndefined();
  });

  it('fails for a value that was changed', () => {
    expect(() => decrypt(envelope('tampered-value.age-1'), privateKeys('age-1'))).toThrow(
      /sops-tampered at tampered-value\.age-1\.yaml:8\n {2}stringData\.SECRET: .* changed, moved or renamed/,
    );
  });

  it('fails for an entry that was removed', () => {
    expect(() => decrypt(envelope('tampered-mac.age-1'), privateKeys('age-1'))).toThrow(
      /sops-tampered[^]*does not match its MAC/,
    );
  });
});
