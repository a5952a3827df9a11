import { buildGraph } from '../../../lib/graph/build-graph';
import { codesOf, configMap, fluxKustomization, kustomizationFrom, listing, treeOf } from '../tree-of';

type Files = Readonly<Record<string, string>>;

const graphOf = (files: Files) => buildGraph(treeOf(files));
const entriesOf = (files: Files) => graphOf(files).clusters.map(({ entry }) => entry);
const idsOf = (files: Files) =>
  graphOf(files).clusters.map(({ nodes }) =>
    nodes.filter(({ identity }) => identity.kind === 'Kustomization').map(({ identity: { name } }) => name),
  );

const source = (kind: string, name: string, url: string) =>
  `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {interval: 1m, url: "${url}"}\n`;

describe('a guessed entry whose source has the name of a Kustomization of another path', () => {
  const base: Files = {
    'env/base/kustomization.yaml': listing('repo.yaml', 'app.yaml'),
    'env/base/repo.yaml': source('GitRepository', 'shop', 'https://example.com/shop.git'),
    'env/base/app.yaml': kustomizationFrom('GitRepository', 'shop', './apps/shop'),
    'env/dev/kustomization.yaml': listing('../base'),
    'env/prod/kustomization.yaml': listing('../base'),
    'apps/shop/map.yaml': configMap('shop'),
  };

  it('is evaluated itself, under its own name', () => {
    expect(entriesOf(base)).toEqual(['env/dev', 'env/prod']);
    expect(idsOf(base)).toEqual([
      ['flux-system', 'shop'],
      ['flux-system', 'shop'],
    ]);
  });

  it('reports what is wrong in it', () => {
    const { findings } = graphOf({
      ...base,
      'env/dev/kustomization.yaml': `${listing('../base')}patchStrateticMerge: [a.yaml]\n`,
    });
    expect(codesOf(findings)).toEqual(['entry-guessed', 'kustomization-invalid']);
  });

  it('gets another name if bootstrap’s is used too', () => {
    const second = fluxKustomization('flux-system', './apps/shop').replace(
      /(sourceRef:[\s\S]*name: )flux-system/,
      '$1shop',
    );
    const files = { ...base, 'env/base/app.yaml': `${base['env/base/app.yaml']}${second}` };
    expect(idsOf(files)[0]).toEqual(['flux-system-root', 'shop', 'flux-system']);
  });

  it('keeps the name of a source if no Kustomization has it', () => {
    const files = {
      ...base,
      'env/base/app.yaml': kustomizationFrom('GitRepository', 'shop', './apps/shop', 'web'),
    };
    expect(idsOf(files)[0]).toEqual(['shop', 'web']);
  });
});

describe('a folder whose kustomization file is a Flux Kustomization', () => {
  const files: Files = {
    'manifests/source.yaml': source('GitRepository', 'shop', 'https://example.com/shop.git'),
    'manifests/kustomization.yaml': kustomizationFrom('GitRepository', 'shop', './deploy/production'),
    'manifests/staging.yaml': kustomizationFrom('GitRepository', 'shop', './deploy/staging', 'shop-staging'),
    'deploy/production/map.yaml': configMap('production'),
    'deploy/staging/map.yaml': configMap('staging'),
  };

  it('is applied by hand, so Flux starts at the paths in it', () => {
    expect(entriesOf(files)).toEqual(['deploy/production', 'deploy/staging']);
    expect(codesOf(graphOf(files).findings)).toEqual(['entry-guessed']);
  });

  it('is ignored if none of the paths exists', () => {
    const { 'deploy/production/map.yaml': _production, 'deploy/staging/map.yaml': _staging, ...rest } = files;
    expect(entriesOf(rest)).toEqual([]);
  });
});

describe('a guessed folder whose own Kustomization is beside it and applied by hand', () => {
  const files = (path: string, url = 'https://example.com/shop.git'): Files => ({
    'site/shop/kustomization.yaml': listing('map.yaml'),
    'site/shop/map.yaml': configMap('map'),
    'site/shop/source.yaml': source('GitRepository', 'shop', url),
    'site/shop/sync.yaml': kustomizationFrom('GitRepository', 'shop', path),
    'site/more/more.yaml': kustomizationFrom('GitRepository', 'fleet', './other', 'more'),
    'site/more/last.yaml': kustomizationFrom('GitRepository', 'fleet', './other', 'last'),
    'site/more/fleet.yaml': source('GitRepository', 'fleet', 'https://example.com/fleet.git'),
    'other/map.yaml': configMap('other'),
  });
  const rootOf = (tree: Files) => {
    const cluster = graphOf(tree).clusters.find(({ entry }) => entry === 'site/shop');
    return cluster?.nodes.find(({ id }) => id === cluster.root)?.location?.file;
  };

  it.each([
    ['its path is the folder', files('./site/shop', 'https://example.com/fleet'), 'site/shop/sync.yaml'],
    ['its path is another one', files('./other', 'https://example.com/fleet'), undefined],
    ['its source is another repository', files('./site/shop'), undefined],
  ])('starts with it if %s', (_, tree, expected) => {
    expect(rootOf(tree)).toBe(expected);
  });
});

