import { validateObject } from '../../lib/schema/validate-object';
import { changed, minimal } from './objects';

type Changes = Parameters<typeof changed>[1];

const chartOf = (kind: string): Changes => [
  'spec',
  { interval: '10m', chart: { spec: { chart: 'c', sourceRef: { kind, name: 'r' } } } },
];

test.each<[string, string, Changes, string]>([
  [
    'a source of charts that only chartRef accepts',
    'HelmRelease',
    chartOf('OCIRepository'),
    'name the OCIRepository in spec.chartRef, and remove spec.chart',
  ],
  [
    'a source of charts that only sourceRef accepts',
    'HelmRelease',
    ['spec.chartRef.kind', 'GitRepository'],
    'name the GitRepository in spec.chart.spec.sourceRef, with the path in spec.chart.spec.chart',
  ],
  ['a mistyped kind', 'HelmRelease', ['spec.chartRef.kind', 'OCIRepositry'], 'did you mean "OCIRepository"?'],
  [
    'a kind of Flux that is no misspelling',
    'Kustomization',
    ['spec.sourceRef.kind', 'HelmRepository'],
    'use one of them',
  ],
])('says what to write instead of %s', (_, kind, change, hint) => {
  const object = changed(minimal[kind]!(), change);
  expect(validateObject(object)).toMatchObject([{ code: 'schema-enum', hint }]);
});
