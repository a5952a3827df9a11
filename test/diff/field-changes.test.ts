import fc from 'fast-check';
import { MAX_DIFFERENCES } from '../../lib/diff/compare/differences';
import { fieldChanges } from '../../lib/diff/field-changes';
import { objectOf } from './changed-object';

const pathsOf = (before: string, after: string) =>
  fieldChanges(objectOf(before), objectOf(after)).map(({ path }) => path);

const object = (apiVersion: string, kind: string) => (rest: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web, namespace: apps }\n${rest}`;
const deployment = (pod: string) =>
  object('apps/v1', 'Deployment')(`spec: { template: { spec: { ${pod} } } }`);
const service = object('v1', 'Service');
const policy = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web, namespace: apps }\nspec: { podSelector: {}, ${spec} }\n`;
const config = object('v1', 'ConfigMap');
const secret = object('v1', 'Secret');
const custom = object('example.com/v1', 'Thing');
const role = object('rbac.authorization.k8s.io/v1', 'Role');
const ks = object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
const release = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
const POD = 'spec.template.spec';

describe('the paths of changed fields', () => {
  it.each([
    [
      'an entry by its name, whatever its position',
      deployment('containers: [{ name: log, image: l }, { name: app, image: "a:1" }]'),
      deployment(
        'containers: [{ name: app, image: "a:2" }, { name: app2, image: x }, { name: log, image: l }]',
      ),
      [`${POD}.containers`, `${POD}.containers[app2]`, `${POD}.containers[app].image`],
    ],
    [
      'ports by their number and protocol',
      deployment(
        'containers: [{ name: app, ports: [{ containerPort: 80, name: a }, { containerPort: 81 }] }]',
      ),
      deployment(
        'containers: [{ name: app, ports: [{ containerPort: 81 }, { containerPort: 80, name: b }] }]',
      ),
      [`${POD}.containers[app].ports`, `${POD}.containers[app].ports[80/TCP].name`],
    ],
    [
      'plain values as a set, where that is shorter',
      custom('spec: { list: [a, b, c, d] }'),
      custom('spec: { list: [x, a, b, c, d] }'),
      ['spec.list[x]'],
    ],
    [
      'plain values by position, where that is shorter',
      custom('spec: { list: [a, b, c] }'),
      custom('spec: { list: [a, x, c] }'),
      ['spec.list[1]'],
    ],
    [
      'the order of plain values',
      custom('spec: { list: [a, b, c, d] }'),
      custom('spec: { list: [b, a, d, c] }'),
      ['spec.list'],
    ],
    [
      'entries without names by their contents',
      custom('spec: { list: [{ a: 1 }, { a: 2 }, { a: 3, b: 1 }] }'),
      custom('spec: { list: [{ a: 0 }, { a: 1 }, { a: 2 }, { a: 3, b: 2 }] }'),
      ['spec.list[0].a', 'spec.list[0].b', 'spec.list[3]'],
    ],
    [
      'what is known of dependsOn: a namespace may be left out, and the order means nothing',
      ks('spec: { dependsOn: [{ name: a }, { name: b }] }'),
      ks('spec: { dependsOn: [{ name: c }, { name: b, namespace: apps }, { name: a, namespace: apps }] }'),
      ['spec.dependsOn[apps/c]'],
    ],
    [
      'rules of roles as a set of sets',
      role('rules: [{ verbs: [get, list] }, { verbs: [create], resources: [pods] }]'),
      role('rules: [{ verbs: [create], resources: [pods] }, { verbs: [list, get, watch] }]'),
      ['rules[1].verbs[watch]'],
    ],
    ['a key that needs quotes', config('data: { "a.b": x }'), config('data: { "a.b": y }'), ['data["a.b"]']],
    ['an added map as one', custom('spec: {}'), custom('spec: { a: { b: 1, c: 2 } }'), ['spec.a']],
    ['another type', custom('spec: { a: [1] }'), custom('spec: { a: { b: 1 } }'), ['spec.a']],
    [
      'a removed null',
      release('spec: { values: { a: null } }'),
      release('spec: { values: {} }'),
      ['spec.values.a'],
    ],
    [
      'entries that have one key by their contents',
      service('spec: { ports: [{ port: 80 }, { port: 80 }] }'),
      service('spec: { ports: [{ port: 80 }, { port: 81 }] }'),
      ['spec.ports[1].port'],
    ],
  ])('name %s', (_, before, after, expected) => {
    expect(pathsOf(before, after).sort()).toEqual([...expected].sort());
  });

  it.each([
    [
      'the order of the ports of a Service',
      service('spec: { ports: [{ port: 80, name: a }, { port: 81, name: b }] }'),
      service('spec: { ports: [{ port: 81, name: b }, { port: 80, name: a, protocol: TCP }] }'),
    ],
    [
      'the order of what a NetworkPolicy allows',
      policy(
        'policyTypes: [Ingress, Egress], ingress: [{ from: [{ podSelector: {} }, { ipBlock: { cidr: a } }] }, {}]',
      ),
      policy(
        'policyTypes: [Egress, Ingress], ingress: [{}, { from: [{ ipBlock: { cidr: a } }, { podSelector: {} }] }]',
      ),
    ],
    [
      'the order of keys',
      custom('spec: { a: 1, b: [{ c: 1, d: 2 }] }'),
      custom('spec: { b: [{ d: 2, c: 1 }], a: 1 }'),
    ],
    ['a number in another form', custom('spec: { a: 1.0 }'), custom('spec: { a: 1 }')],
    [
      'quantities',
      deployment('containers: [{ name: a, resources: { limits: { cpu: 1000m, memory: 1Gi } } }]'),
      deployment('containers: [{ name: a, resources: { limits: { cpu: 1, memory: 1024Mi } } }]'),
    ],
    [
      'durations of Flux',
      ks('spec: { interval: 60m, timeout: 90s }'),
      ks('spec: { interval: 1h, timeout: 1m30s }'),
    ],
    [
      'the protocol that the API server sets',
      service('spec: { ports: [{ port: 80 }] }'),
      service('spec: { ports: [{ port: 80, protocol: TCP }] }'),
    ],
    ['no labels', `${custom('')}`, custom('').replace('name: web,', 'name: web, labels: {},')],
    [
      'an empty time of creation',
      custom(''),
      custom('').replace('name: web,', 'name: web, creationTimestamp: null,'),
    ],
    ['what is off without a word', ks('spec: { wait: false, suspend: false }'), ks('spec: { force: false }')],
    ['how a folder is written', ks('spec: { path: ./apps/web }'), ks('spec: { path: apps/web/ }')],
    [
      'the own namespace of a reference',
      ks('spec: { sourceRef: { name: a } }'),
      ks('spec: { sourceRef: { name: a, namespace: apps } }'),
    ],
    ['where a Secret has an entry', secret('data: { a: eA== }'), secret('stringData: { a: x }')],
  ])('ignore %s', (_, before, after) => {
    expect(pathsOf(before, after)).toEqual([]);
  });

  it.each([
    [
      'a duration among values',
      release('spec: { values: { timeout: 60s } }'),
      release('spec: { values: { timeout: 1m } }'),
    ],
    [
      'a quantity of another kind',
      custom('spec: { resources: { limits: { cpu: 1000m } } }'),
      custom('spec: { resources: { limits: { cpu: 1 } } }'),
    ],
    [
      'another quantity',
      deployment('containers: [{ name: a, resources: { limits: { cpu: 1 } } }]'),
      deployment('containers: [{ name: a, resources: { limits: { cpu: 1k } } }]'),
    ],
    [
      'another protocol',
      service('spec: { ports: [{ port: 80 }] }'),
      service('spec: { ports: [{ port: 80, protocol: UDP }] }'),
    ],
    ['another folder', ks('spec: { path: ./apps }'), ks('spec: { path: ./apps/web }')],
    ['what is on', ks('spec: { wait: true }'), ks('spec: {}')],
    [
      'another namespace of a reference',
      ks('spec: { sourceRef: { name: a } }'),
      ks('spec: { sourceRef: { name: a, namespace: flux-system } }'),
    ],
    ['a text for a number', custom('spec: { a: 1 }'), custom('spec: { a: "1" }')],
    ['an empty map', custom('spec: {}'), custom('spec: { emptyDir: {} }')],
    ['no order among what stands in it', custom('spec: { a: [1, 2, 2] }'), custom('spec: { a: [2, 1, 2] }')],
  ])('tell %s', (_, before, after) => {
    expect(pathsOf(before, after)).not.toEqual([]);
  });
});

