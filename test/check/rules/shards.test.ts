import { configMap, fluxKustomization } from '../../graph/tree-of';
import { controller, file, found, inShard, KEY, main, shard } from './sharded-cluster';
import { inLine, line, object, type Files } from '../small-repositories';

const told = (code: string, files: Files) =>
  found(files)
    .filter((one) => one.code === code)
    .map(inLine);
const labels = (name: string | undefined) => (name === undefined ? '' : `, labels: { ${KEY}: ${name} }`);
const repository = (name: string, of?: string, kind = 'HelmRepository', more = '') =>
  object(
    'source.toolkit.fluxcd.io/v1',
    kind,
    name,
    `default${labels(of)}`,
    `spec: { interval: 1h, url: "https://example.com/${name}"${more} }`,
  );
const release = (chart?: string) =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'web',
    'default',
    'spec:',
    '  interval: 1h',
    `  chart: { spec: { chart: web, sourceRef: { kind: HelmRepository, name: charts } }, metadata: { labels: { ${chart === undefined ? '' : `${KEY}: ${chart}`} } } }`,
  );
const all = [main(), shard('s1'), shard('s2')].join('---\n');

describe('shard-source-apart', () => {
  const apart = (text: string, components = all) =>
    told('shard-source-apart', { [file]: components, 'clusters/prod/a.yaml': text });

  it.each([
    ['the source is missing', release('s1')],
    ['nothing has the source', release() + repository('charts', 's9')],
    ['nothing has the chart', release('s9') + repository('charts')],
    [
      'it is a Kustomization, which finds its source everywhere',
      repository('g', 's1', 'GitRepository') +
        fluxKustomization('k', './x').replace('    name: flux-system', '    name: g\n    namespace: default'),
    ],
    [
      'it is an ArtifactGenerator',
      repository('g', 's1', 'GitRepository') +
        object(
          'source.extensions.fluxcd.io/v1beta1',
          'ArtifactGenerator',
          'a',
          'default',
          'spec: { sources: [{ alias: g, kind: GitRepository, name: g }], artifacts: [{ name: a, copy: [{ from: "@g/**", to: "@artifact/" }] }] }',
        ),
    ],
  ])('passes where %s', (_, text) => {
    expect(apart(text)).toEqual([]);
  });

  it('passes where one of the controllers that fetch the chart has the source, too', () => {
    const open = [main([]), shard('s1')].join('---\n');
    expect(apart(release('s1') + repository('charts'), open)).toEqual([]);
  });

  it('passes where a selector cannot be read', () => {
    const unreadable = [
      all,
      controller('source-controller-x', 'source-controller', ['--watch-label-selector=a b c']),
    ].join('---\n');
    expect(apart(release('s1') + repository('charts'), unreadable)).toEqual([]);
    expect(apart(release('s1') + repository('charts'))).toHaveLength(1);
  });

  it('needs two controllers, no more', () => {
    const two = [main(), shard('s1')].join('---\n');
    expect(apart(release() + repository('charts', 's1'), two)).toHaveLength(1);
    expect(apart(release() + repository('charts', 's1'), main([]))).toEqual([]);
  });

  it('names all controllers that fetch', () => {
    const twice = [
      all,
      controller('source-controller-s1b', 'source-controller', [`--watch-label-selector=${KEY}=s1`]),
    ].join('---\n');
    expect(apart(release('s1') + repository('charts'), twice)).toEqual([
      line(
        'error at clusters/prod/a.yaml:',
        '(HelmRelease web spec.chart) the HelmChart that Flux',
        'goes to source-controller-s1, source-controller-s1b, which does not see the HelmRepository "charts" of source-controller',
        '=> set spec.chart.metadata.labels to the label of the HelmRepository: it has no label of a shard',
      ),
    ]);
  });

  it('speaks of the object itself, if it is no HelmRelease', () => {
    const chart = (of?: string) =>
      object(
        'source.toolkit.fluxcd.io/v1',
        'HelmChart',
        'c',
        `default${labels(of)}`,
        'spec: { interval: 1h, chart: c, sourceRef: { kind: HelmRepository, name: charts } }',
      );
    expect(apart(chart('s2') + repository('charts', 's1'))).toEqual([
      line('(HelmChart c spec.sourceRef) the HelmChart has the label', '=> put both into one shard'),
    ]);
    const outer = repository('outer', 's1', 'GitRepository', ', include: [{ repository: { name: inner } }]');
    expect(apart(outer + repository('inner', 's2', 'GitRepository'))).toEqual([
      line(
        '(GitRepository outer spec.include[0]',
        'the GitRepository has the label',
        '=> put both into one shard',
      ),
    ]);
  });
});

