import { assignmentProblem, valuesProblem } from '../../lib/check/facts/values-text';
import { checkTree } from '../../lib/check/check-tree';
import { bootstrap, fluxKustomization, treeOf } from '../graph/tree-of';

/** The messages about a HelmRelease with an entry in `valuesFrom`, and the object that it refers to. */
function found(entry: string, source: string): string[] {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop, namespace: shop}\nspec:\n  interval: 1h\n  valuesFrom: [{name: v, ${entry}}]\n`;
  const files = {
    ...bootstrap,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/release.yaml': release,
    'apps/values.yaml': source,
  };
  const { findings } = checkTree(treeOf(files), { objects: false });
  return findings.filter(({ code }) => code === 'values-from-invalid').map(({ message }) => message);
}

const source = (kind: string, rest: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: v, namespace: shop}\n${rest}\n`;

describe('valuesFrom', () => {
  it.each([
    [
      'a key that is not there',
      'kind: ConfigMap, valuesKey: other',
      source('ConfigMap', 'data: {k: v}'),
      'there is no key "other"',
    ],
    [
      'the default key',
      'kind: ConfigMap',
      source('ConfigMap', 'data: {k: v}'),
      'there is no key "values.yaml"',
    ],
    [
      'binary data',
      'kind: ConfigMap, valuesKey: k',
      source('ConfigMap', 'binaryData: {k: YQ==}'),
      'there is no key "k"',
    ],
    [
      'what is not YAML',
      'kind: ConfigMap, valuesKey: k',
      source('ConfigMap', 'data: {k: "[1, 2"}'),
      'not valid YAML',
    ],
    ['a list', 'kind: ConfigMap, valuesKey: k', source('ConfigMap', 'data: {k: "[1, 2]"}'), 'not a map'],
    [
      'base64 of what is no map',
      'kind: Secret, valuesKey: k',
      source('Secret', 'data: {k: YQ==}'),
      'not a map',
    ],
    [
      'commas at a path',
      'kind: Secret, valuesKey: k, targetPath: a.b',
      source('Secret', 'stringData: {k: "a,b"}'),
      'comma',
    ],
  ])('fails on %s', (_, entry, object, message) => {
    expect(found(entry, object)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['a missing key that may be', 'kind: ConfigMap, optional: true', source('ConfigMap', 'data: {k: v}')],
    ['values', 'kind: ConfigMap', source('ConfigMap', 'data: {values.yaml: "a: b"}')],
    ['nothing', 'kind: ConfigMap', source('ConfigMap', 'data: {values.yaml: ""}')],
    [
      'commas of a literal',
      'kind: ConfigMap, valuesKey: k, targetPath: a, literal: true',
      source('ConfigMap', 'data: {k: "a,b"}'),
    ],
    [
      'what is encrypted',
      'kind: Secret, valuesKey: k',
      source('Secret', 'stringData: {k: "ENC[AES256_GCM,data:x]"}\nsops: {mac: x}'),
    ],
    ['what variables complete', 'kind: ConfigMap, valuesKey: k', source('ConfigMap', 'data: {k: "${V}"}')],
  ])('accepts %s', (_, entry, object) => {
    expect(found(entry, object)).toEqual([]);
  });
});

describe('a value at a targetPath', () => {
  it.each(['a', 'a=b', '{a,b}', 'a\\,b', '[a]', 'a,', '', 'a b: c'])('may be %j', (text) => {
    expect(assignmentProblem(text)).toBeUndefined();
  });

  it.each(['a,b', 'a,b=c', "'a,b'", '{a', '{a\\}', '{"a": "b"}'])('fails as %j', (text) => {
    expect(assignmentProblem(text)).toBeDefined();
  });
});

test.each(['', '# x', 'a: b', '{}', '---\na: b'])('values may be %j', (text) => {
  expect(valuesProblem(text)).toBeUndefined();
});