describe('the values of changed fields', () => {
  const changes = (before: string, after: string) => fieldChanges(objectOf(before), objectOf(after));

  it('include both sides', () => {
    expect(changes(custom('spec: { a: 1, c: 1 }'), custom('spec: { a: 2, b: [1] }'))).toEqual([
      { path: 'spec.a', before: 1, after: 2 },
      { path: 'spec.b', after: [1] },
      { path: 'spec.c', before: 1 },
    ]);
  });

  it('name the entries if only their order changes', () => {
    const before = deployment('containers: [{ name: a }, { name: b }]');
    const after = deployment('containers: [{ name: b }, { name: a }]');
    expect(changes(before, after)).toEqual([
      { path: `${POD}.containers`, before: ['a', 'b'], after: ['b', 'a'] },
    ]);
  });

  it.each([
    ['entries of Secrets', secret('data: { a: c2VjcmV0LW9uZQ== }'), secret('stringData: { b: secret-two }')],
    [
      'what is named like a credential',
      custom('spec: { password: secret-one }'),
      custom('spec: { password: secret-two }'),
    ],
    ['a credential in an added part', custom('spec: {}'), custom('spec: { db: { password: secret-two } }')],
    [
      'environment variables that are named like one',
      deployment('containers: [{ name: a, env: [{ name: DB_PASSWORD, value: secret-one }] }]'),
      deployment('containers: [{ name: a, env: [{ name: DB_PASSWORD, value: secret-two }] }]'),
    ],
    [
      'a credential in a text',
      config('data: { a: "password: secret-one" }'),
      config('data: { a: "password: secret-two" }'),
    ],
    [
      'ciphertexts',
      custom('spec: { a: "ENC[AES256_GCM,secret-one]" }'),
      custom('spec: { a: "ENC[AES256_GCM,secret-two]" }'),
    ],
    [
      'arguments',
      custom('spec: { args: [--password, secret-one] }'),
      custom('spec: { args: [--password, secret-two] }'),
    ],
  ])('do not hold %s', (_, before, after) => {
    const text = JSON.stringify(changes(before, after));
    expect(text).not.toBe('[]');
    expect(text).not.toMatch(/secret-|c2VjcmV0/);
  });

  it('omit the metadata of sops, which is one field', () => {
    const sops = (mac: string) => `sops: { mac: "${mac}", age: [{ recipient: age1x, enc: x }] }`;
    const [before, after] = ['ENC[a]', 'ENC[b]'].map((mac) => secret(`data: { a: "ENC[x]" }\n${sops(mac)}`));
    expect(changes(before as string, after as string)).toEqual([{ path: 'sops' }]);
  });
});

