import { readEnvelope } from '../../lib/sops/envelope/envelope';
import { PrivateKeys } from '../../lib/sops/keys/private-keys';
import { readRecipients } from '../../lib/sops/keys/recipients';
import { reconcileSecret } from '../../lib/sops/reconcile/reconcile-secret';
import { findSharedValues, type ComparedFile } from '../../lib/secrets/shared-values';
import { readersByFile } from '../../lib/secrets/readers';
import { configMap, fluxKustomization, graphOf } from '../graph/tree-of';
import { ageRecipient, privateKeys } from '../sops/fixtures';

const recipients = readRecipients({ age: [ageRecipient('age-1')] }).recipients;

/** An encrypted Secret of an environment. */
function file(
  environment: string,
  values: Readonly<Record<string, string>>,
  name = environment,
): ComparedFile {
  const path = `${name}/secret.yaml`;
  const entries = new Map(
    Object.entries(values).map(([entry, value]) => [
      entry,
      { kind: 'value' as const, bytes: Buffer.from(value) },
    ]),
  );
  const desired = { metadata: { name: 's' }, entries };
  const { bytes } = reconcileSecret({ file: path, desired, recipients }, { keys: PrivateKeys.none });
  return { documents: [readEnvelope(String(bytes), path)], environment };
}

const found = (files: readonly ComparedFile[], keys = privateKeys('age-1')) =>
  findSharedValues(files, keys).map(({ code, locations }) =>
    [code, ...locations.map((place) => place.file)].join(' '),
  );

describe('a value of two environments', () => {
  it.each([
    ['of eight bytes is found', '12345678', ['secret-value-shared a/secret.yaml b/secret.yaml']],
    ['of seven bytes is a name or a port', '1234567', []],
  ])('%s', (_name, value, expected) => {
    expect(found([file('a', { A: value }), file('b', { B: value })])).toEqual(expected);
  });

  it('is named by its entries, and counted by environments', () => {
    const files = [
      file('a', { A: 'shared-value' }),
      file('b', { A: 'shared-value' }),
      file('c', { B: 'shared-value' }),
    ];
    const [shared] = findSharedValues(files, privateKeys('age-1'));
    expect(shared?.message).toBe('data.A, data.B have the same value in 3 environments');
    expect(JSON.stringify(shared)).not.toContain('shared-value');
  });

  it('is not reported within one environment, among other values, or without the key', () => {
    expect(
      found([file('a', { A: 'shared-value', B: 'shared-value' }), file('a', { A: 'shared-value' }, 'a2')]),
    ).toEqual([]);
    expect(found([file('a', { A: 'value-of-a' }), file('b', { A: 'value-of-b' })])).toEqual([]);
    expect(
      found([file('a', { A: 'shared-value' }), file('b', { A: 'shared-value' })], PrivateKeys.none),
    ).toEqual([]);
  });

  it('is reported although another file was tampered with, which is reported too', () => {
    const bad = file('c', { A: 'shared-value' });
    const text = bad.documents[0]?.text.replace('  A: ', '  Z: ');
    const files = [
      { documents: [readEnvelope(String(text), 'c/secret.yaml')], environment: 'c' },
      file('a', { A: 'shared-value' }),
      file('b', { A: 'shared-value' }),
    ];
    expect(found(files)).toEqual([
      'sops-tampered c/secret.yaml',
      'secret-value-shared a/secret.yaml b/secret.yaml',
    ]);
  });
});

describe('the readers of a file', () => {
  it('are the Kustomizations that apply it, with their keys', () => {
    const decryption = (name: string) => [
      'decryption:',
      '  provider: sops',
      `  secretRef: { name: ${name} }`,
    ];
    const { graph } = graphOf({
      'clusters/prod/a.yaml':
        fluxKustomization('a', './a', decryption('sops-age')) + fluxKustomization('b', './b'),
      'a/map.yaml': configMap('a') + configMap('a2'),
      'b/kustomization.yaml': 'resources: [../a/map.yaml]\n',
    });
    const readers = readersByFile(graph).get('a/map.yaml');
    expect(readers).toEqual([
      { cluster: 'prod', kustomization: 'flux-system/a', decrypts: true, keySecret: 'flux-system/sops-age' },
      { cluster: 'prod', kustomization: 'flux-system/b', decrypts: false },
    ]);
    expect(readersByFile(graph).has('b/kustomization.yaml')).toBe(false);
  });
});
