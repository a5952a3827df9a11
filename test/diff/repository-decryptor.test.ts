import { compareRepositories } from '../../lib/diff/compare-repositories';
import { repositoryDecryptor } from '../../lib/diff/repository-decryptor';
import { PrivateKeys } from '../../lib/sops/keys/private-keys';
import { fixture, privateKeys } from '../sops/fixtures';
import { changesOf, sideOf } from './pair-of-trees';

const secret = (name: string) => fixture(`encrypted/${name}.yaml`);
/** The diff of a secret that changes to another. */
function diffFor(before: string, after: string, keys: () => PrivateKeys) {
  const [base, head] = [before, after].map((text) => sideOf('', { 'clusters/prod/secret.yaml': text }));
  if (!base || !head) throw new Error('two sides are needed');
  const decrypt = repositoryDecryptor([base.report.seen, head.report.seen], keys);
  return compareRepositories(base, head, { decrypt });
}

/** The changes of it. */
function compare(before: string, after: string, keys: () => PrivateKeys) {
  return changesOf(diffFor(before, after, keys));
}

describe('comparing secrets with a key', () => {
  it.each([
    ['age', 'simple.age-1', 'simple.age-1-and-2', privateKeys('age-1')],
    ['PGP', 'simple.pgp-rsa', 'simple.age-1-and-pgp-rsa', privateKeys('pgp-rsa')],
    ['several keys', 'simple.age-1', 'simple.pgp-rsa', privateKeys('age-1', 'pgp-rsa')],
  ])('finds by %s that only the recipients changed', (_, before, after, keys) => {
    const changes = compare(secret(before), secret(after), () => keys);
    expect(changes.map((change) => change.class)).toEqual(['recipients-changed']);
  });

  it.each([
    ['no key is here', PrivateKeys.none],
    ['the key is another', privateKeys('age-2')],
  ])('cannot tell if %s', (_, keys) => {
    const changes = compare(secret('simple.age-1'), secret('simple.pgp-rsa'), () => keys);
    expect(changes.map((change) => change.class)).toEqual(['secret-changed', 'recipients-changed']);
    expect(changes[0]?.message).toContain('encrypted again');
  });

  it('lists as not compared only what no key can decrypt', () => {
    const uncompared = (keys: PrivateKeys) =>
      diffFor(secret('simple.age-1'), secret('simple.pgp-rsa'), () => keys).uncompared;
    expect(uncompared(PrivateKeys.none)).toEqual([
      expect.objectContaining({ reason: 'secret', detail: 'stringData.SECRET' }),
    ]);
    expect(uncompared(privateKeys('age-1', 'pgp-rsa'))).toEqual([]);
  });

  it('names the values that differ, and shows none', () => {
    const changed = fixture('plain/simple.yaml').replace('top-secret-data', 'wholly-other');
    const changes = compare(secret('simple.age-1'), changed, () => privateKeys('age-1'));
    expect(changes.map((change) => change.message)).toEqual([
      'the secret value of stringData.SECRET changes',
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/top-secret-data|wholly-other/);
  });

  it('compares damaged values as they are', () => {
    const damaged = secret('simple.age-1').replace(
      /(data:)(.)/,
      (_, key: string, char: string) => key + (char === 'A' ? 'B' : 'A'),
    );
    const changes = compare(secret('simple.age-1-and-2'), damaged, () => privateKeys('age-1'));
    expect(changes.map((change) => change.class)).toContain('secret-changed');
  });

  it('looks for no key if nothing encrypted changed', () => {
    const find = jest.fn(() => PrivateKeys.none);
    expect(compare(secret('simple.age-1'), secret('simple.age-1'), find)).toEqual([]);
    compare(
      secret('simple.age-1'),
      `${secret('simple.age-1')}---\n{ apiVersion: v1, kind: ConfigMap, metadata: { name: a } }\n`,
      find,
    );
    expect(find).not.toHaveBeenCalled();
  });
});
