import { renderPicture } from '../../lib/draw/render-picture';
import { buildPicture } from '../../lib/draw/build-picture';
import { comparePictures } from '../../lib/draw/compare-pictures';
import { completedFinding as finding } from '../../lib/findings/finding';
import { KUSTOMIZE_GROUP } from '../../lib/kinds/groups';
import { fluxKustomization, graphOf } from '../graph/tree-of';
import { broken, kustomization, nodeOf, pictureOf, shop } from './pictures';

describe('a picture', () => {
  it('gives each object the wave in which Flux starts it', () => {
    const picture = pictureOf(shop);
    const wave = (id: string): number => nodeOf(picture, id).wave;
    expect(wave(kustomization('flux-system'))).toBe(0);
    expect(wave('GitRepository/flux-system/flux-system')).toBe(0);
    const waves = ['controllers', 'configs', 'apps'].map((name) => wave(kustomization(name)));
    expect(waves).toEqual([1, 2, 3]);
    expect(wave('HelmRelease/shop/shop')).toBe(4);
    expect(wave('HelmRepository/shop/charts')).toBe(4);
  });

  it('has sources before what uses them, and credentials before sources', () => {
    const picture = pictureOf(shop);
    const steps = ['Secret/shop/values', 'HelmRepository/shop/charts', 'HelmRelease/shop/shop'];
    expect(steps.map((id) => nodeOf(picture, id).step)).toEqual([0, 1, 2]);
  });

  it('names layers by the folder that paths have in common', () => {
    const picture = pictureOf(shop);
    const layer = (name: string): string | undefined => nodeOf(picture, kustomization(name)).layer;
    expect([layer('controllers'), layer('configs'), layer('apps')]).toEqual([
      'infrastructure',
      'infrastructure',
      undefined,
    ]);
  });

  it('never contains the values of a Secret, or a copy of them', () => {
    const { object } = nodeOf(pictureOf(shop), 'Secret/shop/values');
    expect(object?.['stringData']).toEqual({ password: '(hidden)' });
    expect(JSON.stringify(pictureOf(shop))).not.toContain('hunter2');
  });

  it('marks loops, and missing objects that others wait for', () => {
    const picture = pictureOf(broken);
    const trouble = (name: string) => nodeOf(picture, kustomization(name)).trouble;
    expect([trouble('a'), trouble('b'), trouble('lonely'), trouble('nowhere')]).toEqual([
      'cycle',
      'cycle',
      'blocked',
      'missing',
    ]);
    const troubled = picture.clusters[0]?.edges.filter((edge) => edge.trouble);
    expect(troubled?.map(({ from, trouble: why }) => [from, why])).toEqual([
      [kustomization('lonely'), 'missing'],
      [kustomization('a'), 'cycle'],
      [kustomization('b'), 'cycle'],
    ]);
  });

  it('marks what never becomes ready, and everything that waits for it', () => {
    const after = (name: string) => [`dependsOn: [{ name: ${name} }]`];
    const picture = pictureOf({
      'clusters/prod/failing.yaml': fluxKustomization('failing', './nothing'),
      'clusters/prod/next.yaml': fluxKustomization('next', './a', after('failing')),
      'clusters/prod/last.yaml': fluxKustomization('last', './a', after('next')),
      'clusters/prod/free.yaml': fluxKustomization('free', './a'),
      'clusters/prod/off.yaml': fluxKustomization('off', './a', ['suspend: true']),
      'a/map.yaml': broken['a/map.yaml'] ?? '',
    });
    const names = ['failing', 'next', 'last', 'free', 'off'];
    expect(names.map((name) => nodeOf(picture, kustomization(name)).trouble)).toEqual([
      'failing',
      'blocked',
      'blocked',
      undefined,
      undefined,
    ]);
    const troubled = picture.clusters[0]?.edges.filter(({ trouble }) => trouble === 'blocked');
    expect(troubled?.map(({ from, to }) => [from, to])).toEqual(
      [
        [kustomization('next'), kustomization('failing')],
        [kustomization('last'), kustomization('next')],
      ].sort(),
    );
    expect(renderPicture(picture, 'svg')).toContain(
      'never starts: it waits for something that never becomes ready',
    );
    expect(renderPicture(picture, 'mermaid')).toContain(':::kustomization_failing');
  });

  it('draws only the root’s edge to its own repository', () => {
    const sources = pictureOf(shop).clusters[0]?.edges.filter(({ to }) => to.startsWith('GitRepository'));
    expect(sources?.filter(({ isUsual }) => !isUsual).map(({ from }) => from)).toEqual([
      kustomization('flux-system'),
    ]);
  });

  it('does not draw that a Kustomization is applied together with what it waits for', () => {
    const applied = pictureOf(shop).clusters[0]?.edges.filter(
      ({ kind, from }) => kind === 'applies' && from === kustomization('flux-system'),
    );
    expect(applied?.filter(({ isUsual }) => !isUsual).map(({ to }) => to)).toEqual([
      kustomization('controllers'),
    ]);
  });

  it('draws what a ResourceSet creates behind the ResourceSet only', () => {
    const set = `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: set, namespace: flux-system }
spec:
  resources:
${fluxKustomization('inner', './apps')
  .replace('---\n', '')
  .replace(/^(?=.)/gm, '      ')
  .replace('      api', '    - api')}`;
    const { edges = [] } = pictureOf({ ...shop, 'clusters/prod/set.yaml': set }).clusters[0] ?? {};
    const drawn = edges.filter(({ to, isUsual }) => to === kustomization('inner') && !isUsual);
    expect(drawn.map(({ from, kind }) => `${kind} ${from}`)).toEqual(['makes ResourceSet/flux-system/set']);
  });

  it('shows only the named cluster', () => {
    const { graph } = graphOf(shop);
    expect(buildPicture(graph, { cluster: 'prod' }).clusters).toHaveLength(1);
    expect(buildPicture(graph, { cluster: 'other' }).clusters).toHaveLength(0);
  });
});

