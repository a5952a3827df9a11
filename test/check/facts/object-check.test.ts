import { checkTree } from '../../../lib/check/check-tree';
import { byCause } from '../../../lib/findings/causes';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { object } from '../small-repositories';

const release = (...spec: readonly string[]) =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'web',
    'default',
    'spec:',
    '  chartRef: { kind: OCIRepository, name: web }',
    ...spec.map((text) => `  ${text}`),
  );
const told = (...spec: readonly string[]) => {
  const files = {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/a.yaml': release(...spec),
  };
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }));
  return findings.flatMap(({ code, field }) => (code.startsWith('schema-') ? `${code} ${field}` : []));
};

it.each([
  ['is misspelled', ['intervall: 10m'], ['schema-unknown-field spec.intervall']],
  ['is at a deeper place', ['install: { interval: 10m }'], ['schema-unknown-field spec.install.interval']],
])('reports only the unknown field if a required one %s', (_, spec, expected) => {
  expect(told(...spec)).toEqual(expected);
});

it('reports a field that is missing beside another mistake', () => {
  expect(told('install: { retries: 3 }').reverse()).toEqual([
    'schema-unknown-field spec.install.retries',
    'schema-required spec.interval',
  ]);
  expect(told('valuess: {}').reverse()).toEqual([
    'schema-unknown-field spec.valuess',
    'schema-required spec.interval',
  ]);
  expect(told()).toEqual(['schema-required spec.interval']);
});

describe('a block at the wrong place', () => {
  const pod = (...env: readonly string[]) =>
    [
      'apiVersion: v1',
      'kind: Pod',
      'metadata: { name: a, namespace: default }',
      'spec:',
      '  containers:',
      '    - name: a',
      '      image: a',
      '      env:',
      '        - name: A',
      ...env.map((text) => `          ${text}`),
      '',
    ].join('\n');
  const summed = (text: string) => {
    const files = { 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'), 'apps/a.yaml': text };
    const { findings } = checkTree(treeOf({ ...bootstrap, ...files }));
    return byCause(findings).flatMap(({ code, message, hint }) =>
      code === 'schema-unknown-field' ? `${message} => ${hint}` : [],
    );
  };

  it('is one finding, which names the field that lacks it', () => {
    expect(summed(pod('valueFrom:', '  secretKeyRef:', '  name: a', '  key: b'))).toEqual([
      'Pod "default/a" has several unknown fields in spec.containers[0].env[0].valueFrom => indent it below "secretKeyRef", which has no value',
    ]);
  });

  it.each([
    ['valueFrom: { key: b }', 'put it below one of configMapKeyRef, '],
    ['valueFrom: { fieldRef: { fieldPath: a }, key: b }', 'put it below one of configMapKeyRef, '],
    ['valueFrom: { secretKeyRef: { name: a }, key: b }', 'did you mean "secretKeyRef.key"?'],
  ])('is at %s', (env, hint) => {
    expect(summed(pod(env))).toEqual([expect.stringContaining(`unknown field "key" => ${hint}`)]);
  });
});
