import { buildGraph } from '../../lib/graph/build-graph';
import { configMap, kustomizationFrom, listing, treeOf } from './tree-of';

type Files = Readonly<Record<string, string>>;

const graphOf = (files: Files) => buildGraph(treeOf(files));
const entriesOf = (files: Files) => graphOf(files).clusters.map(({ entry }) => entry);

const source = (name: string) =>
  `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 1m, url: "https://example.com/site.git"}\n`;
const from = (path: string, name: string, git = 'site') =>
  kustomizationFrom('GitRepository', git, path, name);

describe('a Kustomization of other Kustomizations that someone applies by hand after its source', () => {
  /** One stage is installed; the other one is in the repository, and nothing applies it. */
  const files: Files = {
    'site.yaml': source('site'),
    'install/stage.yaml': from('./install/two', 'stage'),
    'install/one/kustomization.yaml': listing('../../apps/a/flux'),
    'install/two/kustomization.yaml': listing('../../apps/b/flux'),
    'apps/a/flux/kustomization.yaml': listing('a.yaml'),
    'apps/a/flux/a.yaml': from('./apps/a/app', 'a'),
    'apps/a/app/map.yaml': configMap('a'),
    'apps/b/flux/kustomization.yaml': listing('b.yaml'),
    'apps/b/flux/b.yaml': from('./apps/b/app', 'b'),
    'apps/b/app/map.yaml': configMap('b'),
  };

  const bootstrapped = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replaceAll('name: site', 'name: flux-system')]),
  );

  it('is the only start', () => {
    expect(entriesOf(files)).toEqual(['install/two']);
  });

  it.each<[string, Files]>([
    ['a kustomization beside it lists it', { 'install/kustomization.yaml': listing('stage.yaml') }],
    ['a kustomization elsewhere lists it', { 'all/kustomization.yaml': listing('../install/stage.yaml') }],
    ['a kustomization lists its source', { 'kustomization.yaml': listing('site.yaml') }],
    ['the repository does not have its source', { 'site.yaml': '' }],
    [
      'it builds no Kustomizations',
      { 'install/two/kustomization.yaml': listing('../../apps/b/app/map.yaml') },
    ],
    ['another beside it builds none', { 'install/other.yaml': from('./apps/a/app', 'other') }],
    ['bootstrap made its source', bootstrapped],
  ])('is one among others if %s', (_, more) => {
    expect(entriesOf({ ...files, ...more })).not.toEqual(['install/two']);
  });
});

describe('a Kustomization with a path from its own folder', () => {
  const started = (kind: string, path: string): Files => ({
    'overlays/flux/kustomization.yaml': kustomizationFrom(kind, 'site', path, 'site'),
    'overlays/base/flux/kustomization.yaml': kustomizationFrom(kind, 'site', '../base', 'base'),
    'overlays/base/map.yaml': configMap('base'),
    'overlays/prod/map.yaml': configMap('prod'),
  });

  it.each([
    ['starts nothing if the repository has no such folder', 'GitRepository', '../prod', []],
    [
      'starts the folder that it names from the root',
      'GitRepository',
      './../overlays/prod',
      ['overlays/prod'],
    ],
    ['may start a folder of an artifact', 'OCIRepository', '../prod', ['overlays/base', 'overlays/prod']],
  ])('%s', (_, kind, path, entries) => expect(entriesOf(started(kind, path))).toEqual(entries));
});

describe('a guess', () => {
  it('does not mention the copy of another repository, which is no cluster of this one', () => {
    const { clusters, findings } = graphOf({
      'flux/kustomization.yaml': from('./overlays/dev', 'dev'),
      'overlays/dev/map.yaml': configMap('dev'),
      'site/start/kustomization.yaml': source('site') + from('./prod', 'prod'),
      'site/prod/map.yaml': configMap('prod'),
    });
    expect(clusters.map(({ entry }) => entry)).toEqual(['overlays/dev']);
    expect(findings[0]?.message).toContain('Flux starts from "overlays/dev", the path of Kustomization');
  });
});
