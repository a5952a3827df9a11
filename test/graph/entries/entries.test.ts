import { buildGraph, type GraphOptions } from '../../../lib/graph/build-graph';
import {
  bootstrap,
  codesOf,
  configMap,
  fluxKustomization,
  kustomizationFrom,
  listing,
  treeOf,
} from '../tree-of';

type Files = Readonly<Record<string, string>>;

const graphOf = (files: Files, options?: GraphOptions) => buildGraph(treeOf(files), options);
const entriesOf = (files: Files, options?: GraphOptions) =>
  graphOf(files, options).clusters.map(({ entry }) => entry);

const gitRepository = (name: string, url = `https://example.com/${name}.git`) =>
  `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 1m, url: "${url}"}\n`;
const sync = (path: string) => gitRepository('flux-system') + fluxKustomization('flux-system', path);
const instance = (path: string, more = '') =>
  `apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux, namespace: flux-system}\nspec:\n  sync: {kind: OCIRepository, url: "oci://registry.example.com/fleet", path: ${JSON.stringify(path)}}\n${more}`;
const ociApps = (name = 'apps', path = './apps') =>
  kustomizationFrom('OCIRepository', 'flux-system', path, name);
const named = (name: string) => configMap(name).replace('metadata:', 'metadata:\n  namespace: default');

describe('the files of bootstrap', () => {
  const base = {
    'clusters/base/gotk-sync.yaml': sync('./unset'),
    'clusters/base/kustomization.yaml': listing('gotk-sync.yaml'),
  };
  const overlay = (path: string) =>
    `${listing('../base')}patches:\n  - target: {kind: Kustomization, name: flux-system}\n    patch: |\n      - {op: replace, path: /spec/path, value: ${path}}\n`;

  it('count with the changes of overlays, once for each', () => {
    const files = {
      ...base,
      'clusters/prod/kustomization.yaml': overlay('./clusters/prod'),
      'clusters/dev/kustomization.yaml': overlay('./clusters/dev'),
    };
    expect(entriesOf(files)).toEqual(['clusters/dev', 'clusters/prod']);
  });

  it('do not count if they patch others', () => {
    const files = {
      ...base,
      'clusters/prod/kustomization.yaml': `${listing('../base')}patches: [{path: gotk-sync.yaml}]\n`,
      'clusters/prod/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/prod'),
    };
    expect(entriesOf(files)).toEqual(['clusters/prod']);
  });

  it('may start from the root, and from nested folders', () => {
    expect(entriesOf({ 'flux-system/gotk-sync.yaml': sync('./'), 'a.yaml': named('a') })).toEqual(['']);
    const nested = {
      'clusters/prod/eu/flux-system/gotk-sync.yaml': sync('./clusters/prod/eu'),
      'clusters/prod/us/flux-system/gotk-sync.yaml': sync('./clusters/prod/us'),
    };
    expect(graphOf(nested).clusters.map(({ name }) => name)).toEqual(['eu', 'us']);
  });

  it('keep their missing path as a finding', () => {
    const graph = graphOf({ 'clusters/prod/flux-system/gotk-sync.yaml': sync('./clusters/pord') });
    expect(codesOf(graph.findings)).toEqual(['path-missing']);
  });

  it('count under another name in their folder, but other files in a folder of that name do not', () => {
    const files = {
      ...bootstrap,
      'clusters/dev/flux-system/sync.yaml': sync('./clusters/dev'),
      'apps/flux-system/ks.yaml':
        gitRepository('x') + kustomizationFrom('GitRepository', 'x', './charts', 'x'),
    };
    expect(entriesOf(files)).toEqual(['clusters/dev', 'clusters/prod']);
  });

  it('are not clusters in examples and test data, beside a real one', () => {
    const files = {
      ...bootstrap,
      'examples/fleet/clusters/demo/flux-system/gotk-sync.yaml': sync('./clusters/demo'),
      'testdata/clusters/x/flux-system/gotk-sync.yaml': sync('./testdata/clusters/x'),
      'clusters/test/flux-system/gotk-sync.yaml': sync('./clusters/test'),
    };
    expect(entriesOf(files)).toEqual(['clusters/prod', 'clusters/test']);
  });
});

