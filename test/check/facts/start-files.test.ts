import { checkTree } from '../../../lib/check/check-tree';
import { kustomizationFrom, treeOf } from '../../graph/tree-of';
import { object, type Files } from '../small-repositories';

const source = (name: string) =>
  object(
    'source.toolkit.fluxcd.io/v1',
    'GitRepository',
    name,
    'flux-system',
    'spec: { interval: 1m, url: "https://example.com/a.git" }',
  );
const instance = (group: string) =>
  object(`${group}/v1`, 'FluxInstance', 'flux', 'flux-system', 'spec: { distribution: { version: 2.x } }');

/** The files that are reported as not read in a repository where someone applies `start.yaml` by hand. */
function unread(more: Files): (string | undefined)[] {
  const files = {
    'start.yaml': kustomizationFrom('GitRepository', 'shop', './site'),
    'site/map.yaml': object('v1', 'ConfigMap', 'map', 'default'),
    ...more,
  };
  return checkTree(treeOf(files))
    .findings.filter(({ code }) => code === 'orphan-file' || code === 'file-not-listed')
    .map(({ locations: [place] }) => place?.file);
}

describe('what someone applies by hand to start Flux', () => {
  it.each<[string, Files]>([
    ['the source', { 'sources/site.yaml': source('shop') }],
    ['a FluxInstance', { 'instance.yaml': instance('fluxcd.controlplane.io') }],
    ['both in one file', { 'all.yaml': source('shop') + instance('fluxcd.controlplane.io') }],
  ])('may be anywhere: %s', (_, more) => expect(unread(more)).toEqual([]));

  it('is all that lies beside a start which kustomize takes for its own file', () => {
    const files = {
      'start/kustomization.yaml': kustomizationFrom('GitRepository', 'shop', './site'),
      'start/more.yaml': object('v1', 'Namespace', 'shop'),
      'site/map.yaml': object('v1', 'ConfigMap', 'map', 'default'),
    };
    const found = checkTree(treeOf(files)).findings.map(({ code }) => code);
    expect(found).not.toContain('orphan-file');
  });

  it.each<[string, Files]>([
    ['another source', { 'sources/site.yaml': source('other') }],
    ['another kind of that name', { 'sources/site.yaml': object('v1', 'Namespace', 'shop') }],
    ['a FluxInstance of another group', { 'sources/site.yaml': instance('example.com') }],
    ['more in the file', { 'sources/site.yaml': source('shop') + object('v1', 'Namespace', 'a') }],
    [
      'a kustomization file beside it',
      { 'sources/site.yaml': source('shop'), 'sources/kustomization.yaml': 'resources: []\n' },
    ],
  ])('does not cover %s', (_, more) => expect(unread(more)).toEqual(['sources/site.yaml']));
});
