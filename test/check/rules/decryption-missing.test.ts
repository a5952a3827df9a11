import { fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, type Files } from '../small-repositories';

const mac = 'sops: { mac: "ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]", version: 3.10.2 }';
const secret = (name: string, ...more: readonly string[]) => object('v1', 'Secret', name, 'default', ...more);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const told = (applied: string, ...spec: readonly string[]) =>
  lines('decryption-missing', {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
    'apps/all.yaml': applied,
  } satisfies Files);

describe('decryption-missing', () => {
  const bytes = (count: number) => Buffer.alloc(count, 'x').toString('base64');
  const value = `ENC[AES256_GCM,data:${bytes(3)},iv:${bytes(32)},tag:${bytes(16)},type:str]`;

  it.each([
    ['one object', secret('a', mac), 'Secret "a", encrypted'],
    ['two', secret('a', mac) + secret('b', mac), 'Secret "a" and 1 more, encrypted'],
    [
      'three among others',
      secret('plain') + secret('a', mac) + secret('b', mac) + object('v1', 'ConfigMap', 'c', 'default', mac),
      'Secret "a" and 2 more, encrypted',
    ],
  ])('names %s', (_, applied, words) => {
    const first = applied.startsWith(secret('plain')) ? 6 : 2;
    expect(told(applied)).toEqual([
      line(
        `error at clusters/prod/apps.yaml:7, apps/all.yaml:${first} (Kustomization apps spec.decryption)`,
        words,
        '=> add spec.decryption',
      ),
    ]);
  });

  it('does not name an object by the ciphertext of its kind and name', () => {
    const cipher = '"ENC[AES256_GCM,data:eA==,iv:x,tag:x,type:str]"';
    const [text] = told(object(cipher, cipher, cipher, undefined, mac) + secret('a', mac));
    expect(text).toContain('applies an object with an encrypted kind and 1 more, encrypted with SOPS');
  });

  it('reports encrypted values in a Secret without metadata, decrypted or not', () => {
    const lost = (section: string, kind = 'Secret') =>
      object('v1', kind, 's', 'default', `${section}: { user: a, token: "${value}" }`);
    const message = line(
      'error at apps/all.yaml:',
      '(Secret s stringData.token) the value is encrypted, but Secret "s" has no field "sops", so Flux never decrypts it',
      '=> encrypt the file again',
    );
    expect(told(lost('stringData'), 'decryption: { provider: sops }')).toEqual([message]);
    expect(told(lost('stringData'))).toEqual([message]);
    expect(told(lost('data'), 'decryption: { provider: sops }')).toEqual([line('(Secret s data.token)')]);
    const list = `apiVersion: v1\nkind: List\nitems: [${JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' }, stringData: { token: value } })}]\n${mac}\n`;
    expect(told(list, 'decryption: { provider: sops }')).toEqual([message]);
  });

  it.each([
    ['metadata', secret('s', `stringData: { token: "${value}" }`, mac)],
    ['a text like a value', secret('s', 'stringData: { token: "ENC[AES256_GCM,data:x]" }')],
    ['another kind', object('v1', 'ConfigMap', 's', 'default', `data: { token: "${value}" }`)],
    ['another group', object('x/v1', 'Secret', 's', 'default', `data: { token: "${value}" }`)],
    ['another field', secret('s', `type: "${value}"`)],
  ])('does not miss the metadata of %s', (_, applied) => {
    expect(told(applied, 'decryption: { provider: sops }')).toEqual([]);
  });

  const keysOf = (...keys: readonly string[]) => mac.replace('mac:', `${keys.join(', ')}, mac:`);
  const pgp = 'pgp: [{ fp: ABC, enc: x }]';

  it('reports encryption for PGP keys only, if the Kustomization names no Secret with the key', () => {
    const applied = secret('a', keysOf(pgp, 'age: []')) + secret('b', mac) + secret('c', keysOf(pgp));
    expect(told(applied, 'decryption: { provider: sops }')).toEqual([
      line(
        'error at clusters/prod/apps.yaml:14, apps/all.yaml:2 (Kustomization apps spec.decryption)',
        'has no spec.decryption.secretRef',
        'Secret "a" and 1 more, encrypted with SOPS for PGP keys only',
        '=> name the Secret with the private key',
      ),
    ]);
    expect(told(applied, 'decryption: { provider: sops, secretRef: { name: gpg } }')).toEqual([]);
  });

  it.each(['age', 'azure_kv', 'gcp_kms', 'hc_vault', 'hckms', 'key_groups', 'kms'])(
    'accepts that the controller may have a key of the list %s',
    (list) => {
      const applied = secret('a', keysOf(pgp, `${list}: [{ enc: x }]`));
      expect(told(applied, 'decryption: { provider: sops }')).toEqual([]);
    },
  );

  it('accepts a Kustomization that decrypts, and one without encrypted objects', () => {
    expect(told(secret('a', mac), 'decryption: { provider: sops }')).toEqual([]);
    expect(told(secret('a'))).toEqual([]);
  });

  it.each([
    [
      'encrypted text of a Secret',
      secret('a', `data: { k: ${base64('{"data": "ENC[AES256_GCM,data:x]"}')} }`),
      1,
    ],
    ['one of several', secret('a', `data: { j: ${base64('x')}, k: ${base64('ENC[AES256_GCM,data:x]')} }`), 1],
    ['other text of a Secret', secret('a', `data: { k: ${base64('ENC[PGP,data:x]')} }`), 0],
    ['a number', secret('a', 'data: { k: 5 }'), 0],
    ['no data', secret('a', 'stringData: { k: v }'), 0],
    [
      'the same in a ConfigMap',
      object('v1', 'ConfigMap', 'a', 'default', `data: { k: ${base64('ENC[AES256_GCM,x')} }`),
      0,
    ],
    [
      'the same in a Secret of another group',
      object('acme.io/v1', 'Secret', 'a', 'default', `data: { k: ${base64('ENC[AES256_GCM,x')} }`),
      0,
    ],
    ['a field "sops" without a MAC', secret('a', 'sops: { version: 1 }'), 0],
    ['no map in the field "sops"', secret('a', 'sops: mac'), 0],
  ])('looks into %s', (_, applied, expected) => {
    expect(told(applied)).toHaveLength(expected);
  });
});
