import {
  decryptionMissing,
  decrypts,
  isEncryptedObject,
  undecryptedMessage,
} from '../../lib/sops/decryption-guard';
import { typedEntries } from '../../lib/sops/typed-entries';

const zeros = (bytes: number): string => Buffer.alloc(bytes).toString('base64');
const encrypted = (type: string): string =>
  `ENC[AES256_GCM,data:AAAA,iv:${zeros(32)},tag:${zeros(16)},type:${type}]`;

describe('an encrypted object', () => {
  it.each<[unknown, boolean]>([
    [{ mac: 'x' }, true],
    [{ mac: undefined }, true],
    [{}, false],
    [null, false],
    ['mac', false],
    [undefined, false],
  ])('is one with sops: %j', (sops, expected) => {
    expect(isEncryptedObject({ kind: 'Secret', sops } as never)).toBe(expected);
  });

  it.each<[unknown, boolean]>([
    [{ decryption: { provider: 'sops' } }, true],
    [{ decryption: null }, true],
    [{ prune: true }, false],
    [null, false],
    [undefined, false],
  ])('is decrypted by a Kustomization with spec: %j', (spec, expected) => {
    expect(decrypts({ kind: 'Kustomization', spec } as never)).toBe(expected);
  });

  it('that nobody decrypts is reported with the number of others', () => {
    const object = { kind: 'Secret', name: 'db', namespace: 'default' } as never;
    const start = 'Kustomization "flux-system/apps" has no spec.decryption, and applies Secret "db"';
    expect(undecryptedMessage('flux-system/apps', object, 0)).toMatch(`${start}, encrypted with SOPS`);
    expect(undecryptedMessage('flux-system/apps', object, 1)).toMatch(`${start} and 1 more, encrypted`);
    const unknown = { kind: 'ENC[AES256_GCM,data:a]', name: 'db' } as never;
    expect(undecryptedMessage('flux-system/apps', unknown, 0)).toContain('an object with an encrypted kind,');
    const found = decryptionMissing({
      object,
      kustomization: 'flux-system/apps',
      locations: [{ file: 'a.yaml' }],
      hint: 'decrypt it',
    });
    expect(found).toMatchObject({
      code: 'decryption-missing',
      message: undecryptedMessage('flux-system/apps', object, 0),
      hint: 'decrypt it',
      locations: [{ file: 'a.yaml' }],
    });
  });
});

describe('an entry of an encrypted Secret', () => {
  it.each([
    ['str', false],
    ['bytes', false],
    ['int', true],
    ['float', true],
    ['bool', true],
    ['comment', true],
    ['other', false],
  ])('of type %s is refused by the API server: %s', (type, expected) => {
    for (const section of ['data', 'stringData']) {
      const found = typedEntries({ kind: 'Secret', [section]: { pin: encrypted(type) } } as never);
      expect(found.map(({ path }) => path)).toEqual(expected ? [[section, 'pin']] : []);
      for (const { message } of found) expect(message).toContain(`is encrypted with type:${type};`);
    }
    const inMap = typedEntries({ kind: 'ConfigMap', data: { pin: encrypted(type) } } as never);
    expect(inMap.map(({ path }) => path)).toEqual(expected ? [['data', 'pin']] : []);
    for (const { message } of inMap) expect(message).toContain('(type:str) in a ConfigMap');
  });

  it.each([
    ['another kind', { kind: 'Widget', data: { pin: encrypted('int') } }],
    ['another field of a ConfigMap', { kind: 'ConfigMap', stringData: { pin: encrypted('int') } }],
    ['another field', { kind: 'Secret', other: { pin: encrypted('int') } }],
    ['a plain text', { kind: 'Secret', data: { pin: 'x' } }],
    ['a number', { kind: 'Secret', data: { pin: 1, none: null, list: [encrypted('int')] } }],
    ['no entries', { kind: 'Secret', data: null }],
  ])('is none of %s', (_, object) => {
    expect(typedEntries(object as never)).toEqual([]);
  });
});
