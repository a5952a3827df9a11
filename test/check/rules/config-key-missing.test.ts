import { count, found, line, lines, object, resourceSet, type Files } from '../small-repositories';
import { fluxKustomization } from '../../graph/tree-of';

const folder = (...texts: string[]): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['retryInterval: 1m']),
  'apps/all.yaml': texts.join(''),
});
const map = (keys: string, ...more: string[]) =>
  object('v1', 'ConfigMap', 'settings', 'default', `data: ${keys}`, ...more);
const secret = (...more: string[]) => object('v1', 'Secret', 'login', 'default', ...more);
const pod = (...spec: string[]) =>
  object(
    'v1',
    'Pod',
    'app',
    'default',
    'spec:',
    '  containers:',
    '    - name: app',
    '      image: a:1',
    ...spec.map((line) => `      ${line}`),
  );
const fromMap = (key: string, more = '') =>
  pod(`env: [{ name: A, valueFrom: { configMapKeyRef: { name: settings, key: ${key}${more} } } }]`);
const fromSecret = (key: string) =>
  pod(`env: [{ name: A, valueFrom: { secretKeyRef: { name: login, key: ${key} } } }]`);
const keys = (...texts: string[]) => count('config-key-missing', folder(...texts));

describe('a key that a container takes a variable from', () => {
  it('is missing in a ConfigMap that has others', () => {
    const findings = found('config-key-missing', folder(map('{ hots: a, port: b }'), fromMap('host')));
    expect(
      findings.map(({ message, hint, field, locations: [at] }) => [message, hint, field, at?.line]),
    ).toEqual([
      [
        'there is no key "host" in ConfigMap "default/settings", so the Pod does not start',
        'did you mean "hots"?',
        'spec.containers[0].env[0].valueFrom.configMapKeyRef.key',
        14,
      ],
    ]);
    expect(keys(map('{ host: a }'), fromMap('host'))).toBe(0);
    expect(keys(map('{ port: a }', 'binaryData: { host: YQ== }'), fromMap('host'))).toBe(0);
  });

  it('is missing in a Secret, encrypted or not', () => {
    expect(keys(secret('stringData: { user: a }'), fromSecret('password'))).toBe(1);
    expect(keys(secret('stringData: { user: a }', 'data: { password: YQ== }'), fromSecret('password'))).toBe(
      0,
    );
    const mac =
      'sops: { mac: "ENC[AES256_GCM,data:a,type:str]", lastmodified: "2026-01-01T00:00:00Z", version: 3.9.0 }';
    const encrypted = secret('stringData: { user: "ENC[AES256_GCM,data:a,type:str]" }', mac);
    expect([keys(encrypted, fromSecret('password')), keys(encrypted, fromSecret('user'))]).toEqual([1, 0]);
  });

  it('need not exist where the reference is optional, or the object has no key or is not there', () => {
    expect(keys(map('{ port: a }'), fromMap('host', ', optional: true'))).toBe(0);
    expect(keys(map('{}'), fromMap('host'))).toBe(0);
    expect(keys(fromMap('host'))).toBe(0);
    const marking = 'commonMetadata: { annotations: { kustomize.toolkit.fluxcd.io/ssa: merge } }';
    const merged = {
      ...folder(map('{ port: a }'), fromMap('host')),
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [marking]),
    };
    expect(count('config-key-missing', merged)).toBe(0);
    expect(keys(map('{ port: a }').replace('default', 'other'), fromMap('host'))).toBe(0);
  });

  it('is in the ConfigMap that kustomize generates', () => {
    const generated = (key: string): Files => ({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['retryInterval: 1m']),
      'apps/kustomization.yaml': [
        'apiVersion: kustomize.config.k8s.io/v1beta1',
        'kind: Kustomization',
        'namespace: default',
        'resources: [pod.yaml]',
        `configMapGenerator: [{ name: settings, literals: [${key}=a] }]`,
        '',
      ].join('\n'),
      'apps/pod.yaml': fromMap('host'),
    });
    expect(count('config-key-missing', generated('host'))).toBe(0);
    expect(count('config-key-missing', generated('port'))).toBe(1);
  });
});