describe('a FluxInstance', () => {
  it('has the path that its overlay sets', () => {
    const files = {
      'clusters/base/instance.yaml': instance('unset'),
      'clusters/base/kustomization.yaml': listing('instance.yaml'),
      'clusters/eu/kustomization.yaml': `${listing('../base')}patches:\n  - target: {kind: FluxInstance}\n    patch: |\n      - {op: replace, path: /spec/sync/path, value: clusters/eu}\n`,
    };
    expect(entriesOf(files)).toEqual(['clusters/eu']);
  });

  it('with a variable in its path represents each folder that matches', () => {
    const files = {
      'flux/instance.yaml': instance('clusters/${CLUSTER}'),
      'clusters/eu/a.yaml': named('a'),
      'clusters/us/a.yaml': named('a'),
    };
    expect(entriesOf(files)).toEqual(['clusters/eu', 'clusters/us']);
  });
});

describe('an artifact', () => {
  const below = (root: string) => ({
    [`${root}/clusters/prod/apps.yaml`]: ociApps(),
    [`${root}/apps/a.yaml`]: named('a'),
  });

  it.each([
    [
      '.github/workflows/push.yaml',
      'run: |\n  flux push artifact oci://registry.example.com/fleet:$(git rev-parse HEAD) \\\n    --path="./deploy"\n',
    ],
    ['.gitlab-ci.yml', 'script:\n  - flux build artifact --path deploy --output x.tgz\n'],
    ['Makefile', 'push:\n\tflux push artifact $(URL) -f deploy/ --source=x\n'],
    ['push.sh', 'npx cdk8s-flux artifact push oci://registry.example.com/fleet:main --path deploy\n'],
    ['deploy/push.sh', 'flux push artifact "$URL" --path=.\n'],
    [
      '.github/workflows/release.yaml',
      'steps:\n  - uses: controlplaneio-fluxcd/distribution/actions/push@v2\n    with:\n      repository: registry.example.com/fleet\n      path: ./deploy\n  - run: cd other\n',
    ],
  ])('is created from the folder that %s names', (file, text) => {
    const files = {
      ...below('deploy'),
      ...below('other'),
      'boot/i.yaml': instance('clusters/prod'),
      [file]: text,
    };
    const graph = graphOf(files);
    expect(graph.clusters.map(({ entry }) => entry)).toEqual(['deploy/clusters/prod']);
    expect(graph.findings).toMatchObject([
      {
        code: 'artifact-root-assumed',
        hint: expect.stringContaining('entries: [deploy/clusters/prod]') as string,
      },
    ]);
  });

  it('is not created from a folder of which only the root path exists', () => {
    const brought = (name: string, path: string) =>
      gitRepository(name).replace('GitRepository', 'OCIRepository') +
      kustomizationFrom('OCIRepository', name, path, name);
    const files = {
      'clusters/local/apps.yaml': brought('apps', './'),
      'clusters/local/infra.yaml': brought('infra', './controllers'),
      'infra/controllers/a.yaml': named('a'),
    };
    const [cluster] = graphOf(files).clusters;
    expect(cluster).toMatchObject({ entry: 'clusters/local', syncSource: { kind: 'GitRepository' } });
    expect(cluster?.nodes.filter(({ build }) => build?.source === 'outside')).toHaveLength(2);
  });

  it('is created from the root by our own command if no folder is named', () => {
    const at = (root: string) => ({
      [`${root}clusters/prod/apps.yaml`]: ociApps(),
      [`${root}apps/a.yaml`]: named('a'),
    });
    const files = {
      ...at(''),
      ...at('deploy/'),
      'boot/i.yaml': instance('clusters/prod'),
      'push.sh': 'cdk8s-flux artifact push oci://registry.example.com/fleet:main\n',
    };
    expect([entriesOf(files), graphOf(files).findings]).toEqual([['clusters/prod'], []]);
    const others = { ...files, 'push.sh': 'flux push artifact oci://registry.example.com/fleet:main\n' };
    expect(graphOf(others).findings).toMatchObject([{ code: 'artifact-root-unclear' }]);
  });

  it('is not created from the folder of another artifact', () => {
    const push = (name: string, path: string) =>
      `flux push artifact oci://registry.example.com/${name}:v1 --path=${path}\n`;
    const files = {
      ...below('deploy'),
      ...below('other'),
      'boot/i.yaml': instance('clusters/prod'),
      'push.sh': push('fleet-apps', 'other') + push('fleet', 'deploy'),
    };
    expect(entriesOf(files)).toEqual(['deploy/clusters/prod']);
  });

  it('is created from the only folder below which all paths exist', () => {
    const files = {
      ...below('deploy'),
      'old/clusters/prod/apps.yaml': ociApps(),
      'boot/i.yaml': instance('clusters/prod'),
    };
    const graph = graphOf(files);
    expect([graph.clusters.map(({ entry }) => entry), codesOf(graph.findings)]).toEqual([
      ['deploy/clusters/prod'],
      ['artifact-root-assumed'],
    ]);
  });

  it('is not evaluated if several folders match, until one is named', () => {
    const files = { ...below('deploy'), ...below('other'), 'boot/i.yaml': instance('clusters/prod') };
    expect(graphOf(files).findings).toMatchObject([
      { code: 'artifact-root-unclear', message: expect.stringContaining('"deploy" or "other"') as string },
    ]);
    const graph = graphOf(files, { entries: ['other/clusters/prod'] });
    expect([graph.findings, graph.clusters[0]?.nodes.map(({ state }) => state)]).toEqual([
      [],
      ['entry', 'applied', 'entry'],
    ]);
  });

  it('is created from the root if its paths exist there', () => {
    const files = {
      'clusters/prod/i.yaml': instance('clusters/prod'),
      'clusters/prod/apps.yaml': ociApps(),
      'apps/a.yaml': named('a'),
    };
    expect([entriesOf(files), graphOf(files).findings]).toEqual([['clusters/prod'], []]);
  });

  it('is created from the folder below which paths exist, if only Kustomizations show it and CI names another folder', () => {
    const files = { ...below('deploy'), 'push.sh': 'cd deploy\nflux push artifact oci://x/y:z --path=.\n' };
    const graph = graphOf(files);
    expect([graph.clusters.map(({ entry }) => entry), codesOf(graph.findings)]).toEqual([
      ['deploy/clusters/prod'],
      ['entry-guessed'],
    ]);
  });

  it('lacks what is outside its folder', () => {
    const files = {
      ...below('deploy'),
      'deploy/clusters/prod/x.yaml': ociApps('x', './infra'),
      'infra/a.yaml': named('a'),
      'boot/i.yaml': instance('clusters/prod'),
    };
    expect(codesOf(graphOf(files).findings)).toEqual(['artifact-root-assumed', 'path-missing']);
  });
});