describe('Kustomizations at the root of a repository without a bootstrap', () => {
  const files: Files = {
    'source.yaml': source('GitRepository', 'shop', 'https://example.com/shop.git'),
    'production.yaml': kustomizationFrom('GitRepository', 'shop', './deploy/production'),
    'base/kustomization.yaml': listing('map.yaml'),
    'base/map.yaml': configMap('shop'),
    'deploy/production/kustomization.yaml': listing('../../base'),
    'deploy/staging/kustomization.yaml': listing('../../base'),
    'clusters/dev/apps.yaml': kustomizationFrom('GitRepository', 'shop', './deploy/staging', 'staging'),
  };

  it('are applied by hand, because a build of the root would include their paths', () => {
    expect(entriesOf(files)).toEqual(['clusters/dev', 'deploy/production']);
    expect(codesOf(graphOf(files).findings)).toEqual(['entry-guessed']);
  });

  it('are what the root builds if it lists them', () => {
    const listed = { ...files, 'kustomization.yaml': listing('source.yaml', 'production.yaml') };
    expect(entriesOf(listed)).toContain('');
  });

  it('belong to one cluster if one waits for another', () => {
    const waiting = fluxKustomization('web', './deploy/staging', ['dependsOn: [{name: shop}]']);
    expect(entriesOf({ ...files, 'web.yaml': waiting })).toContain('');
  });

  it('belong to one cluster if a path is missing', () => {
    const elsewhere = kustomizationFrom('GitRepository', 'shop', './deploy/test', 'test');
    expect(entriesOf({ ...files, 'test.yaml': elsewhere })).toContain('');
  });
});

describe('artifacts of several sources in one folder', () => {
  const root = (name: string) =>
    source('OCIRepository', name, `oci://registry.example.com/${name}`) +
    kustomizationFrom('OCIRepository', name, './dev', `${name}-root`);
  const both: Files = {
    'bootstrap/dev/infra.yaml': root('infra'),
    'bootstrap/dev/team.yaml': root('team'),
  };

  it('do not count as the folder, which may belong to each of them', () => {
    expect(entriesOf(both)).toEqual(['bootstrap/dev']);
    const builds = graphOf(both).clusters[0]?.nodes.flatMap(({ build }) => build?.source ?? []);
    expect(builds).toEqual(['repository', 'outside', 'outside']);
  });

  it('may be the folder if there is only one', () => {
    const { 'bootstrap/dev/team.yaml': _, ...one } = both;
    expect(idsOf(one)).toEqual([['infra-root']]);
  });
});

describe('a copy of a repository', () => {
  const copy = (folder: string, url: string): Files => ({
    [`${folder}/staging/flux-system/gotk-sync.yaml`]:
      source('GitRepository', 'flux-system', url) + fluxKustomization('flux-system', './staging'),
    [`${folder}/staging/map.yaml`]: configMap('a'),
  });

  it.each([
    'ssh://git@example.com/team/fleet',
    'https://example.com/team/fleet.git',
    'git@example.com:fleet',
  ])('is recognized by the name of its folder: %s', (url) => {
    const graph = graphOf(copy('reference/fleet', url));
    expect(codesOf(graph.findings)).toEqual([]);
    expect(graph.clusters.map(({ entry }) => entry)).toEqual(['reference/fleet/staging']);
  });

  it.each([
    '<gitops_repository_url>',
    '<link-to-your-repo>',
    '{{ repo_url }}',
    'https://github.com/<YOUR_REPO>',
  ])('may be any repository if the address is a placeholder: %s', (url) => {
    expect(graphOf(copy('gitops/flux', url)).clusters.map(({ entry }) => entry)).toEqual([
      'gitops/flux/staging',
    ]);
  });

  it('is not assumed if the folder has another name', () => {
    expect(codesOf(graphOf(copy('reference/fleet', 'https://example.com/shop.git')).findings)).toEqual([
      'path-missing',
    ]);
  });
});

