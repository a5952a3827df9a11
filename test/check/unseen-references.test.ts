import { CheckContext } from '../../lib/check/check-context';
import { unseenReferences } from '../../lib/check/unseen-references';
import { buildGraph } from '../../lib/graph/build-graph';
import { buildPicture } from '../../lib/draw/build-picture';
import { computeOrder } from '../../lib/graph/order/compute-order';
import { formatOrder } from '../../lib/graph/order/format-order';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../graph/tree-of';
import { foreign, object, release, resourceSet, type Files } from './small-repositories';

const waiting = fluxKustomization('apps', './apps', ['dependsOn: [{name: base}]']);
const released = (chart: string) =>
  `${release('base', 'flux-system', chart)}${object('source.toolkit.fluxcd.io/v1', 'HelmRepository', 'charts', 'flux-system', 'spec: { interval: 1h, url: "https://example.com/charts" }')}`;

/** What waits in vain, what is awaited out of sight, and what pictures mark. */
function orderOf(files: Files) {
  const tree = treeOf({
    ...bootstrap,
    'clusters/prod/apps.yaml': waiting,
    'apps/map.yaml': configMap('map'),
    ...files,
  });
  const graph = buildGraph(tree);
  const [cluster] = graph.clusters;
  if (!cluster) throw new Error('no cluster');
  const unseen = unseenReferences(new CheckContext(tree, graph, {}));
  const order = computeOrder(graph, cluster, { unseen: unseen.get(cluster.name) });
  const [picture] = buildPicture(graph, { unseen }).clusters;
  return {
    unseen: [...(unseen.get(cluster.name) ?? [])].map(([id, on]) => [id, ...on]),
    blocked: order.blocked,
    text: formatOrder(order),
    marked: [
      ...(picture?.nodes ?? []).flatMap(({ id, trouble }) => (trouble ? [`${trouble}: ${id}`] : [])),
      ...(picture?.edges ?? []).flatMap(({ from, to, trouble }) =>
        trouble ? [`${trouble}: ${from} to ${to}`] : [],
      ),
    ],
  };
}

describe('what waits for an object that no file has', () => {
  it('never starts where nothing may bring it', () => {
    expect(orderOf({})).toMatchObject({
      unseen: [],
      marked: [
        'blocked: Kustomization/flux-system/apps',
        'missing: Kustomization/flux-system/base',
        'missing: Kustomization/flux-system/apps to Kustomization/flux-system/base',
      ],
      blocked: [{ id: 'Kustomization/flux-system/apps', on: ['Kustomization/flux-system/base'] }],
    });
  });

  it('starts after it where another repository may bring it', () => {
    const { unseen, blocked, text, marked } = orderOf({
      'clusters/prod/other.yaml': foreign('platform', './x'),
    });
    expect(unseen).toEqual([['Kustomization/flux-system/apps', 'Kustomization/flux-system/base']]);
    expect([blocked, marked]).toEqual([[], []]);
    expect(text).toContain('    after flux-system/base is ready, which nothing in this repository applies\n');
  });

  it.each([
    ['raw', []],
    ['podinfo', ['Kustomization/flux-system/apps']],
  ])('starts where the chart of its name may create it: %s', (chart, blocked) => {
    const order = orderOf({ 'clusters/prod/base.yaml': released(chart) });
    expect(order.blocked.map(({ id }) => id)).toEqual(blocked);
  });

  it('starts where the Kustomization of its name, from another repository, may apply it', () => {
    const shop = release('shop', 'flux-system', 'podinfo', '  dependsOn: [{ name: platform }]');
    const { blocked } = orderOf({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'clusters/prod/other.yaml': foreign('platform', './x'),
      'apps/shop.yaml': shop,
    });
    expect(blocked).toEqual([]);
  });

  it('starts where another repository may have it beside a release of its name', () => {
    const { blocked } = orderOf({
      'clusters/prod/base.yaml': released('podinfo'),
      'clusters/prod/other.yaml': foreign('platform', './x'),
    });
    expect(blocked).toEqual([]);
  });

  it('starts where a ResourceSet may create it', () => {
    const set = resourceSet('resourcesTemplate: "kind: Kustomization"');
    expect(orderOf({ 'clusters/prod/set.yaml': set }).blocked).toEqual([]);
  });

  it('starts where the name has a variable whose value is not in the files', () => {
    const open = fluxKustomization('apps', './apps', ['dependsOn: [{name: "${SITE}-base"}]']);
    expect(orderOf({ 'clusters/prod/apps.yaml': open }).blocked).toEqual([]);
  });

  it('never starts where only a build that kustomize refuses may have it', () => {
    const refused = {
      'clusters/prod/more.yaml': fluxKustomization('more', './more'),
      'more/kustomization.yaml': 'resources: [gone.yaml]\n',
    };
    expect(orderOf(refused).blocked).toMatchObject([{ id: 'Kustomization/flux-system/apps' }]);
    expect(orderOf({ ...refused, 'clusters/prod/other.yaml': foreign('platform', './x') }).blocked).toEqual(
      [],
    );
    const set = resourceSet('resourcesTemplate: "kind: Kustomization"');
    expect(orderOf({ ...refused, 'clusters/prod/set.yaml': set }).blocked).toEqual([]);
  });

  it('starts where someone may apply it by hand, because only a guess says where Flux starts', () => {
    const files = treeOf({
      'clusters/prod/all.yaml': `${waiting}${fluxKustomization('more', './more')}`,
      'apps/map.yaml': configMap('map'),
      'more/kustomization.yaml': 'resources: [gone.yaml]\n',
    });
    const unseen = unseenReferences(new CheckContext(files, buildGraph(files), {}));
    expect([...unseen.values()].flatMap((found) => [...found.keys()])).toEqual([
      'Kustomization/flux-system/apps',
    ]);
  });

  it('does not start because of what waits for it itself', () => {
    const self = foreign('platform', './x', { spec: ['dependsOn: [{name: base}]'] });
    const { blocked } = orderOf({ 'clusters/prod/other.yaml': self });
    expect(blocked.map(({ id }) => id)).toEqual(['Kustomization/flux-system/platform']);
  });

  it('still waits in vain for others, and says only what it waits for in vain', () => {
    const both = fluxKustomization('apps', './apps', ['dependsOn: [{name: base}, {name: broken}]']);
    const broken = fluxKustomization('broken', './none');
    const { blocked } = orderOf({
      'clusters/prod/apps.yaml': `${both}${broken}`,
      'clusters/prod/base.yaml': released('raw'),
    });
    expect(blocked).toEqual([
      { id: 'Kustomization/flux-system/apps', on: ['Kustomization/flux-system/broken'] },
    ]);
  });
});

