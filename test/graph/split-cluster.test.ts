import { planArtifacts } from '../../lib/graph/artifacts/plan-copies';
import { splitCluster } from '../../lib/graph/artifacts/split-cluster';
import type { ClusterGraph } from '../../lib/graph/graph';
import { filesBelow } from '../../lib/graph/sources/files-below';
import { mapOf } from '../../lib/plain/plain-data';
import { differentFromArtifacts } from './built-from-artifacts';
import { randomTree } from './random-trees/random-tree';
import { bootstrap, configMap, fluxKustomization, graphOf, treeOf } from './tree-of';

type Files = Readonly<Record<string, string>>;

const copy = (path: string) => ({ from: `@repo/${path}`, to: `@artifact/${path.replace(/\*\*$/, '')}` });

function copiesOf(
  wanted: Readonly<Record<string, readonly string[]>>,
  paths: readonly string[],
): Record<string, unknown> {
  const list = Object.entries(wanted).map(([name, reads]) => ({ name, reads }));
  return Object.fromEntries(planArtifacts(list, paths).map(({ name, copy: copies }) => [name, copies]));
}

describe('the copies of an artifact', () => {
  const paths = [
    'a/kustomization.yaml',
    'a/x.yaml',
    'a/in/kustomization.yaml',
    'a/in/y.yaml',
    'ab/z.yaml',
    'base/m.yaml',
    'notes.md',
  ];

  it('are whole folders, and files beside them', () => {
    expect(copiesOf({ one: ['ab', 'ab/z.yaml', 'base/m.yaml'] }, paths)).toEqual({
      one: [copy('ab/**'), copy('base/m.yaml')],
    });
  });

  it('leave out files inside a copied folder', () => {
    expect(copiesOf({ one: ['a/in', 'a', 'a/x.yaml', 'a/in/y.yaml'] }, paths)).toEqual({
      one: [copy('a/**')],
    });
  });

  it('are files if another artifact alone has something in the folder', () => {
    expect(copiesOf({ outer: ['a', 'a/x.yaml'], inner: ['a/in', 'a/in/y.yaml'] }, paths)).toEqual({
      outer: [copy('a/kustomization.yaml'), copy('a/x.yaml')],
      inner: [copy('a/in/**')],
    });
  });

  it('are a folder if both artifacts read the same files in it', () => {
    const both = { outer: ['a', 'a/x.yaml', 'a/in', 'a/in/y.yaml'], inner: ['a/in', 'a/in/y.yaml'] };
    expect(copiesOf(both, paths)).toEqual({ outer: [copy('a/**')], inner: [copy('a/in/**')] });
  });

  it('are everything if the root is read, or a name would be a pattern', () => {
    const all = [{ from: '@repo/**', to: '@artifact/' }];
    expect(copiesOf({ one: ['', 'a/x.yaml'] }, paths)).toEqual({ one: all });
    expect(copiesOf({ one: ['a[1]'] }, ['a[1]/x.yaml'])).toEqual({ one: all });
  });

  it('copy a file without an ending into its folder, because its name may be that of a folder', () => {
    const wanted = { one: ['scripts/run', 'run', 'scripts/run.sh'] };
    expect(copiesOf(wanted, ['run', 'scripts/run', 'scripts/run.sh'])).toEqual({
      one: [
        { from: '@repo/run', to: '@artifact/' },
        { from: '@repo/scripts/run', to: '@artifact/scripts/' },
        copy('scripts/run.sh'),
      ],
    });
  });

  it('do not confuse a folder with another one whose name begins with its name', () => {
    const wanted = { one: ['a', 'a/x.yaml', 'a/in', 'a/in/y.yaml'], two: ['ab', 'ab/z.yaml'] };
    expect(copiesOf(wanted, paths)).toEqual({ one: [copy('a/**')], two: [copy('ab/**')] });
  });
});

describe('the files of a folder', () => {
  const files = treeOf({
    a: 'x',
    'a-b/x.yaml': 'x',
    'a/1.yaml': 'x',
    'a/b/2.yaml': 'x',
    'a0.yaml': 'x',
    b: 'x',
  }).files;

  it.each([
    ['', ['a', 'a-b/x.yaml', 'a/1.yaml', 'a/b/2.yaml', 'a0.yaml', 'b']],
    ['a', ['a', 'a/1.yaml', 'a/b/2.yaml']],
    ['a/b', ['a/b/2.yaml']],
    ['a/1.yaml', ['a/1.yaml']],
    ['c', []],
    ['0', []],
  ])('of %j are %j', (folder, paths) => {
    expect(filesBelow(files, folder).map(({ path }) => path)).toEqual(paths);
  });
});

/** A Kustomization of another namespace, with the same name as one of the cluster's. */
const FAR = fluxKustomization('infra', './far')
  .replace('namespace: flux-system', 'namespace: team')
  .replace('    name: flux-system\n', '    name: flux-system\n    namespace: flux-system\n');

