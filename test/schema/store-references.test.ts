import { validateObject } from '../../lib/schema/validate-object';

const store = (provider: object, kind = 'SecretStore', namespace = 'team') => ({
  apiVersion: 'external-secrets.io/v1',
  kind,
  metadata: { name: 'store', ...(namespace !== '' && { namespace }) },
  spec: { provider },
});
const account = (namespace?: string) => ({
  auth: { jwt: { serviceAccountRef: { name: 'reader', namespace } } },
});
const fieldsOf = (object: object, substitutions = false) =>
  validateObject(object, { substitutions }).map(({ field, severity }) => `${severity} ${field}`);

describe('a SecretStore', () => {
  it.each([
    [{ aws: account('other') }, 'spec.provider.aws.auth.jwt.serviceAccountRef.namespace'],
    [
      {
        vault: { namespace: 'admin', auth: { tokenSecretRef: { name: 'a', key: 'b', namespace: 'other' } } },
      },
      'spec.provider.vault.auth.tokenSecretRef.namespace',
    ],
    [
      { kubernetes: { auth: { serviceAccount: { name: 'a', namespace: 'other' } } } },
      'spec.provider.kubernetes.auth.serviceAccount.namespace',
    ],
  ])('uses nothing of another namespace: %j', (provider, field) => {
    expect(fieldsOf(store(provider))).toEqual([`warning ${field}`]);
    expect(validateObject(store(provider))[0]).toMatchObject({
      message: expect.stringContaining('its own namespace, "team"'),
      hint: 'remove the namespace, or use a ClusterSecretStore',
    });
  });

  it.each<[string, object]>([
    ['its own namespace', store({ aws: account('team') })],
    ['no namespace', store({ aws: account() })],
    ['a namespace of the provider', store({ vault: { namespace: 'admin', server: 'https://a.b' } })],
    ['another name in a reference', store({ aws: { region: { ref: { namespace: 'x' } } } })],
    ['no namespace of its own', store({ aws: account('other') }, 'SecretStore', '')],
    ['the whole cluster', store({ aws: account('other') }, 'ClusterSecretStore')],
    ['another group', { ...store({ aws: account('other') }), apiVersion: 'acme.io/v1' }],
    ['anything', { ...store({}), spec: 'x' }],
  ])('may have %s', (_, object) => {
    expect(fieldsOf(object)).toEqual([]);
  });

  it('may have variables, and be very deep', () => {
    expect(fieldsOf(store({ aws: account('${NAMESPACE}') }), true)).toEqual([]);
    expect(fieldsOf(store({ aws: account('other') }, 'SecretStore', '${NAMESPACE}'), true)).toEqual([]);
    let deep: object = {};
    for (let index = 0; index < 100_000; index++) deep = { deep };
    expect(fieldsOf(store(deep))).toEqual([]);
  });
});