describe('what refers to an object that no file has', () => {
  const repository = (name: string, namespace = 'flux-system') =>
    `${release('web', namespace, 'podinfo')}`.replace('name: charts', `name: ${name}`);

  it('is marked where nothing may bring it', () => {
    const { marked } = orderOf({ 'clusters/prod/apps.yaml': repository('charts') });
    expect(marked).toEqual([
      'failing: HelmRelease/flux-system/web',
      'missing: HelmRepository/flux-system/charts',
      'missing: HelmRelease/flux-system/web to HelmRepository/flux-system/charts',
    ]);
  });

  it('is marked where a build gives it another name', () => {
    const { marked } = orderOf({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': 'namePrefix: a-\nresources: [map.yaml]\n',
      'apps/map.yaml': released('podinfo'),
    });
    expect(marked).toContain('missing: HelmRepository/flux-system/charts');
  });

  it('is not marked where another repository may bring it', () => {
    const files = {
      'clusters/prod/apps.yaml': repository('charts'),
      'clusters/prod/other.yaml': foreign('shop', './x'),
    };
    const { marked, text } = orderOf(files);
    expect([marked, text]).toEqual([[], expect.not.stringContaining('charts')]);
  });

  it('is marked if only one of its references may be to what another repository brings', () => {
    const files = {
      'clusters/prod/apps.yaml': waiting,
      'clusters/prod/other.yaml': foreign('platform', './x', { spec: ['dependsOn: [{name: base}]'] }),
    };
    expect(orderOf(files).marked).toEqual([
      'blocked: Kustomization/flux-system/platform',
      'missing: Kustomization/flux-system/base',
      'missing: Kustomization/flux-system/platform to Kustomization/flux-system/base',
    ]);
  });

  it('is marked in the cluster alone that lacks it', () => {
    const files = treeOf({
      'clusters/a/apps.yaml': `${fluxKustomization('apps', './apps', ['dependsOn: [{name: base}]'])}`,
      'clusters/b/apps.yaml': `${fluxKustomization('apps', './apps', ['dependsOn: [{name: base}]'])}${foreign('platform', './x')}`,
      'apps/map.yaml': configMap('map'),
    });
    const graph = buildGraph(files, { entries: ['clusters/a', 'clusters/b'] });
    const unseen = unseenReferences(new CheckContext(files, graph, {}));
    expect([...unseen].map(([name, found]) => [name, [...found.keys()]])).toEqual([
      ['a', []],
      ['b', ['Kustomization/flux-system/apps']],
    ]);
  });
});