describe('a guessed entry in a top folder whose paths exist only below it', () => {
  const base: Files = {
    'fleet/apps.yaml': fluxKustomization('apps', './apps'),
    'fleet/infra.yaml': fluxKustomization('infra', './infra'),
    'fleet/apps/map.yaml': configMap('map'),
  };
  const codes = (files: Files) => codesOf(graphOf(files).findings);

  it('takes the folder for the root of the source', () => {
    const files = { ...base, 'fleet/infra/map.yaml': configMap('other') };
    const listed = { ...files, 'fleet/kustomization.yaml': listing('apps.yaml', 'infra.yaml') };
    expect([entriesOf(listed), codes(listed)]).toEqual([['fleet'], ['entry-guessed']]);
    expect([entriesOf(files), codes(files)]).toEqual([['fleet/apps', 'fleet/infra'], ['entry-guessed']]);
  });

  it('takes the root of the repository where a path is missing there too', () => {
    expect(codes(base)).toEqual(['entry-guessed', 'path-missing', 'path-missing']);
    const deep = Object.fromEntries(Object.entries(base).map(([path, text]) => [`clusters/${path}`, text]));
    expect(codes({ ...deep, 'clusters/fleet/infra/map.yaml': configMap('other') })).toContain('path-missing');
  });
});

describe('a Kustomization that the kustomization file of its folder leaves out', () => {
  const files: Files = {
    'source.yaml': source('GitRepository', 'shop', 'https://example.com/shop.git'),
    'kustomization.yaml': kustomizationFrom('GitRepository', 'shop', './platform', 'platform'),
    'platform/kustomization.yaml': listing('logs'),
    'platform/logs/kustomization.yaml': listing('agents.yaml'),
    'platform/logs/agents.yaml': kustomizationFrom(
      'GitRepository',
      'shop',
      './platform/logs/agents',
      'agents',
    ),
    'platform/logs/agents/map.yaml': configMap('agents'),
    'platform/logs/search.yaml': kustomizationFrom(
      'GitRepository',
      'shop',
      './platform/logs/search',
      'search',
    ),
    'platform/logs/search/map.yaml': configMap('search'),
  };

  it('makes its folder no entry, because Flux would not apply it from there', () => {
    expect(entriesOf(files)).toEqual(['platform']);
  });

  it('still shows where Flux starts if nothing else does', () => {
    const alone = {
      'logs/kustomization.yaml': listing('map.yaml'),
      'logs/map.yaml': configMap('a'),
      'logs/search.yaml': kustomizationFrom('GitRepository', 'shop', './search'),
      'search/map.yaml': configMap('b'),
    };
    expect(entriesOf(alone)).toEqual(['logs']);
  });

  it('is applied by hand if kustomize refuses that file', () => {
    const refused = { ...files, 'search.yaml': files['platform/logs/search.yaml'] ?? '' };
    expect(entriesOf({ ...refused, 'platform/logs/search.yaml': '' })).toEqual([
      'platform/logs/search',
      'platform',
    ]);
  });
});

describe('Kustomizations in one folder that build its subfolders', () => {
  const folder = (kind: string, name: string): Files => ({
    'deploy/shop/eu.yaml': kustomizationFrom(kind, name, './deploy/shop/eu', 'shop-eu'),
    'deploy/shop/us.yaml': kustomizationFrom(kind, name, './deploy/shop/us', 'shop-us'),
    'deploy/shop/eu/map.yaml': configMap('eu'),
    'deploy/shop/us/map.yaml': configMap('us'),
  });
  const byHand = folder('GitRepository', 'shop');

  it('are applied by hand, because a build of the folder would include their paths', () => {
    expect(entriesOf(byHand)).toEqual(['deploy/shop/eu', 'deploy/shop/us']);
    expect(codesOf(graphOf(byHand).findings)).toEqual(['entry-guessed']);
  });

  it.each<[string, Files]>([
    ['bootstrap creates their source', folder('GitRepository', 'flux-system')],
    ['an artifact is their source', folder('OCIRepository', 'shop')],
    [
      'a kustomization file lists them',
      { ...byHand, 'deploy/shop/kustomization.yaml': listing('eu.yaml', 'us.yaml') },
    ],
    [
      'one waits for another',
      {
        ...byHand,
        'deploy/shop/us.yaml': `${byHand['deploy/shop/us.yaml'] ?? ''}`.replace(
          'spec:',
          'spec:\n  dependsOn: [{name: shop-eu}]',
        ),
      },
    ],
    [
      'one builds another folder',
      {
        ...byHand,
        'deploy/shop/us.yaml': kustomizationFrom('GitRepository', 'shop', './us', 'shop-us'),
        'us/map.yaml': configMap('us'),
      },
    ],
    [
      'one builds the folder itself',
      {
        ...byHand,
        'deploy/shop/us.yaml': kustomizationFrom('GitRepository', 'shop', './deploy/shop', 'shop'),
      },
    ],
    [
      'a path is missing',
      {
        ...byHand,
        'deploy/shop/us.yaml': kustomizationFrom('GitRepository', 'shop', './deploy/shop/asia', 'shop-us'),
      },
    ],
  ])('belong to one cluster if %s', (_, files) => {
    expect(entriesOf(files)).toEqual(['deploy/shop']);
  });
});

