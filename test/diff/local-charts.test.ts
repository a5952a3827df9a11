import { changesOf, diffOf, type Files } from './pair-of-trees';

const release = (spec = '', chart = '') => `---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: flux-system }
spec:
  interval: 1h
  chart: { spec: { chart: ./charts/shop, ${chart}sourceRef: { kind: GitRepository, name: flux-system } } }
${spec}`;
const meta = (version: string, name = 'shop', more = '') =>
  `apiVersion: v2\nname: ${name}\nversion: ${version}\n${more}`;
const REVISION = 'reconcileStrategy: Revision, ';
const FILE = 'clusters/prod/shop.yaml';
const base = {
  [FILE]: release(),
  'charts/shop/Chart.yaml': meta('1.0.0'),
  'charts/shop/README.md': 'Shop\n',
  'charts/shop/values.yaml': 'replicas: 1\nimage: { tag: a }\n',
  'charts/shop/crds/all.yaml': 'kind: A\n---\nkind: B\n',
  'charts/shop/templates/map.yaml': 'kind: ConfigMap\ndata: { key: {{ .Values.key }} }\n',
  'charts/other/Chart.yaml': meta('1.0.0', 'other'),
};
const versions = { 'charts/shop/Chart.yaml': meta('1.1.0') };
const values = { 'charts/shop/values.yaml': 'replicas: 2\nimage: { tag: a }\n' };
const told = (changed: Files, before: Files = base) =>
  changesOf(diffOf(before, changed)).map(({ class: changeClass, message }) => `${changeClass}: ${message}`);
const says = (text: string) => [expect.stringContaining(text)];

describe('a HelmRelease with a chart in a folder of the repository', () => {
  it.each<[string, Files, Files, string]>([
    ['its version is another one', {}, versions, 'upgraded: chart shop changes from 1.0.0 to 1.1.0 (minor)'],
    [
      'its version is another one while the release is suspended',
      { [FILE]: release('  suspend: true\n') },
      versions,
      '(minor), once the suspended release is resumed',
    ],
    [
      'its name is another one',
      {},
      { 'charts/shop/Chart.yaml': meta('1.0.0', 'store') },
      'reinstalled: Flux uninstalls the release and installs it again: the name of its chart changes from "shop" to "store"',
    ],
    [
      'its files change and each revision is packed',
      { [FILE]: release('', REVISION) },
      values,
      'upgraded: Flux upgrades the release: "charts/shop/values.yaml" of its chart changes',
    ],
    [
      'its files change and only new versions are packed',
      {},
      { ...values, 'charts/shop/templates/more.yaml': 'kind: Secret\n' },
      'changed: nothing changes in the cluster: "charts/shop/templates/more.yaml" and "charts/shop/values.yaml" of its chart change, but its version stays 1.0.0',
    ],
    [
      'a template changes',
      {},
      { 'charts/shop/templates/map.yaml': 'kind: ConfigMap\n' },
      'nothing changes in the cluster: "charts/shop/templates/map.yaml"',
    ],
    [
      'a comment of a template changes, which Helm evaluates',
      { 'charts/shop/templates/map.yaml': 'kind: A\n# {{ if .Values.a }}\n# {{ end }}\n' },
      { 'charts/shop/templates/map.yaml': 'kind: A\n# {{ if .Values.b }}\n# {{ end }}\n' },
      'nothing changes in the cluster: "charts/shop/templates/map.yaml"',
    ],
    [
      'a later document changes',
      {},
      { 'charts/shop/crds/all.yaml': 'kind: A\n---\nkind: C\n' },
      'nothing changes in the cluster: "charts/shop/crds/all.yaml"',
    ],
    [
      'a file is gone',
      {},
      { 'charts/shop/values.yaml': undefined },
      'nothing changes in the cluster: "charts/shop/values.yaml"',
    ],
  ])('is told where %s', (_, more, changed, expected) => {
    expect(told(changed, { ...base, ...more })).toEqual(says(expected));
  });

  it.each<[string, Files, Files]>([
    [
      'only the form of values changes',
      {},
      { 'charts/shop/values.yaml': 'image: {tag: a}\nreplicas: 1 # one\n' },
    ],
    [
      'only space at the ends of lines changes',
      {},
      { 'charts/shop/templates/map.yaml': 'kind: ConfigMap  \ndata: { key: {{ .Values.key }} }\n\n' },
    ],
    ['only what people read changes', {}, { 'charts/shop/README.md': 'The shop\n' }],
    ['another chart changes', {}, { 'charts/other/Chart.yaml': meta('2.0.0', 'other') }],
    ['its Chart.yaml has no version', { 'charts/shop/Chart.yaml': 'name: shop\n' }, versions],
    ['it has no Chart.yaml', { 'charts/shop/Chart.yaml': undefined }, versions],
    [
      'files of another program change beside a chart at the root',
      {
        [FILE]: release().replace('./charts/shop', './'),
        'Chart.yaml': meta('1.0.0'),
      },
      { 'other/values.yaml': 'a: 1\n' },
    ],
  ])('is not told where %s', (_, more, changed) => {
    expect(told(changed, { ...base, ...more })).toEqual([]);
  });

  it('is told of a chart at the root', () => {
    const root = { [FILE]: release().replace('./charts/shop', './'), 'Chart.yaml': meta('1.0.0') };
    expect(told({ 'values.yaml': 'a: 1\n' }, root)).toEqual(says('"values.yaml" of its chart changes'));
  });

  it('is packed again if what it asks of the chart changes, so that nothing is said of its files', () => {
    const changed = { ...values, [FILE]: release('', 'valuesFiles: [charts/shop/values.yaml], ') };
    expect(told(changed).join('\n')).not.toContain('nothing changes');
  });

  it('has a chart that is not rendered, unless nothing changes', () => {
    const reasons = (changed: Files) => diffOf(base, changed).uncompared.map(({ reason }) => reason);
    expect([reasons(versions), reasons(values)]).toEqual([['chart'], []]);
  });
});
