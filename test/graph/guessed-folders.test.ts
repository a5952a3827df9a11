import { buildGraph } from '../../lib/graph/build-graph';
import { configMap, fluxKustomization, kustomizationFrom, listing, treeOf } from './tree-of';

type Files = Readonly<Record<string, string>>;

const entriesOf = (files: Files) => buildGraph(treeOf(files)).clusters.map(({ entry }) => entry);

describe('Kustomizations that build from artifacts of an ArtifactGenerator', () => {
  const ofArtifact = (name: string, path: string) => kustomizationFrom('ExternalArtifact', name, path);
  const generator = (artifact: string, from: string, to: string) =>
    [
      '---',
      'apiVersion: source.extensions.fluxcd.io/v1beta1',
      'kind: ArtifactGenerator',
      `metadata: {name: ${artifact}, namespace: flux-system}`,
      'spec:',
      '  sources: [{alias: repo, kind: GitRepository, name: flux-system}]',
      `  artifacts: [{name: ${artifact}, copy: [{from: "@repo/${from}**", to: "@artifact/${to}"}]}]`,
      '',
    ].join('\n');
  const sync = (name: string) => fluxKustomization(name, `./${name}`);
  /** A cluster, with a Kustomization of the artifact `apps` that applies another Kustomization. */
  const cluster = (path: string, from: string, to = ''): Files => ({
    'clusters/prod/apps.yaml': ofArtifact('apps', path),
    'clusters/prod/artifacts.yaml': generator('apps', from, to),
    'clusters/prod/base.yaml': sync('base'),
    'apps/prod/sync.yaml': sync('web'),
    'base/map.yaml': configMap('base'),
    'web/map.yaml': configMap('web'),
  });

  it.each<[string, string, string, string]>([
    ['a folder in the artifact', './prod', 'apps/', ''],
    ['the root of the artifact', './', 'apps/prod/', ''],
    ['a folder above what is copied', './', 'apps/prod/', 'prod/'],
    ['a folder in a folder that is copied elsewhere', './all/prod', 'apps/', 'all/'],
  ])('do not build a folder of the repository with the same path, but %s', (_, path, from, to) => {
    expect(entriesOf(cluster(path, from, to))).toEqual(['clusters/prod']);
  });

  it('build what the generator beside them copies', () => {
    const files = {
      ...cluster('./prod', 'apps/'),
      'clusters/test/artifacts.yaml': generator('apps', '', ''),
      'clusters/test/base.yaml': sync('base'),
      'prod/sync.yaml': sync('other'),
    };
    expect(entriesOf(files)).toEqual(['clusters/prod', 'clusters/test', 'prod']);
  });

  it('build what a generator elsewhere copies if there is none beside them', () => {
    const { 'clusters/prod/artifacts.yaml': moved = '', ...files } = cluster('./prod', 'apps/');
    expect(entriesOf({ ...files, 'clusters/prod/more/artifacts.yaml': moved })).toEqual(['clusters/prod']);
    expect(entriesOf(files)).toEqual(['apps/prod', 'clusters/prod']);
  });

  it('build nothing that is known if their generator is an example', () => {
    const { 'clusters/prod/artifacts.yaml': moved = '', ...files } = cluster('./prod', 'apps/');
    expect(entriesOf({ ...files, 'examples/artifacts.yaml': moved })).toEqual(['apps/prod', 'clusters/prod']);
  });
});

describe('folders for parts of a cluster', () => {
  const apps = {
    'live/eu/apps/web.yaml': fluxKustomization('web', './web'),
    'web/map.yaml': configMap('web'),
  };
  const base = {
    'live/eu/infrastructure/base.yaml': fluxKustomization('base', './base'),
    'base/map.yaml': configMap('base'),
  };
  const files: Files = { ...apps, ...base, 'live/eu/settings/map.yaml': configMap('settings') };

  it('belong to the folder above, which is the cluster', () => {
    expect(entriesOf(files)).toEqual(['live/eu']);
    expect(entriesOf({ ...apps, 'live/eu/settings/map.yaml': configMap('settings') })).toEqual(['live/eu']);
  });

  it('belong to the folder above all of them', () => {
    const deeper = { 'live/eu/02-infra/controllers/base.yaml': fluxKustomization('base', './base') };
    expect(entriesOf({ ...apps, ...deeper, 'base/map.yaml': configMap('base') })).toEqual(['live/eu']);
  });

  it('of several clusters belong to each', () => {
    const other = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path.replace('live/eu', 'live/us'), text]),
    );
    expect(entriesOf({ ...files, ...other })).toEqual(['live/eu', 'live/us']);
  });

  const inner = ['live/eu/apps', 'live/eu/infrastructure'];
  it.each<[string, Files, readonly string[]]>([
    [
      'have a kustomization file above them that lists none of them',
      { ...files, 'live/eu/kustomization.yaml': listing('settings/map.yaml') },
      inner,
    ],
    [
      'have a Kustomization of the same name',
      { ...files, 'live/eu/apps/base.yaml': fluxKustomization('base', './web') },
      inner,
    ],
    [
      'build what is in the folder above',
      {
        ...files,
        'live/eu/apps/web.yaml': fluxKustomization('web', './live/eu/pages'),
        'live/eu/pages/map.yaml': configMap('web'),
      },
      inner,
    ],
    [
      'are beside a file that is no manifest',
      { ...files, 'live/eu/settings/values.yaml': 'size: 3\n' },
      inner,
    ],
  ])('are entries themselves if they %s', (_, all, entries) => {
    expect(entriesOf(all)).toEqual(entries);
  });

  it.each<[string, string]>([
    ['is among clusters', 'clusters/apps'],
    ['is among environments', 'live/environments/monitoring'],
    ['is at the root of the repository', 'infrastructure'],
    ['has another name', 'live/eu'],
  ])('are no such if one %s', (_, folder) => {
    expect(
      entriesOf({
        [`${folder}/web.yaml`]: fluxKustomization('web', './web'),
        'web/map.yaml': configMap('web'),
      }),
    ).toEqual([folder]);
  });
});
