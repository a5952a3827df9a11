import { validateObject } from '../../lib/schema/validate-object';

const problems = (object: object, substitutions = false) =>
  validateObject(object, { substitutions })
    .filter(({ code }) => code === 'name-invalid')
    .map(({ field, message }) => `${field}: ${message}`);

const cases = (texts: readonly string[], expected: boolean): [string, boolean][] =>
  texts.map((text) => [text, expected]);

describe('the names of the parts of a Pod', () => {
  const pod = (part: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers: [{ name: 'a', image: 'i' }], ...part },
  });
  const port = (name: string) => pod({ containers: [{ name: 'a', ports: [{ name, containerPort: 80 }] }] });

  it.each([
    ...cases(['http', 'a', 'metrics-http-80', '8080-tcp', 'a1-b2', '1a', 'a'.repeat(15)], true),
    ...cases(
      ['metrics-and-debug', '8080', 'a--b', '-a', 'a-', 'Http', 'a_b', 'a.b', '', 'a'.repeat(16)],
      false,
    ),
  ])('accept the port %j: %s', (name, isValid) => {
    expect(problems(port(name))).toHaveLength(isValid ? 0 : 1);
  });

  it('name the field and the limit', () => {
    expect(problems(port('metrics-and-debug'))).toEqual([
      'spec.containers[0].ports[0].name: the name of the port is not valid: it has 17 characters; at most 15 are allowed',
    ]);
    const initContainers = [{ name: 'Init', ports: [{ name: 'A', containerPort: 1 }] }];
    expect(problems(pod({ initContainers })).map((text) => text.split(':')[0])).toEqual([
      'spec.initContainers[0].name',
      'spec.initContainers[0].ports[0].name',
    ]);
    expect(problems(pod({ volumes: [{ name: 'my_data', emptyDir: {} }] }))).toEqual([
      expect.stringMatching(/^spec\.volumes\[0\]\.name: the name of the volume is not valid: use lower-case/),
    ]);
    expect(problems(pod({ volumes: [{ name: 'my-data', emptyDir: {} }] }))).toEqual([]);
  });

  it('may be variables', () => {
    expect(problems(port('${PORT_NAME_OF_APP}'), true)).toEqual([]);
    expect(problems(port('${PORT_NAME_OF_APP}'))).toHaveLength(1);
  });

  it('are checked in workloads', () => {
    const spec = { template: { spec: { containers: [{ name: 'App' }] } } };
    const workload = (apiVersion: string) =>
      problems({ apiVersion, kind: 'Deployment', metadata: { name: 'a' }, spec });
    expect(workload('apps/v1')).toHaveLength(1);
    expect(workload('example.com/v1')).toEqual([]);
  });
});

describe('the ports of a Service', () => {
  const service = (...ports: object[]) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { ports },
  });

  it.each([
    ...cases(['http', '8080', 'metrics-and-health', 'a'.repeat(63), ''], true),
    ...cases(['Http', 'a_b', 'a.b', '-a', 'a'.repeat(64)], false),
  ])('accept the name %j: %s', (name, isValid) => {
    expect(problems(service({ name, port: 80 }))).toHaveLength(isValid ? 0 : 1);
  });

  it.each<[unknown, boolean]>([
    [8080, true],
    ...cases(['http', 'a'.repeat(15), ''], true),
    ...cases(['8080', 'metrics-and-health'], false),
  ])('accept the target %j: %s', (targetPort, isValid) => {
    expect(problems(service({ port: 80, targetPort }))).toHaveLength(isValid ? 0 : 1);
  });

  const unnamed = (object: object) =>
    validateObject(object).filter(({ code, field }) => code === 'schema-required' && /name$/.test(field));
  it('have names if there are several', () => {
    expect(unnamed(service({ port: 80 }))).toEqual([]);
    expect(unnamed(service({ name: 'a', port: 80 }, { name: 'b', port: 81 }))).toEqual([]);
    expect(unnamed(service({ name: 'a', port: 80 }, { port: 81 }))).toMatchObject([
      { field: 'spec.ports[1].name', hint: 'give each port a name' },
    ]);
    expect(unnamed(service({ port: 80 }, { name: '', port: 81 }))).toHaveLength(2);
    expect(unnamed({ ...service({ port: 80 }, { port: 81 }), apiVersion: 'example.com/v1' })).toEqual([]);
  });
});

describe('the hostname of a Pod', () => {
  it.each([
    ...cases(['web', 'web-0', 'a'.repeat(63), ''], true),
    ...cases(['a.b', 'Web', 'a'.repeat(64)], false),
  ])('may be %j: %s', (hostname, isValid) => {
    const spec = { hostname, containers: [{ name: 'a', image: 'i' }] };
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec };
    expect(problems(object)).toHaveLength(isValid ? 0 : 1);
  });
});

describe('the keys of a ConfigMap or Secret', () => {
  const fields = (kind: string, content: object, apiVersion = 'v1') =>
    problems({ apiVersion, kind, metadata: { name: 'a' }, ...content }).map((text) => text.split(': ')[0]);

  it.each([
    ...cases(['a', 'A.b-c_d', '.env', 'a..b', '-', '_', '0', 'a'.repeat(253)], true),
    ...cases(['a b', 'a/b', '.', '..', '..data', 'ä', 'a:b', 'a'.repeat(254)], false),
  ])('accept %j: %s', (key, isValid) => {
    expect(fields('ConfigMap', { data: { [key]: 'x' } })).toHaveLength(isValid ? 0 : 1);
  });

  it('are checked in each field', () => {
    const entries = { 'a b': 'eA==' };
    expect(fields('ConfigMap', { binaryData: entries })).toHaveLength(1);
    expect(fields('Secret', { data: entries, stringData: entries })).toHaveLength(2);
    expect(fields('Widget', { data: entries }, 'example.com/v1')).toEqual([]);
    expect(fields('ConfigMap', { data: entries }, 'example.com/v1')).toEqual([]);
    expect(fields('ConfigMap', { data: null })).toEqual([]);
  });

  it('may be variables', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { '${A}': 'x' } };
    expect(problems(map, true)).toEqual([]);
    expect(problems(map)).toHaveLength(1);
  });
});