describe('a Kustomization without a namespace that someone applies by hand', () => {
  const files = (...namespaces: readonly string[]): Files => ({
    'sync.yaml': kustomizationFrom('GitRepository', 'shop', './deploy').replace(/\n *namespace: .*/, ''),
    'deploy/map.yaml': configMap('a'),
    ...Object.fromEntries(
      namespaces.map((namespace, index) => [
        `source-${index}.yaml`,
        source('GitRepository', 'shop', 'https://example.com/shop.git').replace('flux-system', namespace),
      ]),
    ),
  });
  const rootsOf = (all: Files) =>
    graphOf(all).clusters.map(({ nodes, root, syncSource }) => {
      const node = nodes.find(({ id }) => id === root);
      return [node?.identity.namespace, syncSource.namespace, node?.build?.source];
    });

  it.each<[string, readonly string[], string]>([
    ['beside its source', ['team'], 'team'],
    ['beside both copies of its source', ['team', 'team'], 'team'],
    ['beside Flux if its source is in two namespaces', ['team', 'shop'], 'flux-system'],
    ['beside Flux if the repository does not have its source', [], 'flux-system'],
  ])('is %s', (_, namespaces, namespace) => {
    expect(rootsOf(files(...namespaces))).toEqual([[namespace, namespace, 'repository']]);
  });
});

describe('the sync of a tenant, whose repository is elsewhere', () => {
  const files: Files = {
    'tenants/base/team/sync.yaml':
      source('GitRepository', 'team', 'https://example.com/team.git') +
      kustomizationFrom('GitRepository', 'team', './'),
    'tenants/base/team/kustomization.yaml': listing('sync.yaml', 'rights.yaml'),
    'tenants/base/team/rights.yaml': configMap('rights'),
    'tenants/staging/kustomization.yaml': listing('../base/team'),
  };

  it('is no start at the root of this one if Flux could not build that', () => {
    const second = { ...files, 'tenants/production/kustomization.yaml': listing('../base/team') };
    expect(entriesOf(second)).toEqual(['tenants/production', 'tenants/staging']);
  });
});

describe('the reason for a guess', () => {
  const homes = source('GitRepository', 'home', 'https://example.com/home.git');
  const start = (place: string): Files => ({
    [`${place}/start.yaml`]: `${homes}${kustomizationFrom('GitRepository', 'home', `./${place}`, 'root')}`,
    [`${place}/apps.yaml`]: kustomizationFrom('GitRepository', 'home', './apps', 'apps'),
    'apps/map.yaml': configMap('a'),
  });
  const guess = (files: Files) => graphOf(files).findings.map(({ message }) => message);

  it('is the Kustomization of the path, if the repository has it', () => {
    expect(guess(start('home/flux'))).toEqual([
      'assumed that Flux starts from "home/flux", the path of Kustomization "flux-system/root", which no other Kustomization applies',
    ]);
  });

  it('is the Kustomizations of several paths', () => {
    expect(guess({ ...start('home/flux'), ...start('lab/flux') })).toEqual([
      'assumed that Flux starts 2 clusters from "home/flux", "lab/flux", the paths of Kustomizations that no other one applies',
    ]);
  });

  it('is else what the repository does not have', () => {
    expect(
      guess({
        'clusters/one/apps.yaml': fluxKustomization('apps', './apps'),
        'apps/map.yaml': configMap('a'),
      }),
    ).toEqual([
      'assumed that Flux starts from "clusters/one", because no file of flux bootstrap and no FluxInstance says it',
    ]);
  });
});
