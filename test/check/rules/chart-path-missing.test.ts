import { bootstrap, fluxKustomization } from '../../graph/tree-of';
import { count, found, line, lines, object, type Files } from '../small-repositories';

/** The findings about a HelmRelease with a chart from a source, beside the chart `charts/shop` and more files. */
function hints(chart: string, source: string, more: Files = {}): (string | undefined)[] {
  const release = object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'shop',
    'flux-system',
    'spec:',
    ...['  interval: 1h', `  chart: { spec: { chart: ${JSON.stringify(chart)}, sourceRef: ${source} } }`],
  );
  const files = { 'clusters/prod/shop.yaml': release, 'charts/shop/Chart.yaml': 'name: shop\n', ...more };
  return found('chart-path-missing', files).map(({ hint }) => hint);
}

const sync = '{ kind: GitRepository, name: flux-system }';
const below = '{ kind: GitRepository, name: elsewhere }';
const elsewhere = object(
  'source.toolkit.fluxcd.io/v1',
  'GitRepository',
  'elsewhere',
  'flux-system',
  ...['spec: { interval: 1h, url: "https://example.com/charts" }'],
);

describe('chart-path-missing', () => {
  it.each([
    ['another folder', './deploy/charts/shop', 'did you mean "./charts/shop"?'],
    ['a folder above', './charts', 'did you mean "./charts/shop"?'],
    ['a folder below', 'charts/shop/templates', 'did you mean "./charts/shop"?'],
    ['a mistyped name', './charts/shopp', 'did you mean "./charts/shop"?'],
    ['a folder of nothing', './x', 'correct the path of the chart; it starts at the root of the repository'],
  ])('finds a chart in %s', (_, chart, hint) => {
    expect(hints(chart, sync)).toEqual([hint]);
  });

  it.each([
    [
      'that is nearest to the release',
      'clusters/prod/charts/shop',
      'did you mean "./clusters/prod/charts/shop"?',
    ],
    ['with a similar path if two are equally near', 'other/charts/shop', 'did you mean "./charts/shop"?'],
  ])('suggests of two charts of the name the one %s', (_, second, hint) => {
    expect(hints('./chart/shop', sync, { [`${second}/Chart.yaml`]: 'name: shop\n' })).toEqual([hint]);
  });

  it.each([
    ['which is there', './charts/shop/', sync],
    ['from the root', 'charts/../charts/shop', sync],
    ['that is packed', './shop-1.0.0.tgz', sync],
    ['of another repository', './x', below],
    ['of a HelmRepository', 'x', '{ kind: HelmRepository, name: flux-system }'],
  ])('does not report a chart %s', (_, chart, source) => {
    expect(hints(chart, source, { 'clusters/prod/elsewhere.yaml': elsewhere })).toEqual([]);
  });

  it.each([
    ['the address of this repository', 'https://github.com/acme/fleet', '', 1],
    ['its address at another revision', 'https://github.com/acme/fleet', ', ref: { branch: next }', 0],
    ['its address with another repository in it', 'https://github.com/acme/fleet', ', include: [{}]', 0],
    ['another address', 'https://github.com/acme/charts', '', 0],
  ])('looks at a source with %s', (_, url, more, expected) => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'elsewhere',
      'flux-system',
      ...[`spec: { interval: 1h, url: "${url}"${more} }`],
    );
    expect(hints('./x', below, { 'clusters/prod/elsewhere.yaml': source })).toHaveLength(expected);
  });

  it('does not report a chart that a submodule may contain', () => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'flux-system',
      'flux-system',
      ...['spec: { interval: 1h, url: "https://example.com/fleet", recurseSubmodules: true }'],
    );
    const kustomization = object(
      'kustomize.toolkit.fluxcd.io/v1',
      'Kustomization',
      'flux-system',
      'flux-system',
      ...[`spec: { interval: 1h, prune: true, path: ./clusters/prod, sourceRef: ${sync} }`],
    );
    const files = { 'clusters/prod/flux-system/gotk-sync.yaml': source + kustomization };
    expect(hints('./x', sync, files)).toEqual([]);
    expect(
      hints('./x', sync, {
        ...files,
        'clusters/prod/flux-system/gotk-sync.yaml': `${source.replace(', recurseSubmodules: true', '')}${kustomization}`,
      }),
    ).toHaveLength(1);
  });
});