describe('a named entry', () => {
  it('has the source of its own Kustomization, wherever that is', () => {
    const root = kustomizationFrom('GitRepository', 'fleet', './clusters/prod', 'root');
    const files = {
      'boot/prod.yaml': gitRepository('fleet') + root,
      'clusters/prod/apps.yaml': kustomizationFrom('GitRepository', 'fleet', './aps', 'apps'),
      'apps/a.yaml': named('a'),
    };
    const graph = graphOf(files, { entries: ['clusters/prod'] });
    expect([graph.clusters[0]?.syncSource.name, codesOf(graph.findings)]).toEqual([
      'fleet',
      ['path-missing'],
    ]);
    const inside = { 'clusters/prod/root.yaml': root, ...files, 'boot/prod.yaml': '' };
    expect(graphOf(inside, { entries: ['clusters/prod/'] }).clusters[0]?.syncSource.name).toBe('fleet');
  });

  it('has the source of its Kustomizations, if it has no Kustomization of its own', () => {
    const files = {
      'prod/apps.yaml': kustomizationFrom('OCIRepository', 'fleet', './apps', 'apps'),
      'apps/a.yaml': named('a'),
    };
    const graph = graphOf(files, { entries: ['prod'] });
    expect(graph.clusters[0]?.syncSource).toMatchObject({ kind: 'OCIRepository', name: 'fleet' });
    expect(graph.clusters[0]?.nodes.every(({ state }) => state !== 'missing')).toBe(true);
  });
});

describe('a known cluster', () => {
  const files = {
    'clusters/home/apps.yaml': fluxKustomization('apps', './deploy/home'),
    'clusters/work/apps.yaml': fluxKustomization('apps', './deploy/work'),
    'deploy/home/a.yaml': named('a'),
    'deploy/work/a.yaml': named('a'),
  };

  it('keeps its name and is listed beside those of bootstrap', () => {
    const graph = graphOf(
      { ...files, ...bootstrap },
      { clusters: [{ name: 'villa', path: 'clusters/home' }] },
    );
    expect(graph.clusters.map(({ name, entry }) => [name, entry])).toEqual([
      ['prod', 'clusters/prod'],
      ['villa', 'clusters/home'],
    ]);
    const named = graphOf(files, {
      entries: ['clusters/home'],
      clusters: [{ name: 'x', path: 'clusters/home' }],
    });
    expect(named.clusters.map(({ name }) => name)).toEqual(['x']);
  });

  it('shares its name with no other', () => {
    const clusters = [{ name: 'work', path: 'clusters/home' }];
    const graph = graphOf(files, { entries: ['clusters/home', 'clusters/work'], clusters });
    expect(graph.clusters.map(({ name }) => name)).toEqual(['clusters/work', 'work']);
  });
});

