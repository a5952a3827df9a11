import { findPlaintextSecrets, plainSecretValue } from '../../lib/sops/plaintext-guard';

function secretFields(data: object, stringData: object = {}): (string | undefined)[] {
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data, stringData };
  return findPlaintextSecrets(object).map(({ field }) => field);
}

function valueFields(values: object): (string | undefined)[] {
  const object = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', spec: { values } };
  return findPlaintextSecrets(object).map(({ field }) => field);
}

function configFields(data: object): (string | undefined)[] {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data };
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

  it('says to encrypt a Secret, and to move a value of anything else into one', () => {
    const hints = (object: { kind: string; apiVersion: string }) =>
      findPlaintextSecrets({ ...object, metadata: { name: 's' }, data: { password: 'aHVudGVyMg==' } }).map(
        ({ hint }) => hint,
      );
    expect(hints({ apiVersion: 'v1', kind: 'Secret' })).toEqual([
      expect.stringMatching(/^encrypt the Secret with sops \(in cdk8s code: SopsSecret\);/),
    ]);
    expect(hints({ apiVersion: 'v1', kind: 'ConfigMap' })).toEqual([
      expect.stringMatching(/^move the value into a Secret that is encrypted with sops, and refer to it \(/),
    ]);
  });

  it('ignores encrypted values, variables and placeholders', () => {
    expect(secretFields({ a: base64('changeme'), b: '', c: 'ENC[AES256_GCM,data:x]' })).toEqual([]);
    expect(secretFields({}, { a: '${PASSWORD}', b: '<your token>', c: 'REDACTED' })).toEqual([]);
  });

  it('ignores certificates, names of users and hosts', () => {
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

  it('shows no value in any finding', () => {
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
  ])('ignores %s', (_, values) => {
    expect(valueFields(values)).toEqual([]);
  });
});

describe('findPlaintextSecrets of a workload', () => {
  const pod = (...env: readonly object[]) => ({
    containers: [{ name: 'a', env: [{ name: 'MODE' }, ...env] }],
  });
  const fields = (object: { apiVersion: string; kind: string; spec: object }) =>
    findPlaintextSecrets(object).map(({ field, severity }) => `${severity} ${field}`);
  const password = { name: 'DB_PASSWORD', value: 'hunter2' };

  it.each([
    ['Pod', pod(password), 'spec.'],
    ['Deployment', { template: { spec: pod(password) } }, 'spec.template.spec.'],
    ['Job', { template: { spec: pod(password) } }, 'spec.template.spec.'],
    [
      'CronJob',
      { jobTemplate: { spec: { template: { spec: pod(password) } } } },
      'spec.jobTemplate.spec.template.spec.',
    ],
  ])('finds a variable of a %s, as a warning', (kind, spec, place) => {
    expect(fields({ apiVersion: 'v1', kind, spec })).toEqual([`warning ${place}containers[0].env[1].value`]);
  });

  it('finds a variable of an init container, also by its form', () => {
    const variable = { name: 'DATABASE_URL', value: 'postgres://shop:hunter2@db:5432/shop' };
    const spec = { initContainers: [{ name: 'i', env: [variable] }] };
    expect(fields({ apiVersion: 'v1', kind: 'Pod', spec })).toEqual([
      'warning spec.initContainers[0].env[0].value',
    ]);
  });

  it('may be a variable that a Kustomization substitutes', () => {
    const kustomization = (substitute: unknown) => ({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      spec: { postBuild: { substitute } },
    });
    expect(fields(kustomization({ DB_PASSWORD: 'hunter2secret', SECRET_DOMAIN: 'example.com' }))).toEqual([
      'warning spec.postBuild.substitute.DB_PASSWORD',
    ]);
    expect(fields(kustomization({ DB_PASSWORD: '${OTHER}' }))).toEqual([]);
    expect(fields(kustomization('text'))).toEqual([]);
  });

  it('shows the name of the variable, and not its value', () => {
    const [only] = findPlaintextSecrets({ apiVersion: 'v1', kind: 'Pod', spec: pod(password) });
    expect(only?.message).toContain('"DB_PASSWORD"');
    expect(JSON.stringify(only)).not.toContain('hunter2');
  });

  it.each([
    ['a reference', { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
    ['the path of a file', { name: 'DB_PASSWORD_FILE', value: '/run/secrets/password' }],
    ['another variable', { name: 'DB_PASSWORD', value: '$(PASSWORD)' }],
    ['a variable of Flux', { name: 'DB_PASSWORD', value: '${PASSWORD}' }],
    ['the name of a Secret', { name: 'TOKEN_SECRET_NAME', value: 'api-token' }],
    ['a placeholder', { name: 'API_KEY', value: '<your key>' }],
    ['a user', { name: 'KAFKA_USERNAME', value: 'shop' }],
    ['no value', { name: 'DB_PASSWORD', value: '' }],
  ])('ignores %s', (_, variable) => {
    expect(fields({ apiVersion: 'v1', kind: 'Pod', spec: pod(variable) })).toEqual([]);
  });

  it('ignores other kinds with a field of that name', () => {
    expect(fields({ apiVersion: 'v1', kind: 'PodTemplate', spec: pod(password) })).toEqual([]);
  });
});

describe('findPlaintextSecrets of a ConfigMap', () => {
  it('finds an entry, as a warning', () => {
    const data = { MODE: 'fast', DB_PASSWORD: 'hunter2' };
    const [only, ...others] = findPlaintextSecrets({ apiVersion: 'v1', kind: 'ConfigMap', data });
    expect(only).toMatchObject({ severity: 'warning', field: 'data.DB_PASSWORD' });
    expect(others).toEqual([]);
  });

  it('finds values in a YAML text, and says where', () => {
    const text = 'auth:\n  password: hunter2\n  apiKey: abcDEF123456\nmode: fast\n';
    const [only, ...others] = findPlaintextSecrets({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { 'values.yaml': text },
    });
    expect(only?.field).toBe('data.values.yaml');
    expect(only?.message).toContain('auth.password and 1 more in "values.yaml"');
    expect(JSON.stringify(only)).not.toContain('hunter2');
    expect(others).toEqual([]);
  });

  const pem = (what: string, body: string) => `-----BEGIN ${what}-----\n${body}\n-----END ${what}-----\n`;
  it.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'OPENSSH PRIVATE KEY'])('finds a %s', (what) => {
    expect(configFields({ id: pem(what, 'A'.repeat(64)) })).toEqual(['data.id']);
  });

  it.each([
    ['the tag of a program', { 'configuration.yaml': 'api_key: !env_var API_KEY\npassword: !secret db\n' }],
    ['a template', { 'config.yml': 'password: {{ .Password }}\n{{- if x }}\n' }],
    ['a variable that is filled in', { 'config.yml': 'mqtt:\n  password: "{FRIGATE_MQTT_PASSWORD}"\n' }],
    ['what sops encrypted', { 'values.yaml': 'password: ENC[AES256_GCM,data:x]\nsops:\n  mac: ENC[x]\n' }],
    ['a text of another format', { 'nginx.conf': 'password hunter2;\nsecond line\n' }],
    ['an entry of many lines', { password: 'first\nsecond\n' }],
    ['a private key that is encrypted', { key: pem('ENCRYPTED PRIVATE KEY', 'A'.repeat(64)) }],
    ['a private key that is left out', { key: pem('PRIVATE KEY', '...') }],
    ['a certificate', { key: pem('CERTIFICATE', 'A'.repeat(64)) }],
    ['a script with a private key', { 'a.sh': `#!/bin/sh\n${pem('PRIVATE KEY', 'A'.repeat(64))}` }],
    ['settings', { PASSWORD_MIN_LENGTH: '12', TOKEN_TTL: '3600', SECRET_NAME: 'db' }],
  ])('ignores %s', (_, data) => {
    expect(configFields(data)).toEqual([]);
  });
});

describe('which objects and fields are looked at', () => {
  const password = { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] };

  it.each<[string, object, readonly string[]]>([
    ['a Secret of another group', { apiVersion: 'x/v1', kind: 'Secret', stringData: { password: 'a' } }, []],
    ['a ConfigMap of another group', { apiVersion: 'x/v1', kind: 'ConfigMap', data: { password: 'a' } }, []],
    ['other fields of a Secret', { apiVersion: 'v1', kind: 'Secret', other: { password: 'a' } }, []],
    [
      'both sections of a Secret',
      { apiVersion: 'v1', kind: 'Secret', data: { password: base64('a') }, stringData: { token: 'a' } },
      ['data.password', 'stringData.token'],
    ],
    [
      'an entry whose name says nothing, in a Secret whose name does',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db-password' }, stringData: { value: 'a1' } },
      ['stringData.value'],
    ],
    ...['DaemonSet', 'ReplicaSet', 'StatefulSet'].map((kind): [string, object, readonly string[]] => [
      kind,
      { apiVersion: 'apps/v1', kind, spec: { template: { spec: { containers: [{}, password] } } } },
      ['spec.template.spec.containers[1].env[0].value'],
    ]),
    [
      'a variable with a number',
      { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ env: [{ name: 'PIN', value: 4711 }] }] } },
      ['spec.containers[0].env[0].value'],
    ],
    [
      'a YAML text that is not valid',
      { apiVersion: 'v1', kind: 'ConfigMap', data: { 'a.yaml': 'token: [' } },
      [],
    ],
    [
      'a YAML text with another ending',
      { apiVersion: 'v1', kind: 'ConfigMap', data: { 'a.YML': 'a:\n  - apiKey: aB3dE5gH7jK9' } },
      ['data.a.YML'],
    ],
    [
      'an entry of many lines of another format',
      { apiVersion: 'v1', kind: 'ConfigMap', data: { 'a.txt': 'token: aB3dE5gH7jK9\nb\n' } },
      [],
    ],
  ])('%s', (_, object, fields) => {
    expect(findPlaintextSecrets(object as never).map(({ field }) => field)).toEqual(fields);
  });

  it.each([
    ['one', 'password: hunter2', 'password in "a.yaml" looks like'],
    ['two', 'password: hunter2\napiKey: abcDEF123456', 'password and 1 more in "a.yaml" looks like'],
    ['three', 'pin: 1234\npassword: hunter2\npass: x1', 'pin and 2 more in "a.yaml" looks like'],
  ])('are counted in a text with %s', (_, text, message) => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', data: { 'a.yaml': text } };
    expect(findPlaintextSecrets(object).map((found) => found.message)).toEqual([
      expect.stringContaining(message),
    ]);
  });
});

