import { buildGraph } from '../../lib/graph/build-graph';
import { frameOf } from '../../lib/graph/frame';
import type { ClusterGraph } from '../../lib/graph/graph';
import { findOrderCycles } from '../../lib/graph/order/compute-order';
import { BuildMemo } from '../../lib/graph/sources/build-memo';
import { Tree } from '../../lib/tree/tree';
import { bootstrap, configMap, fluxKustomization, treeOf } from './tree-of';

const files: Readonly<Record<string, string>> = {
  ...bootstrap,
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['dependsOn: [{ name: base }]']),
  'clusters/prod/base.yaml': fluxKustomization('base', './base', ['postBuild: { substitute: { a: b } }']),
  'clusters/prod/remote.yaml': fluxKustomization('remote', './remote'),
  'apps/map.yaml': configMap('map', { color: 'red' }),
  'base/map.yaml': configMap('base', { color: '${a}' }),
  'remote/kustomization.yaml': 'resources: [https://example.com/one.yaml]\n',
};

/** The only cluster of some files, and of the same ones with changes. */
function clustersOf(changed: Readonly<Record<string, string | undefined>>): [ClusterGraph, ClusterGraph] {
  const first = treeOf(files);
  const kept = first.files.filter(({ path }) => !Object.hasOwn(changed, path));
  const others = Object.entries(changed).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text]],
  );
  const second = new Tree([...kept, ...treeOf(Object.fromEntries(others) as Record<string, string>).files]);
  const memo = new BuildMemo();
  const [before, after] = [first, second].map((tree) => buildGraph(tree, { memo }).clusters[0]);
  return [before as ClusterGraph, after as ClusterGraph];
}

describe('the frame of a cluster', () => {
  it.each([
    ['nothing changes', {}],
    ['an object changes', { 'apps/map.yaml': configMap('map', { color: 'blue' }) }],
    ['an object is new', { 'apps/more.yaml': configMap('more') }],
    ['an object is gone', { 'base/map.yaml': undefined, 'base/other.yaml': configMap('other') }],
  ])('is the one of another tree where %s', (_what, changed) => {
    const [before, after] = clustersOf(changed);
    expect(frameOf(after)).toBe(frameOf(before));
  });

  it.each([
    [
      'a Kustomization changes',
      { 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['wait: true']) },
    ],
    ['a Kustomization is new', { 'clusters/prod/more.yaml': fluxKustomization('more', './more') }],
    ['a Kustomization is gone', { 'clusters/prod/remote.yaml': undefined }],
    ['a build fails', { 'apps/kustomization.yaml': 'resources: [gone.yaml]\n' }],
    ['a build is incomplete', { 'apps/kustomization.yaml': 'resources: [https://example.com/two.yaml]\n' }],
    ['a remote changes', { 'remote/kustomization.yaml': 'resources: [https://example.com/two.yaml]\n' }],
    ['another Kustomization applies one too', { 'base/apps.yaml': files['clusters/prod/apps.yaml'] }],
    [
      'a line before a Kustomization is new',
      { 'clusters/prod/apps.yaml': `# why\n${files['clusters/prod/apps.yaml'] ?? ''}` },
    ],
  ])('is its own where %s', (_what, changed) => {
    const [before, after] = clustersOf(changed);
    expect(frameOf(after)).not.toBe(frameOf(before));
  });

  it('does not hide a loop that is new', () => {
    const dependsOn = ['dependsOn: [{ name: apps }]'];
    const [before, after] = clustersOf({
      'clusters/prod/base.yaml': fluxKustomization('base', './base', dependsOn),
    });
    expect(findOrderCycles(before)).toEqual([]);
    expect(findOrderCycles(after)).toHaveLength(1);
  });
});