describe('a key of an object that something else may write to', () => {
  it.each([
    ['a controller', object('example.org/v1', 'Filler', 'filler', 'default', 'spec: { target: settings }')],
    [
      'an account',
      object(
        'rbac.authorization.k8s.io/v1',
        'Role',
        'writer',
        'default',
        'rules: [{ apiGroups: [""], resources: [configmaps], resourceNames: [settings], verbs: [patch] }]',
      ),
    ],
    [
      'a program',
      pod('args: ["kubectl patch configmap/settings -p x"]').replace('name: app,', 'name: patcher,'),
    ],
  ])('is not missed where %s knows the name', (_what, other) => {
    expect(keys(map('{ port: a }'), fromMap('host'))).toBe(1);
    expect(keys(map('{ port: a }'), fromMap('host'), other)).toBe(0);
  });

  it('is not missed where a label or annotation says so', () => {
    const marked = (name: string) =>
      map('{ port: a }').replace(
        'namespace: default',
        `namespace: default, annotations: { ${name}: "true" }`,
      );
    expect(keys(marked('example.org/inject-ca'), fromMap('host'))).toBe(0);
    expect(keys(marked('kustomize.toolkit.fluxcd.io/ssa'), fromMap('host'))).toBe(0);
    expect(keys(marked('kustomize.toolkit.fluxcd.io/reconcile'), fromMap('host'))).toBe(0);
    expect(keys(marked('example.org/note'), fromMap('host'))).toBe(1);
  });

  it('is not missed where a script speaks of it', () => {
    const script = (text: string): Files => ({
      ...folder(map('{ port: a }'), fromMap('host')),
      'setup.sh': text,
    });
    expect(count('config-key-missing', script('kubectl patch configmap settings # host\n'))).toBe(0);
    expect(count('config-key-missing', script('kubectl get configmap settings\n'))).toBe(1);
  });

  it('is not missed where it is a variable, or the token of an account', () => {
    const variable = { ...folder(map('{ "${A}": a }'), fromMap('host')) };
    expect(count('config-key-missing', variable)).toBe(0);
    const token = secret('type: kubernetes.io/service-account-token', 'data: { note: YQ== }');
    expect(keys(token, fromSecret('token'))).toBe(0);
  });
});

describe('a key that a volume holds', () => {
  const volume = (text: string, mount = 'mountPath: /a') =>
    `${pod(`volumeMounts: [{ name: files, ${mount} }]`)}  volumes: [{ name: files, ${text} }]\n`;

  it('is missing where an item names it', () => {
    const items = 'items: [{ key: host, path: h }]';
    expect(keys(map('{ port: a }'), volume(`configMap: { name: settings, ${items} }`))).toBe(1);
    expect(keys(map('{ host: a }'), volume(`configMap: { name: settings, ${items} }`))).toBe(0);
    expect(keys(map('{ port: a }'), volume(`configMap: { name: settings, optional: true, ${items} }`))).toBe(
      0,
    );
    expect(keys(secret('stringData: { a: b }'), volume(`secret: { secretName: login, ${items} }`))).toBe(1);
    const projected = (name: string) =>
      `projected: { sources: [{ configMap: { name: ${name}, ${items} } }] }`;
    expect(keys(map('{ port: a }'), volume(projected('settings')))).toBe(1);
    expect(keys(map('{ port: a }'), volume(projected('other')))).toBe(0);
  });

  it('is missing where a container mounts it as a file', () => {
    const mount = (path: string, more = '') =>
      volume(`configMap: { name: settings${more} }`, `mountPath: /a, subPath: ${path}`);
    const [finding] = found('config-key-missing', folder(map('{ port: a }'), mount('host')));
    expect([finding?.field, finding?.message]).toEqual([
      'spec.containers[0].volumeMounts[0].subPath',
      'there is no key "host" in ConfigMap "default/settings", so the container finds an empty folder there',
    ]);
    expect(keys(map('{ port: a }'), mount('port'))).toBe(0);
    expect(keys(map('{ port: a }'), mount('host/a'))).toBe(0);
    expect(keys(map('{ port: a }'), mount('host', ', items: [{ key: port, path: host }]'))).toBe(0);
  });
});

