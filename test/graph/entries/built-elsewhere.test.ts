import { buildGraph } from '../../../lib/graph/build-graph';
import { configMap, fluxKustomization, kustomizationFrom, listing, treeOf } from '../tree-of';

type Files = Readonly<Record<string, string>>;

const entriesOf = (files: Files) => buildGraph(treeOf(files)).clusters.map(({ entry }) => entry);
const apps = (path: string) => kustomizationFrom('GitRepository', 'shop', path, 'apps');
const both = (path: string, more: Files = {}): Files => ({
  'failing.yaml': kustomizationFrom('GitRepository', 'shop', './apps/failing', 'failing'),
  'apps/failing/map.yaml': configMap('failing'),
  'apps/shop/map.yaml': configMap('shop'),
  'team/apps.yaml': apps(path),
  ...more,
});

describe('Kustomizations that someone applies by hand, if one of another folder also builds what they build', () => {
  it('start nothing', () => {
    expect(entriesOf(both('./apps'))).toEqual(['team']);
  });

  it.each<[string, Files]>([
    ['it builds another folder', both('./apps/shop')],
    ['it builds the same path', both('./apps/failing')],
    ['it leaves the folder out', both('./apps', { 'apps/kustomization.yaml': listing('shop/map.yaml') })],
    [
      'only its build has it',
      both('./deploy', {
        'deploy/kustomization.yaml': listing('../apps/failing'),
        'apps/failing/kustomization.yaml': listing('map.yaml'),
      }),
    ],
    [
      'they apply Flux objects',
      both('./apps', { 'apps/failing/more.yaml': fluxKustomization('a', './apps/shop') }),
    ],
    ['it is beside them', both('./apps', { 'team/apps.yaml': '', 'apps.yaml': apps('./apps') })],
    ['it is an example', both('./apps', { 'team/apps.yaml': '', 'examples/apps.yaml': apps('./apps') })],
  ])('start something if %s', (_, files) => {
    expect(entriesOf(files)).toContain('apps/failing');
  });
});
