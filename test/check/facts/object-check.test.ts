import { checkTree } from '../../../lib/check/check-tree';
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