describe('the search for the chart', () => {
  const CORRECT = 'correct the path of the chart; it starts at the root of the repository';
  const chart = (folder: string): Files => ({
    [folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`]: 'name: x\n',
  });

  it.each([
    ['two below', './charts', chart('charts/other'), CORRECT],
    ['two of that name', './deploy/shop', chart('other/shop'), CORRECT],
    ['one of that name among others', './deploy/web', chart('helm/web'), 'did you mean "./helm/web"?'],
    ['one of that name beside one at the root', './deploy/shop', chart(''), 'did you mean "./charts/shop"?'],
    ['one of that name at the root', './deploy/web', chart('web'), 'did you mean "./web"?'],
    ['one whose name ends like it', './deploy/op', chart('charts/backdrop'), CORRECT],
    ['one at the root beside one below', './other/x/y', chart(''), CORRECT],
    [
      'one of another file',
      './other',
      { 'other/Chart.yaml.tpl': 'name: x\n', 'other/xChart.yaml': 'name: x\n' },
      CORRECT,
    ],
    ['no folder of charts alone', './templates', { 'templates/values.yaml': 'a: b\n' }, CORRECT],
  ])('finds %s', (_, path, more, hint) => {
    expect(hints(path, sync, more)).toEqual([hint]);
  });

  it('names the folder', () => {
    const messages = found('chart-path-missing', {
      'clusters/prod/a.yaml': atRoot.replace('chart: .,', 'chart: ./x/y,'),
    }).map(({ message }) => message);
    expect(messages).toEqual([line('in "x/y",')]);
  });

  it('examines only HelmReleases', () => {
    const chart = `chart: { spec: { chart: ./x, sourceRef: ${sync} } }`;
    expect(
      count('chart-path-missing', { 'clusters/prod/a.yaml': fluxKustomization('a', './a', [chart]) }),
    ).toBe(0);
  });

  it('suggests nothing if there are very many charts', () => {
    const many = (count: number) =>
      Object.assign({}, ...Array.from({ length: count }, (_, index) => chart(`c/n${index}`))) as Files;
    expect(hints('./charts/shopp', sync, many(499))).toEqual(['did you mean "./charts/shop"?']);
    expect(hints('./charts/shopp', sync, many(500))).toEqual([CORRECT]);
  });

  it.each([
    ['a folder that is packed in its name', './x.tgz/y', [CORRECT]],
    ['a packed chart below a folder', './x/y.tgz', []],
    ['a variable', './${CHART}', []],
    ['the root, above all', './', ['did you mean "./charts/shop"?']],
  ])('recognizes %s', (_, path, expected) => {
    expect(hints(path, sync)).toEqual(expected);
  });

  it('finds the chart at the root', () => {
    expect(hints('.', sync, chart(''))).toEqual([]);
    expect(lines('chart-path-missing', { 'clusters/prod/a.yaml': atRoot })).toEqual([
      line(
        'error at clusters/prod/a.yaml:',
        '(HelmRelease a spec.chart.spec.chart)',
        'there is no Chart.yaml in ".",',
      ),
    ]);
  });

  const atRoot = object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'a',
    'flux-system',
    `spec: { interval: 1h, chart: { spec: { chart: ., sourceRef: ${sync} } } }`,
  );

  it('accepts a chart that may come from an included repository', () => {
    const gotk = bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '';
    const url = '  url: ssh://git@github.com/acme/fleet.git';
    const included = gotk.replace(url, `${url}\n  include: [{ repository: { name: other } }]`);
    const off = gotk.replace(url, `${url}\n  include: []\n  recurseSubmodules: false`);
    const at = (text: string) => hints('./x', sync, { 'clusters/prod/flux-system/gotk-sync.yaml': text });
    expect([at(included), at(off)]).toEqual([[], [CORRECT]]);
  });

  it('accepts a chart if Flux syncs from something else', () => {
    const bucket = (bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '').replaceAll(
      'GitRepository',
      'OCIRepository',
    );
    const oci = '{ kind: OCIRepository, name: flux-system }';
    expect(hints('./x', oci, { 'clusters/prod/flux-system/gotk-sync.yaml': bucket })).toEqual([]);
  });
});