describe('comparing hostile objects', () => {
  const nested = (depth: number, leaf: number): unknown =>
    Array.from({ length: depth }).reduce<unknown>(
      (inner, _, index) => (index % 2 ? [inner] : { a: inner }),
      leaf,
    );
  const thing = (spec: unknown) => ({ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a' }, spec });

  it('goes as deep as YAML may', () => {
    const found = fieldChanges(thing(nested(1_000, 1)), thing(nested(1_000, 2)));
    expect(found).toEqual([expect.objectContaining({ before: 1, after: 2 })]);
  });

  it('reports many differences in less detail', () => {
    const wide = (value: number) =>
      thing({
        a: Object.fromEntries(Array.from({ length: MAX_DIFFERENCES + 1 }, (_, key) => [`k${key}`, value])),
        b: value,
      });
    expect(fieldChanges(wide(1), wide(2)).map(({ path }) => path)).toEqual(['spec.a', 'spec.b']);
  });

  it('reports as many as allowed one by one', () => {
    const wide = (value: number) =>
      thing(Object.fromEntries(Array.from({ length: MAX_DIFFERENCES }, (_, key) => [`k${key}`, value])));
    expect(fieldChanges(wide(1), wide(2))).toHaveLength(MAX_DIFFERENCES);
  });

  it('finds differences only where objects differ', () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const isEqual = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        expect(fieldChanges(thing(a), thing(b)).length === 0).toBe(isEqual);
        expect(fieldChanges(thing(a), thing(structuredClone(a)))).toEqual([]);
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  const entries = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
  return { entries };
}