const REPOSITORY: Files = {
  'clusters/prod/infra.yaml': fluxKustomization('infra', './infra'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps/prod', ['components: [../../parts/labels]']),
  'clusters/prod/plain.yaml': fluxKustomization('plain', './plain'),
  'clusters/prod/far.yaml': FAR,
  'infra/kustomization.yaml': 'resources: [map.yaml, more]\n',
  'infra/map.yaml': configMap('infra'),
  'infra/more/kustomization.yaml': 'resources: [../../shared/map.yaml]\n',
  'shared/map.yaml': configMap('shared'),
  'shared/unread.yaml': configMap('unread'),
  'apps/base/kustomization.yaml':
    'resources: [map.yaml]\nconfigMapGenerator: [{ name: script, files: [run.sh] }]\n',
  'apps/base/map.yaml': configMap('app'),
  'apps/base/run.sh': 'echo\n',
  'apps/prod/kustomization.yaml':
    'resources: [../base, inner.yaml]\npatches: [{ path: ../patches/p.yaml }]\n',
  'apps/prod/inner.yaml': fluxKustomization('inner', './apps/prod/inner'),
  'apps/prod/inner/map.yaml': configMap('inner'),
  'apps/patches/p.yaml': configMap('app', { x: 'y' }),
  'parts/labels/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: { a: b }\n',
  'plain/map.yaml': configMap('plain'),
  'far/map.yaml': configMap('far'),
};

describe('a repository split into artifacts', () => {
  const { cluster, graph } = graphOf(REPOSITORY);
  const tree = treeOf({ ...bootstrap, ...REPOSITORY });
  const { generator, split, kept } = splitCluster(cluster, tree);

  it('has an artifact for each Kustomization with what its build reads', () => {
    expect(graph.findings).toEqual([]);
    const artifacts = mapOf(generator?.spec)['artifacts'] as { name: string; copy: unknown }[];
    expect(Object.fromEntries(artifacts.map(({ name, copy: copies }) => [name, copies]))).toEqual({
      infra: [copy('infra/**'), copy('shared/map.yaml')],
      apps: [
        copy('apps/base/**'),
        copy('apps/patches/p.yaml'),
        copy('apps/prod/inner.yaml'),
        copy('apps/prod/kustomization.yaml'),
        copy('parts/labels/**'),
      ],
      plain: [copy('plain/**')],
      'team-infra': [copy('far/**')],
      inner: [copy('apps/prod/inner/**')],
    });
    expect(generator).toMatchObject({
      metadata: { name: 'flux-system', namespace: 'flux-system' },
      spec: { sources: [{ alias: 'repo', kind: 'GitRepository', name: 'flux-system' }] },
    });
  });

  it('lists the sourceRef of each Kustomization', () => {
    expect(split.map(({ identity, sourceRef }) => [identity.name, sourceRef])).toEqual(
      expect.arrayContaining([
        ['apps', { kind: 'ExternalArtifact', name: 'apps' }],
        ['infra', { kind: 'ExternalArtifact', name: 'team-infra', namespace: 'flux-system' }],
      ]),
    );
    expect(kept).toEqual([]);
  });

  it('builds the same from artifacts', () => {
    expect(differentFromArtifacts(tree, cluster)).toEqual([]);
  });

  it('applies the same after the switch, and is recognized as split', () => {
    const withArtifacts = Object.entries(REPOSITORY).map(([path, text]): [string, string] => {
      const found = split.find(({ location }) => location?.file === path);
      if (!found) return [path, text];
      const { kind, name } = found.sourceRef;
      return [
        path,
        text.replace(/kind: GitRepository\n( +)name: flux-system/, `kind: ${kind}\n$1name: ${name}`),
      ];
    });
    const files = {
      ...Object.fromEntries(withArtifacts),
      'clusters/prod/artifacts.yaml': JSON.stringify(generator),
    };
    const after = graphOf(files);
    expect(after.graph.findings).toEqual([]);
    const inventory = (of: ClusterGraph) =>
      of.nodes.flatMap(({ id, build }) =>
        build && id !== of.root ? [[id, build.inventory.map(({ identity }) => identity)]] : [],
      );
    expect(inventory(after.cluster)).toEqual(inventory(cluster));
    const again = splitCluster(after.cluster, treeOf({ ...bootstrap, ...files }));
    expect(again).toMatchObject({ generator, kept: [] });
    expect(again.split.every(({ isSplit }) => isSplit)).toBe(true);
    expect(split.some(({ isSplit }) => isSplit)).toBe(false);
  });

  it('is split again if a Kustomization reads other folders', () => {
    const files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps').replace(
        /kind: GitRepository\n( +)name: flux-system/,
        'kind: ExternalArtifact\n$1name: apps',
      ),
      'clusters/prod/web.yaml': fluxKustomization('web', './web'),
      'apps/kustomization.yaml': 'resources: [map.yaml, ../shared/map.yaml]\n',
      'apps/map.yaml': configMap('apps'),
      'shared/map.yaml': configMap('shared'),
      'web/map.yaml': configMap('web'),
    };
    const old = JSON.stringify({
      apiVersion: 'source.extensions.fluxcd.io/v1beta1',
      kind: 'ArtifactGenerator',
      metadata: { name: 'flux-system', namespace: 'flux-system' },
      spec: {
        sources: [{ alias: 'repo', kind: 'GitRepository', name: 'flux-system' }],
        artifacts: [{ name: 'apps', copy: [copy('apps/**')] }],
      },
    });
    const artifactsWith = (given: Files): unknown => {
      const all = { ...files, ...given };
      const result = splitCluster(graphOf(all).cluster, treeOf({ ...bootstrap, ...all }));
      return mapOf(result.generator?.spec)['artifacts'];
    };
    const both = [
      { name: 'apps', copy: [copy('apps/**'), copy('shared/map.yaml')] },
      { name: 'web', copy: [copy('web/**')] },
    ];
    expect(artifactsWith({ 'clusters/prod/artifacts.yaml': old })).toMatchObject(both);
    const moved = old.replace('@artifact/apps/', '@artifact/other/');
    for (const text of ['', moved, old.replace('"GitRepository"', '"Bucket"')])
      expect(artifactsWith({ 'clusters/prod/artifacts.yaml': text })).toEqual([
        { ...both[1], originRevision: '@repo' },
      ]);
  });

  it('keeps one artifact that several Kustomizations share', () => {
    const shared = (name: string) =>
      fluxKustomization(name, `./${name}`).replace(
        /kind: GitRepository\n( +)name: flux-system/,
        'kind: ExternalArtifact\n$1name: layer',
      );
    const files = {
      'clusters/prod/one.yaml': shared('one'),
      'clusters/prod/two.yaml': shared('two'),
      'one/map.yaml': configMap('one'),
      'two/map.yaml': configMap('two'),
      'clusters/prod/artifacts.yaml': JSON.stringify({
        apiVersion: 'source.extensions.fluxcd.io/v1beta1',
        kind: 'ArtifactGenerator',
        metadata: { name: 'flux-system', namespace: 'flux-system' },
        spec: {
          sources: [{ alias: 'repo', kind: 'GitRepository', name: 'flux-system' }],
          artifacts: [{ name: 'layer', copy: [copy('one/**'), copy('two/**')] }],
        },
      }),
    };
    const result = splitCluster(graphOf(files).cluster, treeOf({ ...bootstrap, ...files }));
    expect(mapOf(result.generator?.spec)['artifacts']).toMatchObject([
      { name: 'layer', copy: [copy('one/**'), copy('two/**')] },
    ]);
  });

  it('has no two artifacts with one name, and can follow a file without an ending', () => {
    const files = {
      'clusters/prod/infra.yaml': fluxKustomization('infra', './infra'),
      'clusters/prod/far.yaml': FAR,
      'clusters/prod/near.yaml': fluxKustomization('team-infra', './near'),
      'infra/kustomization.yaml': 'configMapGenerator: [{ name: run, files: [../scripts/run] }]\n',
      'scripts/run': 'echo\n',
      'far/map.yaml': configMap('far'),
      'near/map.yaml': configMap('near'),
    };
    const { cluster: one } = graphOf(files);
    const all = treeOf({ ...bootstrap, ...files });
    const names = splitCluster(one, all).split.map(({ sourceRef }) => sourceRef['name']);
    expect(names.sort()).toEqual(['infra', 'team-infra', 'team-infra-2']);
    expect(differentFromArtifacts(all, one)).toEqual([]);
  });

  it('keeps a Kustomization on its source if it has another source, or cannot be built', () => {
    const other = fluxKustomization('other', './x').replace('name: flux-system\n', 'name: elsewhere\n');
    const files = {
      'clusters/prod/other.yaml': other,
      'clusters/prod/broken.yaml': fluxKustomization('broken', './nowhere'),
    };
    const result = splitCluster(graphOf(files).cluster, treeOf({ ...bootstrap, ...files }));
    expect(result.generator).toBeUndefined();
    expect(result.kept.map(({ identity, reason }) => [identity.name, reason]).sort()).toEqual([
      ['broken', 'it cannot be built'],
      ['other', 'its source is not the source of the cluster'],
    ]);
  });
});

describe('random repositories', () => {
  it('build the same from artifacts', () => {
    let count = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const tree = randomTree(seed);
      const folders = Object.keys(tree).flatMap(
        (path) => /^(.*)\/kustomization\.yaml$/.exec(path)?.[1] ?? [],
      );
      const flux = folders.map((folder, index): [string, string] => [
        `clusters/prod/k${index}.yaml`,
        fluxKustomization(`k${index}`, `./${folder}`),
      ]);
      const files = { ...tree, ...Object.fromEntries(flux) };
      const { cluster } = graphOf(files);
      const all = treeOf({ ...bootstrap, ...files });
      count += splitCluster(cluster, all).split.length;
      expect([seed, differentFromArtifacts(all, cluster)]).toEqual([seed, []]);
    }
    expect(count).toBeGreaterThan(60);
  });
});