describe('the value of an entry that must not be shown', () => {
  it.each([
    ['a', 'stringData', 'hunter2', 'hunter2'],
    ['a', 'data', base64(' hunter2\n'), 'hunter2'],
    ['a', 'stringData', 4711, '4711'],
    ['a', 'stringData', 12345678901234567890n, '12345678901234567890'],
    ['user', 'stringData', 'a setting', 'a setting'],
    ['username', 'stringData', 'admin', undefined],
    ['known_hosts', 'stringData', 'a ssh-rsa b', undefined],
    ['type', 'stringData', 'git', undefined],
    ['a', 'stringData', 'changeme', undefined],
    ['a', 'stringData', 'true', undefined],
    ['a', 'stringData', 'truer', 'truer'],
    ['a', 'stringData', '-----BEGIN CERTIFICATE-----\nMII', undefined],
    ['a', 'stringData', 'x\n-----BEGIN CERTIFICATE-----', 'x\n-----BEGIN CERTIFICATE-----'],
    ['a', 'stringData', 'ENC[AES256_GCM,data:x]', undefined],
    ['a', 'stringData', 'see ENC[AES256_GCM,data:x]', 'see ENC[AES256_GCM,data:x]'],
    ['a', 'data', base64('a: b\nsops:\n  mac: ENC[x]\n'), undefined],
    ['a', 'data', base64('{"sops": {"mac": "ENC[x]"}}'), undefined],
    ['a', 'data', base64('A=b\nsops_mac=ENC[x]\n'), undefined],
    ['a', 'data', base64('A=b\nmysops_mac=ENC[x]'), 'A=b\nmysops_mac=ENC[x]'],
    ['a', 'stringData', '${PASSWORD}', undefined],
    ['a', 'stringData', '${a}${b}', undefined],
    ['a', 'stringData', '${}', '${}'],
    ['a', 'stringData', '{{ .a }}', undefined],
    ['a', 'stringData', '{{ {{', '{{ {{'],
    ['a', 'stringData', 'vault:a', undefined],
    ['a', 'stringData', 'my vault:a', 'my vault:a'],
    ['a', 'stringData', ' ', undefined],
    ['a', 'stringData', null, undefined],
    ['a', 'stringData', ['x'], undefined],
  ])('named %s in %s: %j', (name, section, value, expected) => {
    expect(plainSecretValue(section, name, value)).toBe(expected);
  });
});
