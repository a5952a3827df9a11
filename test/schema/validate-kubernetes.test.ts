import { isNamespaced, validateObject } from '../../lib/schema/validate-object';

describe('validateObject on kinds of Kubernetes', () => {
  const deployment = (spec: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a' },
    spec: {
      selector: { matchLabels: { app: 'a' } },
      template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image: 'i' }] } },
      ...spec,
    },
  });

  it('accepts a Deployment', () => {
    expect(validateObject(deployment({ replicas: 3 }))).toEqual([]);
  });

  it.each([
    [
      { replica: 3 },
      { code: 'schema-unknown-field', field: 'spec.replica', hint: 'did you mean "replicas"?' },
    ],
    [{ replicas: '3' }, { code: 'schema-type', hint: 'remove the quotes' }],
    [{ selector: undefined }, { code: 'schema-required', field: 'spec.selector' }],
    [{ strategy: { type: 'rolling' } }, { code: 'schema-enum', field: 'spec.strategy.type' }],
    [
      { template: { spec: { containers: [{ name: 'a', env: [{ name: 'A', value: 1 }] }] } } },
      { code: 'schema-type' },
    ],
    [
      { template: { spec: { containers: [{ name: 'a', resources: { limits: { memory: '1GB' } } }] } } },
      { code: 'schema-format', got: '"1GB"' },
    ],
  ])('fails on %j', (spec, expected) => {
    expect(validateObject(deployment(spec))).toContainEqual(expect.objectContaining(expected));
  });

  it('fails on versions that are no longer served, and on kinds that never existed', () => {
    const ingress = { apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: { name: 'a' } };
    expect(validateObject(ingress)).toMatchObject([
      { code: 'removed-api', hint: 'use networking.k8s.io/v1' },
    ]);
    const mistyped = { apiVersion: 'v1', kind: 'Configmap', metadata: { name: 'a' } };
    expect(validateObject(mistyped)).toMatchObject([
      { code: 'kind-unknown', hint: 'did you mean "ConfigMap"?' },
    ]);
  });

  const named = (apiVersion: string, kind: string, length: number, spec?: object) => ({
    apiVersion,
    kind,
    metadata: { name: 'a'.repeat(length) },
    ...(spec && { spec }),
  });
  const labels = { app: 'a' };
  const template = {
    metadata: { labels },
    spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'i' }] },
  };
  const cron = { schedule: '0 1 * * *', jobTemplate: { spec: { template } } };
  const stateful = { selector: { matchLabels: labels }, serviceName: 'a', template };

  it.each([
    ['error', 'batch/v1', 'CronJob', 52, cron],
    ['error', 'batch/v1', 'Job', 63, { template }],
    ['error', 'v1', 'Service', 63, undefined],
    ['error', 'v1', 'Namespace', 63, undefined],
    ['error', 'v1', 'ConfigMap', 253, undefined],
    ['warning', 'apps/v1', 'StatefulSet', 52, stateful],
  ])(
    'gives one %s for a name of a %s %s of more than %d characters',
    (severity, apiVersion, kind, limit, spec) => {
      expect(validateObject(named(apiVersion, kind, limit, spec))).toEqual([]);
      expect(validateObject(named(apiVersion, kind, limit + 1, spec))).toMatchObject([
        { code: 'name-invalid', severity, field: 'metadata.name' },
      ]);
      expect(validateObject(named(apiVersion, kind, 254, spec))).toMatchObject([
        { code: 'name-invalid', severity: 'error' },
      ]);
    },
  );

  it('never shows the value of a secret', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      data: { a: 'hunter2!' },
      stringData: { b: 31337 },
    };
    const violations = validateObject(secret);
    expect(violations.map(({ code, field }) => [code, field])).toEqual([
      ['schema-format', 'data.a'],
      ['schema-type', 'stringData.b'],
    ]);
    expect(JSON.stringify(violations)).not.toMatch(/hunter2|31337/);
  });

  it('accepts objects that SOPS encrypted', () => {
    const data = { a: 'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]' };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data, sops: { mac: 'm' } };
    expect(validateObject(secret)).toEqual([]);
  });

  it('allows the names that Kubernetes does', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'system:A' },
    };
    expect(validateObject(role)).toEqual([]);
    const found = validateObject({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a.b' } });
    expect(found.map(({ code, hint }) => [code, hint])).toEqual([['name-invalid', 'write it as "a-b"']]);
  });

  it.each([
    ['${NAME/./-}-a', undefined],
    ['a', '${NAME/./-}'],
  ])('does not suggest a name in place of one with a variable: %s', (name, namespace) => {
    const found = validateObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } });
    expect(found.map(({ hint }) => hint)).toEqual([
      'define the variable in spec.postBuild of the Kustomization that applies the object',
    ]);
  });

  it('knows which kinds are namespaced', () => {
    expect(isNamespaced('v1', 'Pod')).toBe(true);
    expect(isNamespaced('v1', 'Namespace')).toBe(false);
    expect(isNamespaced('helm.toolkit.fluxcd.io/v2', 'HelmRelease')).toBe(true);
    expect(isNamespaced('example.com/v1', 'Thing')).toBeUndefined();
  });
});
