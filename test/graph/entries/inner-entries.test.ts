import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrap, configMap, fluxKustomization, listing, treeOf } from '../tree-of';

const SYNC = 'clusters/prod/flux-system/gotk-sync.yaml';
/** What bootstrap writes for a path. */
const synced = (path: string) => (bootstrap[SYNC] ?? '').replace(/path: .*/, `path: ./${path}`);
const outer = { 'flux-system/gotk-sync.yaml': synced(''), 'map.yaml': configMap('map') };

const graphOf = (files: Readonly<Record<string, string>>, entries?: readonly string[]) => {
  const { clusters, findings } = buildGraph(treeOf({ ...bootstrap, ...files }), { entries });
  return {
    entries: clusters.map(({ entry }) => entry),
    findings: findings.map(({ code, locations: [at] }) => [code, at?.file]),
  };
};

describe('an entry path around another', () => {
  it('is no cluster, because Flux refuses the objects that are there twice', () => {
    expect(graphOf(outer)).toEqual({
      entries: ['clusters/prod'],
      findings: [['path-overlap', 'flux-system/gotk-sync.yaml']],
    });
  });

  it('is a cluster where its kustomization leaves the other one out', () => {
    const files = { ...outer, 'kustomization.yaml': listing('map.yaml', 'flux-system/gotk-sync.yaml') };
    expect(graphOf(files)).toEqual({ entries: ['clusters/prod', ''], findings: [] });
  });

  it('is the only cluster where it is the only one asked for', () => {
    const { entries, findings } = graphOf(outer, ['.']);
    expect(entries).toEqual(['']);
    expect(new Set(findings.map(([code]) => code))).toEqual(new Set(['object-duplicate']));
  });
});

describe('an entry path whose Kustomization has another path there', () => {
  it('is followed where Flux can build it', () => {
    const moved = { 'clusters/prod/flux-system/gotk-sync.yaml': synced('clusters/prod') };
    const patch = [
      listing('gotk-sync.yaml'),
      'patches:',
      '  - target: { kind: Kustomization }',
      '    patch: "- { op: replace, path: /spec/path, value: ./apps }"',
      '',
    ].join('\n');
    const files = {
      ...moved,
      'clusters/prod/flux-system/kustomization.yaml': patch,
      'apps/shop.yaml': fluxKustomization('shop', './shop'),
      'shop/map.yaml': configMap('map'),
    };
    const [cluster] = buildGraph(treeOf({ ...bootstrap, ...files })).clusters;
    expect(cluster?.nodes.map(({ identity: { name } }) => name)).toContain('shop');
  });
});

describe('what bootstrap wrote in the folder of one cluster', () => {
  const COPY = 'clusters/next/flux-system/gotk-sync.yaml';

  it('is reported where it names the folder of another cluster', () => {
    const copied = { [COPY]: synced('clusters/prod'), 'clusters/next/map.yaml': configMap('map') };
    expect(graphOf(copied)).toEqual({ entries: ['clusters/prod'], findings: [['path-overlap', COPY]] });
    expect(buildGraph(treeOf({ ...bootstrap, ...copied })).findings[0]).toMatchObject({
      severity: 'warning',
      field: 'spec.path',
      hint: expect.stringContaining('"./clusters/next"') as string,
    });
  });

  it.each([
    ['its own folder', { [COPY]: synced('clusters/next') }],
    [
      'a folder around it',
      { [COPY]: synced('clusters'), 'clusters/flux-system/gotk-sync.yaml': synced('clusters') },
    ],
    [
      'a folder without one of its own',
      { [COPY]: synced('clusters/last'), 'clusters/last/map.yaml': configMap('map') },
    ],
  ])('may name %s', (_, files) => {
    const all = { ...files, 'clusters/next/map.yaml': configMap('map') };
    expect(graphOf(all).findings.filter(([code]) => code === 'path-overlap')).toEqual([]);
  });

  const copy = synced('clusters/prod');
  const map = { 'clusters/next/map.yaml': configMap('map') };
  it.each<[string, Readonly<Record<string, string>>]>([
    ['if it has nothing else', { [COPY]: copy, 'clusters/next/README.md': 'x' }],
    [
      'at another revision',
      { ...map, [COPY]: copy.replace('interval: 1m', 'interval: 1m\n  ref: { branch: next }') },
    ],
    ['of another repository', { ...map, [COPY]: copy.replace('acme', 'other') }],
    [
      'if that builds what is in it',
      {
        ...map,
        [COPY]: copy,
        'clusters/prod/next.yaml': fluxKustomization('next', './clusters/next'),
      },
    ],
    [
      'in a copy of the repository',
      { 'old/clusters/prod/flux-system/gotk-sync.yaml': copy, 'old/clusters/prod/map.yaml': configMap('m') },
    ],
    ['with a variable', { ...map, [COPY]: synced('clusters/${NAME}') }],
  ])('may name the folder of another cluster %s', (_, files) => {
    expect(graphOf(files).findings.filter(([code]) => code === 'path-overlap')).toEqual([]);
  });

  it('may not do so if only Kustomizations in its own folder build what is there', () => {
    const part = { 'clusters/next/part.yaml': fluxKustomization('part', './clusters/next/part') };
    const findings = [['path-overlap', COPY]];
    expect(graphOf({ ...map, ...part, [COPY]: copy }).findings).toEqual(findings);
  });

  it('may name a folder below, or one that it does not lie in', () => {
    expect(graphOf({ 'flux-system/gotk-sync.yaml': synced('clusters/prod') }).findings).toEqual([]);
    expect(graphOf({ 'clusters/next/sync/gotk-sync.yaml': synced('clusters/prod') }).findings).toEqual([]);
  });
});