describe('if nothing says where Flux starts', () => {
  it('a Kustomization that came with its source starts a cluster', () => {
    const start = (name: string) =>
      gitRepository('fleet') + kustomizationFrom('GitRepository', 'fleet', `./clusters/${name}`, 'root');
    const files = {
      'boot/eu.yaml': start('eu'),
      'boot/us.yaml': start('us'),
      'clusters/eu/apps.yaml': kustomizationFrom('GitRepository', 'fleet', './apps', 'apps'),
      'clusters/us/apps.yaml': kustomizationFrom('GitRepository', 'fleet', './apps', 'apps'),
      'apps/a.yaml': named('a'),
    };
    const graph = graphOf(files);
    expect([graph.clusters.map(({ entry }) => entry), codesOf(graph.findings)]).toEqual([
      ['clusters/eu', 'clusters/us'],
      ['entry-guessed'],
    ]);
  });

  it('the overlays are entries, not the base, nor an app below its own path', () => {
    const files = {
      'clusters/base/apps.yaml': fluxKustomization('apps', './apps/web'),
      'clusters/base/kustomization.yaml': listing('apps.yaml'),
      'clusters/eu/kustomization.yaml': listing('../base'),
      'clusters/us/kustomization.yaml': listing('../base'),
      'apps/web/ks.yaml': fluxKustomization('web', './apps/web'),
      'apps/web/kustomization.yaml': listing('a.yaml'),
      'apps/web/a.yaml': named('a'),
      'docs/ks.yaml': fluxKustomization('sample', './docs'),
    };
    expect(entriesOf(files)).toContain('clusters/eu');
    expect(entriesOf(files)).toContain('clusters/us');
    expect(entriesOf(files)).not.toContain('clusters/base');
    expect(entriesOf(files)).not.toContain('docs');
  });

  it('the root of the source with the manifests of Flux is not the root of the repository', () => {
    const cluster = (name: string) => ({
      [`kubernetes/${name}/flux/config/cluster.yaml`]:
        gitRepository('home') +
        kustomizationFrom('GitRepository', 'home', `./kubernetes/${name}/flux`, 'cluster'),
      [`kubernetes/${name}/flux/config/flux.yaml`]: kustomizationFrom(
        'OCIRepository',
        'flux-manifests',
        './',
        'flux',
      ),
      [`kubernetes/${name}/flux/apps.yaml`]: kustomizationFrom('GitRepository', 'home', './apps', 'apps'),
    });
    expect(entriesOf({ ...cluster('one'), ...cluster('two'), 'apps/a.yaml': named('a') })).toEqual([
      'kubernetes/one/flux',
      'kubernetes/two/flux',
    ]);
  });

  it('a path of another repository is not the folder of the same name', () => {
    const cluster = (name: string) => ({
      [`clusters/${name}/tenants.yaml`]: kustomizationFrom(
        'GitRepository',
        'platform',
        './tenants',
        'tenants',
      ),
      [`clusters/${name}/infra.yaml`]: kustomizationFrom('GitRepository', 'platform', './infra', 'infra'),
    });
    const team =
      gitRepository('team') + kustomizationFrom('GitRepository', 'team', './clusters/prod', 'team');
    const files = {
      ...cluster('prod'),
      ...cluster('test'),
      'tenants/team.yaml': team,
      'infra/a.yaml': named('a'),
    };
    expect(entriesOf(files)).toEqual(['clusters/prod', 'clusters/test']);
    const same = { ...files, 'tenants/own.yaml': gitRepository('platform', 'https://example.com/team') };
    expect(entriesOf(same)).toEqual(['clusters/test']);
  });

  it('folders whose Kustomizations have the same names are separate clusters', () => {
    const files = {
      'clusters/prod/eu/web.yaml': fluxKustomization('web', './deploy/prod/eu/web'),
      'clusters/prod/us/web.yaml': fluxKustomization('web', './deploy/prod/us/web'),
      'deploy/prod/eu/web/a.yaml': named('a'),
      'deploy/prod/us/web/a.yaml': named('a'),
    };
    expect(entriesOf(files)).toEqual(['clusters/prod/eu', 'clusters/prod/us']);
  });

  it('it is reported once, with the line for the configuration', () => {
    const files = {
      'clusters/a/web.yaml': fluxKustomization('web', './web'),
      'clusters/b/web.yaml': fluxKustomization('web', './web'),
      'web/a.yaml': named('a'),
    };
    expect(graphOf(files).findings).toMatchObject([
      { code: 'entry-guessed', hint: expect.stringContaining('entries: [clusters/a, clusters/b]') as string },
    ]);
  });
});