describe('a Kustomization that waits for what it applies, and that waits for it', () => {
  it('has the whole loop in its picture', () => {
    const files = {
      'clusters/prod/parent.yaml': fluxKustomization('parent', './parent', ['wait: true']),
      'clusters/prod/other.yaml': fluxKustomization('other', './a', ['dependsOn: [{ name: parent }]']),
      'parent/child.yaml': fluxKustomization('child', './a', ['dependsOn: [{ name: other }]']),
      'a/map.yaml': broken['a/map.yaml'] ?? '',
    };
    const loop = pictureOf(files).clusters[0]?.edges.filter(({ trouble }) => trouble === 'cycle');
    expect(loop?.map(({ from, kind, to }) => [from, kind, to])).toEqual([
      [kustomization('other'), 'depends-on', kustomization('parent')],
      [kustomization('parent'), 'applies', kustomization('child')],
      [kustomization('child'), 'depends-on', kustomization('other')],
    ]);
    expect(loop?.some(({ isUsual }) => isUsual)).toBe(false);
  });
});

describe('the findings of a picture', () => {
  const { graph } = graphOf(shop);
  const group = KUSTOMIZE_GROUP;
  const apps = { group, kind: 'Kustomization', namespace: 'flux-system', name: 'apps' };

  it('are at the object and at the edge of its field', () => {
    const found = finding({ code: 'a-code', message: 'm', object: apps, field: 'spec.dependsOn[0]' });
    const picture = buildPicture(graph, { findings: [found] });
    expect(nodeOf(picture, kustomization('apps')).findings).toEqual([found]);
    const edges = picture.clusters[0]?.edges.filter(({ findings }) => findings.length > 0);
    expect(edges?.map(({ from, to }) => [from, to])).toEqual([
      [kustomization('apps'), kustomization('configs')],
    ]);
  });

  it('about an object that is not a node are at the Kustomization that applies it', () => {
    const object = { group: '', kind: 'Namespace', name: 'other' };
    const picture = buildPicture(graph, { findings: [finding({ code: 'a-code', message: 'm', object })] });
    expect(nodeOf(picture, kustomization('configs')).findings).toHaveLength(1);
  });

  it('about a line are at the object that begins before it', () => {
    const file = 'clusters/prod/infra.yaml';
    const lineOf = (id: string): number => nodeOf(buildPicture(graph), id).place?.line ?? 0;
    const line = lineOf(kustomization('configs')) + 3;
    const found = finding({ code: 'a-code', message: 'm', locations: [{ file, line }] });
    const picture = buildPicture(graph, { findings: [found] });
    expect(nodeOf(picture, kustomization('configs')).findings).toHaveLength(1);
    expect(nodeOf(picture, kustomization('controllers')).findings).toHaveLength(0);
  });

  it('about no node are separate', () => {
    const found = finding({ code: 'a-code', message: 'm', locations: [{ file: 'README.md' }] });
    expect(buildPicture(graph, { findings: [found] }).findings).toEqual([found]);
  });
});

describe('two pictures compared', () => {
  const { 'clusters/prod/apps.yaml': apps = '', ...withoutApps } = shop;
  const before = pictureOf({ ...withoutApps, 'clusters/prod/extra.yaml': apps.replaceAll('apps', 'extra') });
  const after = pictureOf({
    ...shop,
    'infrastructure/configs/more.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: more }\n',
  });

  it('mark what is new, changed and removed, and draw removed objects', () => {
    const picture = comparePictures(before, after);
    const change = (name: string) => nodeOf(picture, kustomization(name)).change;
    expect([change('apps'), change('configs'), change('controllers'), change('extra')]).toEqual([
      'added',
      'changed',
      undefined,
      'removed',
    ]);
    const dependencies = picture.clusters[0]?.edges.filter(({ kind }) => kind === 'depends-on');
    expect(dependencies?.map((edge) => edge.change)).toEqual(['added', undefined, 'removed']);
  });

  it('mark nothing if nothing changed', () => {
    expect(comparePictures(after, after)).toEqual(after);
  });

  it('draw a removed cluster', () => {
    const picture = comparePictures(after, { ...after, clusters: [] });
    expect(new Set(picture.clusters[0]?.nodes.map((node) => node.change))).toEqual(new Set(['removed']));
  });
});
