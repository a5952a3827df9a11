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

  it('leaves certificates, names of users and hosts', () => {
    const certificate = base64('-----BEGIN CERTIFICATE-----\nabc');
    expect(
      secretFields({ 'ca.crt': certificate }, { username: 'admin', known_hosts: 'a ssh-ed25519 b' }),
    ).toEqual([]);
    expect(secretFields({ 'tls.key': base64('-----BEGIN PRIVATE KEY-----\nabc') })).toEqual(['data.tls.key']);
  });

  it('finds credentials among the values of a HelmRelease', () => {
    expect(valueFields({ auth: { password: 'hunter2' } })).toEqual(['spec.values.auth.password']);
    expect(valueFields({ oauth: { clientSecret: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6' } })).toEqual([
      'spec.values.oauth.clientSecret',
    ]);
  });

  it.each([
    ['digits without quotes', { adminPassword: 5550001 }, 'adminPassword'],
    [
      'an environment variable of a container',
      { env: [{ name: 'DB_PASSWORD', value: 'x1' }] },
      'env[0].value',
    ],
    ['a password in a URL', { database: 'postgres://shop:hunter2@db:5432/shop' }, 'database'],
    ['a private key', { tls: '-----BEGIN EC PRIVATE KEY-----\nMHc...' }, 'tls'],
    ['an argument', { args: ['--verbose', 'redis://:hunter2@redis'] }, 'args[1]'],
    ['a key beside the names of others', { keyRefs: { password: 'pw' }, password: 'pw' }, 'password'],
    ['a token by its form', { git: `ghp_${'a1B2'.repeat(9)}` }, 'git'],
  ])('finds %s', (_, values, field) => {
    expect(valueFields(values)).toEqual([`spec.values.${field}`]);
  });

  it('finds digits without quotes in a Secret', () => {
    expect(secretFields({}, { PIN: 987654321 })).toEqual(['stringData.PIN']);
  });

  it('says no value in any finding', () => {
    const values = { password: 'hunter2', url: 'https://me:hunter2@example.com' };
    const object = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', spec: { values } };
    expect(findPlaintextSecrets(object)).toHaveLength(2);
    expect(JSON.stringify(findPlaintextSecrets(object))).not.toContain('hunter2');
  });

  it.each([
    ['a URL without a password', { url: 'https://user@example.com', other: 'redis://:$PASSWORD@redis' }],
    ['the name of a Secret', { githubConfigSecret: 'github-app-2', pullSecret: 'ns/key' }],
    ['an environment variable', { password: '$DB_PASSWORD', token: '$__env{TOKEN}', apiKey: '$(KEY)' }],
    ['a reference to a store', { password: 'op://vault/item/field', token: 'vault:secret/data#token' }],
    ['a template', { password: '{{ .Values.password }}' }],
    ['references', { secretKeys: { password: 'pw' }, existing: { passwordRef: { token: 'abcDEF123' } } }],
    ['annotations', { podAnnotations: { 'example.com/token': 'abcDEF123' } }],
    ['an existing Secret', { existingSecret: 'database', secretName: 'database' }],
  ])('leaves %s', (_, values) => {
    expect(valueFields(values)).toEqual([]);
  });
});
