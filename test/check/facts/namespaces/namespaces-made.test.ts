import { fluxKustomization } from '../../../graph/tree-of';
import { lines, object, release, type Files } from '../../small-repositories';

/** How often a ConfigMap in a namespace is reported, beside other objects and files. */
const count = (namespace: string, applied: string, more: Files = {}) =>
  lines('namespace-missing', {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/map.yaml': object('v1', 'ConfigMap', 'm', namespace),
    'apps/other.yaml': applied,
    ...more,
  }).filter((text) => text.includes(`"${namespace}"`)).length;
const values = (text: string) => release('web', 'default', 'web', `  values: ${text}`);
const install = (text: string) => release('web', 'default', 'web', `  ${text}`);

describe('a namespace', () => {
  it.each(['Namespace', 'SubnamespaceAnchor', 'Project', 'ProjectRequest'])(
    'is made by a %s of its name',
    (kind) => {
      expect(count('shop', object('acme.io/v1', kind, 'shop'))).toBe(0);
      expect(count('shop', object('acme.io/v1', kind, 'other'))).toBe(1);
    },
  );

  it.each([
    ['install.createNamespace', install('targetNamespace: shop\n  install: { createNamespace: true }'), 0],
    ['no install.createNamespace', install('targetNamespace: shop'), 1],
    ['a list of values', values('{ a: [{ namespaces: [x, shop] }] }'), 0],
    ['a list of names in values', values('{ namespaces: [{ name: shop }, { other: x }] }'), 0],
    ['a map of values', values('{ namespaces: { shop: {} } }'), 0],
    ['a value that says to create it', values('{ namespace: { name: shop, create: true } }'), 0],
    ['a value that says not to create it', values('{ namespace: { name: shop, create: false } }'), 1],
    ['another value that says to create something', values('{ account: { name: shop, create: true } }'), 1],
    ['another list', values('{ teams: [shop] }'), 1],
    [
      'a template in an object',
      object(
        'acme.io/v1',
        'Template',
        't',
        'default',
        'spec: { objects: [{ kind: Namespace, metadata: { name: shop } }] }',
      ),
      0,
    ],
    [
      'a template of another kind',
      object(
        'acme.io/v1',
        'Template',
        't',
        'default',
        'spec: { objects: [{ kind: Team, metadata: { name: shop } }] }',
      ),
      1,
    ],
    [
      'a text in an object',
      object(
        'v1',
        'ConfigMap',
        't',
        'default',
        'data: { a: "apiVersion: v1\\nkind: Namespace\\nmetadata:\\n  name: shop\\n" }',
      ),
      0,
    ],
    [
      'a command in an object',
      object('v1', 'ConfigMap', 't', 'default', 'data: { a: "kubectl create namespace shop" }'),
      1,
    ],
    [
      'a default of a CRD',
      object(
        'apiextensions.k8s.io/v1',
        'CustomResourceDefinition',
        't.acme.io',
        undefined,
        'spec: { group: acme.io, default: { kind: Namespace, metadata: { name: shop } } }',
      ),
      1,
    ],
  ])('is made by %s: %#', (_, applied, expected) => {
    expect(count('shop', applied)).toBe(expected);
  });

  it.each([
    ['tigera-operator', 'calico-apiserver'],
    ['cilium', 'cilium-secrets'],
    ['cluster-api-operator', 'capi-system'],
  ])('is made by the chart %s: %s', (chart, namespace) => {
    expect(count(namespace, release('x', 'default', chart))).toBe(0);
    expect(count(namespace, release('x', 'default', 'other'))).toBe(1);
  });

  it.each([
    ['team-shop', 0],
    ['team-', 1],
    ['shop', 1],
  ])('is made by a script that computes its name: %s', (namespace, expected) => {
    const script = 'NS=team-${TEAM}\nkubectl create namespace "$NS"\n';
    expect(count(namespace, object('v1', 'ConfigMap', 'x', 'default'), { 'setup.sh': script })).toBe(
      expected,
    );
  });

  it.each([
    ['an object is called after it', object('v1', 'ConfigMap', 'of-microk8s', 'default'), {}, 0],
    [
      'a script runs it',
      object('v1', 'ConfigMap', 'x', 'default'),
      { 'setup.sh': 'sudo MicroK8s enable ingress\n' },
      0,
    ],
    [
      'a script runs something of its name',
      object('v1', 'ConfigMap', 'x', 'default'),
      { 'setup.sh': 'notmicrok8s enable ingress\n' },
      1,
    ],
    ['nothing speaks of it', object('v1', 'ConfigMap', 'x', 'default'), {}, 1],
  ])('of MicroK8s is there where %s', (_, applied, more, expected) => {
    expect(count('container-registry', applied, more)).toBe(expected);
  });
});
