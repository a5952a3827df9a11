import { found, object, type Files } from './small-repositories';

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
    ['which is there', './charts/shop/', sync],
    ['from the root', 'charts/../charts/shop', sync],
    ['that is packed', './shop-1.0.0.tgz', sync],
    ['of another repository', './x', below],
    ['of a HelmRepository', 'x', '{ kind: HelmRepository, name: flux-system }'],
  ])('does not report a chart %s', (_, chart, source) => {
    expect(hints(chart, source, { 'clusters/prod/elsewhere.yaml': elsewhere })).toEqual([]);
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