describe('a Kustomization that someone added to what bootstrap wrote', () => {
  const own = bootstrap[SYNC] ?? '';
  const more = `---\n${fluxKustomization('infra', './infra/prod')}`;
  const files = { 'infra/prod/map.yaml': configMap('map') };

  it('is applied by the cluster and no cluster of its own', () => {
    const { clusters } = buildGraph(treeOf({ ...bootstrap, [SYNC]: `${own}${more}`, ...files }));
    expect(clusters.map(({ entry }) => entry)).toEqual(['clusters/prod']);
    expect(clusters[0]?.nodes.map(({ identity: { name } }) => name)).toContain('infra');
  });

  it('is no cluster either where the path starts below the root of the copy', () => {
    const moved = {
      [`fleet/${SYNC}`]: `${own}${more}`,
      'fleet/infra/prod/map.yaml': configMap('map'),
    };
    expect(buildGraph(treeOf(moved)).clusters.map(({ entry }) => entry)).toEqual(['fleet/clusters/prod']);
  });

  it('is a start where none of the Kustomizations applies the file', () => {
    const both = `${own.replace(/path: .*/, 'path: ./apps')}${more}`;
    const found = { [SYNC]: both, 'apps/map.yaml': configMap('apps'), ...files };
    expect(graphOf(found).entries).toEqual(['apps', 'infra/prod']);
  });
});

describe('what bootstrap wrote, with a mistyped source', () => {
  const own = bootstrap[SYNC] ?? '';
  const cut = own.lastIndexOf('name: flux-system');
  const mistyped = `${own.slice(0, cut)}name: flux-sistem${own.slice(cut + 'name: flux-system'.length)}`;
  const nodesOf = (files: Readonly<Record<string, string>>) => {
    const [cluster] = buildGraph(treeOf({ ...bootstrap, ...files })).clusters;
    return cluster?.nodes.map(({ identity: { kind, name }, state }) => `${kind} ${name} ${state}`);
  };
  const MISSING = 'GitRepository flux-sistem missing';

  it('lacks its source where another one is beside it', () => {
    expect(nodesOf({ [SYNC]: mistyped })).toContain(MISSING);
  });

  it.each([
    ['another file has the source', { 'sources/more.yaml': source('flux-sistem') }],
    [
      'one of quite another name is beside it',
      { [SYNC]: mistyped.replace('name: flux-system', 'name: podinfo') },
    ],
    ['several sources are beside it', { [SYNC]: `${mistyped}---\n${source('more')}` }],
    ['none is beside it', { [SYNC]: mistyped.replace('kind: GitRepository', 'kind: Bucket') }],
  ])('may have its source from elsewhere where %s', (_, files) => {
    expect(nodesOf({ [SYNC]: mistyped, ...files })).not.toContain(MISSING);
  });
});

/** A GitRepository as YAML. */
function source(name: string): string {
  return [
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: GitRepository',
    `metadata: { name: ${name}, namespace: flux-system }`,
    'spec: { interval: 1m, url: "https://example.com/other.git" }',
    '',
  ].join('\n');
}
