import { configMap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, resourceSet, type Files } from '../small-repositories';

const release = (name: string, ...spec: readonly string[]) =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    name,
    'default',
    'spec:',
    ...['interval: 1h', 'chartRef: { kind: OCIRepository, name: x }', ...spec].map((text) => `  ${text}`),
  );
const told = (applied: string, ...spec: readonly string[]) =>
  lines('timeout-too-short', {
    'clusters/prod/a.yaml': fluxKustomization('a', './apps', spec),
    'apps/all.yaml': applied,
  } satisfies Files);

describe('timeout-too-short', () => {
  it('is a warning if the release sets its own limit', () => {
    expect(told(release('web', 'timeout: 10m'), 'wait: true', 'timeout: 9m')).toEqual([
      line(
        'warning at clusters/prod/a.yaml:15 (Kustomization a spec.timeout)',
        'got "9m", but with wait: true it waits for HelmRelease "default/web", which may take 10m',
        '=> set spec.timeout to more than 10m',
      ),
    ]);
  });

  it.each(['install', 'upgrade'])('is a warning if the release sets the limit of an %s', (action) => {
    const web = release('web', `${action}: { timeout: 10m }`);
    expect(told(web, 'wait: true', 'timeout: 9m')).toEqual([line('warning', 'which may take 10m')]);
  });

  it('is an info if the release has the default', () => {
    expect(told(release('web'), 'wait: true', 'timeout: 4m')).toEqual([line('info', 'which may take 5m')]);
  });

  it.each([
    [
      'the longest',
      [release('a', 'timeout: 10m'), release('b', 'timeout: 20m'), release('c', 'timeout: 15m')],
      'b',
    ],
    ['one with a limit of its own before a longer default', [release('a'), release('b', 'timeout: 4m')], 'b'],
    ['one that is too long at all', [release('a', 'timeout: 2m'), release('b')], 'b'],
    ['the first of two that are alike', [release('a'), release('b')], 'a'],
    [
      'one that is not suspended',
      [release('a', 'timeout: 10m', 'suspend: true'), release('b', 'suspend: false')],
      'b',
    ],
  ])('names %s', (_, releases, name) => {
    expect(told(releases.join(''), 'wait: true', 'timeout: 3m')).toEqual([
      line(`HelmRelease "default/${name}"`),
    ]);
  });

  it.each([
    ['a timeout that is long enough', release('a'), ['wait: true', 'timeout: 5m']],
    ['no timeout', release('a'), ['wait: true']],
    ['no wait', release('a'), ['timeout: 1m']],
    ['a wait that is off', release('a'), ['wait: false', 'timeout: 1m']],
    ['other objects', configMap('a'), ['wait: true', 'timeout: 1m']],
    ['other objects of Flux', fluxKustomization('b', './b', ['timeout: 1h']), ['wait: true', 'timeout: 1m']],
  ])('accepts %s', (_, applied, spec) => {
    expect(told(applied, ...spec)).toEqual([]);
  });
});

describe('timeout-too-short of a ResourceSet', () => {
  const set = (annotation: string, ...spec: readonly string[]) => {
    const annotations = `flux-system, annotations: { fluxcd.controlplane.io/reconcileTimeout: "${annotation}" }`;
    const text = resourceSet(...spec);
    return annotation === '' ? text : text.replace('flux-system', annotations);
  };
  const making = (spec: string) => [
    'resources:',
    '  - apiVersion: helm.toolkit.fluxcd.io/v2',
    '    kind: HelmRelease',
    '    metadata: { name: web, namespace: default }',
    `    spec: { interval: 1h, chartRef: { kind: OCIRepository, name: x }, ${spec} }`,
  ];
  const slow = making('timeout: 10m');

  it('is a warning at the ResourceSet', () => {
    expect(told(set('', 'wait: true', ...slow))).toEqual([
      line(
        'warning at apps/all.yaml:6 (ResourceSet set spec.wait)',
        'with wait: true, the operator waits 5m for HelmRelease "default/web", which may take 10m',
        '=> set the annotation fluxcd.controlplane.io/reconcileTimeout to more than 10m',
      ),
    ]);
    expect(told(set('9m', 'wait: true', ...slow))).toEqual([line('waits 9m')]);
  });

  it.each([
    ['the annotation is long enough', set('10m', 'wait: true', ...slow)],
    ['the operator does not wait', set('', ...slow)],
    ['the release has the default', set('1m', 'wait: true', ...making('suspend: false'))],
    ['steps may have their own', set('', 'wait: true', 'steps: []', ...slow)],
  ])('is not reported if %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });
});