const apps = (applied: string, more: Files = {}): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/all.yaml': applied,
  ...more,
});

describe('a key that a Pod takes from an object', () => {
  const told = (files: Files) => lines('config-key-missing', files);
  const secretPod = fromMap('host').replace('configMapKeyRef', 'secretKeyRef');
  const settings = (metadata = '', data = '{ port: a }') =>
    object('v1', 'ConfigMap', 'settings', `default${metadata}`, `data: ${data}`);
  const set = resourceSet('resources: [{ kind: ConfigMap }]');
  const remote = { 'kustomization.yaml': 'resources: [all.yaml, "https://example.com/a.yaml"]\n' };
  const below = (folder: string, files: Files) =>
    Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]));

  it('suggests a similar key only', () => {
    expect(told(apps(settings() + fromMap('something-else')))).toEqual([
      line('=> correct the key (it has "port"), or add it'),
    ]);
    expect(told(apps(settings() + fromMap('ports')))).toEqual([line('=> did you mean "port"?')]);
  });

  it.each([
    ['the key is a variable', apps(settings() + fromMap('"${KEY}"')), 0],
    [
      'a key of the ConfigMap is a variable',
      apps(settings('', '{ "${KEY}": a, port: b }') + fromMap('host')),
      0,
    ],
    [
      'a ResourceSet makes ConfigMaps',
      apps(settings() + fromMap('host'), { 'clusters/prod/s.yaml': set }),
      0,
    ],
    [
      'the build of the Pod is not known in full',
      apps(fromMap('host'), { ...below('apps', remote), 'clusters/prod/m.yaml': settings() }),
      0,
    ],
    [
      'the build of the ConfigMap is not known in full',
      apps(settings(), { ...below('apps', remote), 'clusters/prod/p.yaml': fromMap('host') }),
      0,
    ],
    [
      'a label says who manages it',
      apps(settings(', labels: { app.kubernetes.io/managed-by: us }') + fromMap('host')),
      1,
    ],
    [
      'a label says that it is copied',
      apps(settings(', labels: { acme.io/replicated: "yes" }') + fromMap('host')),
      0,
    ],
    [
      'an annotation says that values are injected',
      apps(settings(', annotations: { acme.io/inject: "yes" }') + fromMap('host')),
      0,
    ],
    [
      'a script writes the key',
      apps(settings() + fromMap('host'), { 'setup.sh': 'kubectl patch cm settings # host\n' }),
      0,
    ],
    [
      'a script speaks of the ConfigMap',
      apps(settings() + fromMap('host'), { 'setup.sh': 'kubectl get cm settings\n' }),
      1,
    ],
    [
      'a script speaks of the key',
      apps(settings() + fromMap('host'), { 'setup.sh': 'kubectl get cm # host\n' }),
      1,
    ],
    [
      'two Kustomizations apply it, and one copy may have more',
      apps(settings() + fromMap('host'), {
        'clusters/prod/m.yaml': settings(', labels: { acme.io/replicated: "yes" }'),
      }),
      0,
    ],
    [
      'it is a token',
      apps(
        object(
          'v1',
          'Secret',
          'settings',
          'default',
          'type: kubernetes.io/service-account-token',
          'stringData: { port: a }',
        ) + secretPod,
      ),
      0,
    ],
    [
      'it is a Secret of another type',
      apps(
        object('v1', 'Secret', 'settings', 'default', 'type: Opaque', 'stringData: { port: a }') + secretPod,
      ),
      1,
    ],
  ])('where %s', (_, files: Files, expected) => {
    expect(told(files)).toHaveLength(expected);
  });
});
