import { buildGraph } from '../../../lib/graph/build-graph';
import { codesOf, configMap, fluxKustomization, kustomizationFrom, listing, treeOf } from '../tree-of';

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

describe('a folder that its own source excludes', () => {
  const source = [
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: GitRepository',
    'metadata: {name: flux-system, namespace: flux-system}',
    'spec: {url: https://git.example.com/fleet, interval: 5m, ignore: /management/}',
    '',
  ].join('\n');
  const files: Files = {
    'management/source.yaml': source,
    'management/base.yaml': fluxKustomization('base', './base'),
    'management/web.yaml': fluxKustomization('web', './web', ['dependsOn: [{name: base}]']),
    'base/map.yaml': configMap('base'),
    'web/map.yaml': configMap('web'),
  };
  /** What the Kustomizations of the first cluster build and apply, and what is wrong. */
  const outcome = (all: Files, entries?: readonly string[]) => {
    const { clusters, findings } = buildGraph(treeOf(all), entries && { entries });
    const built = clusters[0]?.nodes.flatMap(({ build }) =>
      build ? [`${build.path} ${build.inventory.length}`] : [],
    );
    return [built, codesOf(findings)];
  };

  it.each<[string, readonly string[] | undefined, readonly string[]]>([
    ['is built all the same', undefined, ['entry-guessed']],
    ['is built all the same if someone names it', ['management'], []],
  ])('%s, because someone applies it by hand', (_, entries, codes) => {
    expect(outcome(files, entries)).toEqual([['management 3', 'base 1', 'web 1'], codes]);
  });

  it('hides other folders from the Kustomizations in it, as from others', () => {
    const more = {
      ...files,
      'management/own.yaml': fluxKustomization('own', './management/more'),
      'management/more/map.yaml': configMap('more'),
    };
    expect(outcome(more, ['management'])[1]).toEqual(['path-missing']);
  });

  it('is missing if a Kustomization builds it', () => {
    const own = { ...files, 'management/own.yaml': fluxKustomization('flux-system', './management') };
    expect(outcome(own, ['management'])[1]).toEqual(['path-missing']);
  });

  it('is missing if it is the path of flux bootstrap', () => {
    const script = 'flux bootstrap github --owner=acme --repository=fleet --path=management\n';
    expect(outcome({ ...files, 'setup.sh': script })[1]).toEqual(['entry-told', 'path-missing']);
  });
});

describe('an overlay whose build has the Kustomization of its own path', () => {
  const repository = [
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: GitRepository',
    'metadata: {name: apps, namespace: flux-system}',
    'spec: {url: https://git.example.com/apps, interval: 5m}',
    '',
  ].join('\n');
  const variables = ['postBuild: {substitute: {domain: example.com, size: "3"}}'];
  const patch = '[{"op": "replace", "path": "/spec/path", "value": "./overlays/prod"}]';
  /** An overlay that sets the path of the Kustomization of its base, which has some more in its `spec`. */
  const overlay = (spec: readonly string[], more: Files = {}): Files => ({
    'base/kustomization.yaml': listing('repository.yaml', 'sync.yaml'),
    'base/repository.yaml': repository,
    'base/sync.yaml': fluxKustomization('sync', './', spec).replace(/name: flux-system$/m, 'name: apps'),
    'overlays/prod/kustomization.yaml': [
      listing('../../base', ...Object.keys(more).map((file) => file.replace('overlays/prod/', ''))),
      `patches: [{target: {kind: Kustomization, name: sync}, patch: '${patch}'}]`,
      '',
    ].join('\n'),
    ...more,
  });
  /** The names of the Kustomizations from the root down, and where their paths lie. */
  const chain = (files: Files, entries?: readonly string[]) =>
    buildGraph(treeOf(files), entries && { entries }).clusters.map(({ nodes }) =>
      nodes.flatMap(({ identity, build }) =>
        build ? [`${identity.name} ${build.source} ${build.path}`] : [],
      ),
    );

  it('starts with that one', () => {
    expect(chain(overlay([]))).toEqual([['sync repository overlays/prod']]);
  });

  it('builds it from another repository if most Kustomizations have a source with another address', () => {
    const main = [
      repository.replaceAll('apps', 'main'),
      kustomizationFrom('GitRepository', 'main', './web', 'web'),
      kustomizationFrom('GitRepository', 'main', './db', 'db'),
    ].join('');
    const files = { 'web/map.yaml': configMap('web'), 'db/map.yaml': configMap('db') };
    expect(chain({ ...overlay([], { 'overlays/prod/main.yaml': main }), ...files })).toEqual([
      [
        'main repository overlays/prod',
        'sync outside overlays/prod',
        'web repository web',
        'db repository db',
      ],
    ]);
  });

  it('builds it from another repository if nothing uses the variables that it sets', () => {
    const expected = [['flux-system repository overlays/prod', 'sync outside overlays/prod']];
    expect(chain(overlay(variables))).toEqual(expected);
    expect(chain(overlay(variables), ['overlays/prod'])).toEqual(expected);
  });

  it.each<[string, string]>([
    ['in braces', '${domain}'],
    ['without braces', '$domain'],
    ['with a default', '${size:=1}'],
  ])('starts with it if something uses a variable %s', (_, text) => {
    const used = configMap('web').replace('name: web', `name: web\n  labels: {is: '${text}'}`);
    expect(chain(overlay(variables, { 'overlays/prod/web.yaml': used }))).toEqual([
      ['sync repository overlays/prod'],
    ]);
  });

  it('starts with a Kustomization of the source that builds more than what is there already', () => {
    const files = {
      'bootstrap/repository.yaml': repository,
      'bootstrap/sync.yaml': fluxKustomization('sync', './web', variables).replace(
        /name: flux-system$/m,
        'name: apps',
      ),
      'web/map.yaml': configMap('web'),
    };
    expect(chain(files)).toEqual([['apps repository bootstrap', 'sync repository web']]);
  });

  it('has other Kustomizations of the source that set no variables', () => {
    const more = fluxKustomization('more', './more').replace(/name: flux-system$/m, 'name: apps');
    expect(chain(overlay(variables, { 'overlays/prod/more.yaml': more }))).toEqual([
      ['sync repository overlays/prod', 'more repository more'],
    ]);
  });
});
