import { findPlaintextSecrets } from '../../lib/sops/plaintext-guard';

function secretFields(data: object, stringData: object = {}): (string | undefined)[] {
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data, stringData };
  return findPlaintextSecrets(object).map(({ field }) => field);
}

function valueFields(values: object): (string | undefined)[] {
  const object = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', spec: { values } };
  return findPlaintextSecrets(object).map(({ field }) => field);
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('findPlaintextSecrets', () => {
  it('finds the entries of a Secret', () => {
    expect(secretFields({ key: base64('hunter2') }, { token: 'abc' })).toEqual([
      'data.key',
      'stringData.token',
    ]);
  });

  it('leaves what is encrypted, a variable or a placeholder', () => {
    expect(secretFields({ a: base64('changeme'), b: '', c: 'ENC[AES256_GCM,data:x]' })).toEqual([]);
    expect(secretFields({}, { a: '${PASSWORD}', b: '<your token>', c: 'REDACTED' })).toEqual([]);
  });

  it('finds credentials among the values of a HelmRelease', () => {
    expect(valueFields({ auth: { password: 'hunter2' } })).toEqual(['spec.values.auth.password']);
    expect(valueFields({ oauth: { clientSecret: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6' } })).toEqual([
      'spec.values.oauth.clientSecret',
    ]);
  });

  it.each([
    ['the name of a Secret', { githubConfigSecret: 'github-app-2', pullSecret: 'ns/key' }],
    ['an environment variable', { password: '$DB_PASSWORD', token: '$__env{TOKEN}', apiKey: '$(KEY)' }],
    ['a reference to a store', { password: 'op://vault/item/field', token: 'vault:secret/data#token' }],
    ['a template', { password: '{{ .Values.password }}' }],
    ['an existing Secret', { existingSecret: 'database', secretName: 'database' }],
  ])('leaves %s', (_, values) => {
    expect(valueFields(values)).toEqual([]);
  });
});