describe('shard-watched-twice', () => {
  const twice = (files: Files) => told('shard-watched-twice', files);
  const copy = (name: string) => shard(name).replaceAll(`-${name},`, `-${name}b,`);

  it('reports each set of controllers', () => {
    const both = [main(), shard('s1'), copy('s1'), shard('s2'), copy('s2')].join('---\n');
    const second = {
      'clusters/prod/b.yaml': (inShard('s2')['clusters/prod/apps.yaml'] ?? '').replaceAll('apps', 'b'),
      'b/map.yaml': configMap('b'),
    };
    expect(twice({ [file]: both, ...inShard('s1'), ...second })).toEqual([
      line(
        `at ${file}:`,
        'kustomize-controller-s1 and kustomize-controller-s1b reconcile the same objects: Kustomization "flux-system/apps" =>',
      ),
      line(
        `at ${file}:`,
        'kustomize-controller-s2 and kustomize-controller-s2b reconcile the same objects: Kustomization "flux-system/b" =>',
      ),
    ]);
  });

  it('names the label that shards have', () => {
    const own = controller('k-s1', 'kustomize-controller', [
      '--watch-label-selector=example.com/shard in (s1)',
    ]);
    const set = controller('k-s1', 'kustomize-controller', ['--watch-label-selector=example.com/shard=s1']);
    const labelled = (inShard('s1')['clusters/prod/apps.yaml'] ?? '').replace(KEY, 'example.com/shard');
    const files = (one: string) => ({
      ...inShard('s1'),
      [file]: [main([]), one].join('---\n'),
      'clusters/prod/apps.yaml': labelled,
    });
    const hint = '=> start kustomize-controller with --watch-label-selector=!example.com/shard:';
    expect(twice(files(set))).toEqual([line(hint)]);
    expect(twice(files(own))).toEqual([line(hint)]);
  });

  it('names the usual label, if no selector has one', () => {
    const two = [main([]), controller('other', 'kustomize-controller')].join('---\n');
    expect(twice({ [file]: two, ...inShard('s1') })).toEqual([line(`--watch-label-selector=!${KEY}:`)]);
  });
});

describe('shard-without-controller', () => {
  const without = (files: Files) => told('shard-without-controller', files);

  it('counts one more object', () => {
    const second = {
      'clusters/prod/b.yaml': (inShard('s9')['clusters/prod/apps.yaml'] ?? '').replaceAll('apps', 'b'),
      'b/map.yaml': configMap('b'),
    };
    expect(without({ [file]: all, ...inShard('s9'), ...second })).toEqual([
      line(
        'error',
        '(Kustomization apps metadata.labels)',
        'watches it and 1 more, so Flux never reconciles them:',
      ),
    ]);
  });

  it('names up to six controllers', () => {
    const shards = (count: number) =>
      [main(), ...Array.from({ length: count }, (_, index) => shard(`s${index}`))].join('---\n');
    expect(without({ [file]: shards(5), ...inShard('s9') })).toEqual([
      line('kustomize-controller-s4 (', ' =>'),
    ]);
    expect(without({ [file]: shards(6), ...inShard('s9') })).toEqual([
      line('kustomize-controller-s3 (', ') and 2 more =>'),
    ]);
  });
});
