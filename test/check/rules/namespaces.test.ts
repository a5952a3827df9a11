import { byCause } from '../../../lib/findings/causes';
import { bootstrap, configMap, fluxKustomization } from '../../graph/tree-of';
import { found, inLine, line, lines, object, release, resourceSet, type Files } from '../small-repositories';

const map = (name: string, namespace: string) => object('v1', 'ConfigMap', name, namespace);
const ns = (name: string) => object('v1', 'Namespace', name);
const apps = (applied: string, spec: readonly string[] = [], more: Files = {}): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
  'apps/all.yaml': applied,
  ...more,
});
const gone = { 'apps/kustomization.yaml': 'resources: [all.yaml, "https://example.com/x.yaml"]\n' };

describe('namespace-missing', () => {
  const told = (files: Files) => lines('namespace-missing', files);

  it('makes one finding of all objects of a Kustomization without a namespace', () => {
    const files = apps(configMap('a') + configMap('b'), [], {
      'clusters/prod/other.yaml': fluxKustomization('other', './other'),
      'other/all.yaml': configMap('c'),
    });
    expect(byCause(found('namespace-missing', files)).map(inLine)).toEqual([
      line(
        'several objects of Kustomization "flux-system/apps" have no namespace, so Flux cannot apply them',
      ),
      line('ConfigMap "c" has no namespace, so Flux cannot apply it'),
    ]);
  });

  it('finds an object without a namespace', () => {
    expect(told(apps(configMap('a')))).toEqual([
      line(
        'error at apps/all.yaml:4 (ConfigMap a metadata.namespace)',
        'ConfigMap "a" has no namespace, so Flux cannot apply it',
        '=> set metadata.namespace',
      ),
    ]);
  });

  it.each([
    ['0.17', 'info', 'so this old Flux puts it into "default", and Flux 0.18 and newer cannot apply it'],
    ['0.18', 'error', 'so Flux cannot apply it'],
  ])('says of Flux %s what happens to it', (fluxVersion, severity, words) => {
    expect(lines('namespace-missing', apps(configMap('a')), { fluxVersion })).toEqual([
      line(severity, words),
    ]);
  });

  it('finds an object of an API version that Flux no longer serves', () => {
    const source = object('source.toolkit.fluxcd.io/v1beta1', 'HelmRepository', 'charts');
    expect(told(apps(source))).toEqual([
      line('error', 'HelmRepository "charts" has no namespace, so Flux cannot apply it'),
    ]);
  });

  it.each([
    ['targetNamespace sets it', apps(configMap('a'), ['targetNamespace: default'])],
    ['the kind has none', apps(ns('shop'))],
    ['the kind is not known', apps(object('acme.io/v1', 'Thing', 't'))],
    ['a part of the build is not known', apps(configMap('a'), [], gone)],
  ])('passes an object without a namespace where %s', (_, files) => {
    expect(told(files)).toEqual([]);
  });

  it.each([
    [
      'one object',
      map('a', 'shop'),
      'nothing creates the namespace "shop" of ConfigMap "shop/a" => add a Namespace',
    ],
    [
      'three',
      map('a', 'shop') + map('b', 'shop') + map('c', 'shop'),
      'of ConfigMap "shop/a" and 2 more => add a Namespace',
    ],
  ])('names %s of a namespace that nothing creates', (_, applied, words) => {
    expect(told(apps(applied))).toEqual([
      line('warning at apps/all.yaml:4 (ConfigMap a metadata.namespace)', ...words.split(' => ')),
    ]);
  });

  const BY_HAND = 'they may be made elsewhere';
  it.each([
    ['one namespace', map('a', 'x'), ['warning']],
    ['two', map('a', 'x') + map('b', 'y'), ['info', 'info']],
    ['two beside one that is created', map('a', 'x') + map('b', 'y') + ns('z'), ['warning', 'warning']],
    ['two beside one of Kubernetes', map('a', 'x') + map('b', 'y') + ns('kube-system'), ['info', 'info']],
    ['two beside that of Flux', map('a', 'x') + map('b', 'y') + ns('flux-system'), ['info', 'info']],
    [
      'two beside another kind',
      map('a', 'x') + map('b', 'y') + object('v1', 'PersistentVolume', 'z'),
      ['info', 'info'],
    ],
  ])('judges %s by whether the repository creates any', (_, applied, severities) => {
    const found = told(apps(applied));
    expect(found.map((text) => text.split(' ')[0])).toEqual(severities);
    expect(found.every((text) => text.includes(BY_HAND))).toBe(severities[0] === 'info');
  });

  it.each([
    ['Kubernetes makes it', map('a', 'default'), {}],
    ['it is that of Flux', map('a', 'flux-system'), {}],
    ['the repository creates it', map('a', 'shop') + ns('shop'), {}],
    ['a variable names it', map('a', '"${NAMESPACE}"'), {}],
    ['its metadata is encrypted', map('a', '"ENC[AES256_GCM,data:eA==,iv:x,tag:x,type:str]"'), {}],
    ['a script creates it', map('a', 'shop'), { 'install.sh': 'kubectl create namespace shop\n' }],
    ['MicroK8s makes it', map('a', 'container-registry'), { 'install.sh': 'microk8s enable registry\n' }],
    ['the build is not known in full', map('a', 'shop'), gone],
    [
      'a ResourceSet makes namespaces',
      map('a', 'shop'),
      {
        'clusters/prod/set.yaml': resourceSet('resources: [{ kind: Namespace }]'),
      },
    ],
    [
      'a chart makes it',
      map('a', 'shop'),
      {
        'clusters/prod/r.yaml': object(
          'helm.toolkit.fluxcd.io/v2',
          'HelmRelease',
          'r',
          'flux-system',
          'spec: { interval: 1h, targetNamespace: shop, install: { createNamespace: true }, chartRef: { kind: OCIRepository, name: x } }',
        ),
      },
    ],
  ])('passes where %s', (_, applied, more) => {
    expect(told(apps(applied, [], more))).toEqual([]);
  });

  it('fails where a ResourceSet makes other kinds, or nothing speaks of MicroK8s', () => {
    const set = resourceSet('resources: [{ kind: Secret }]');
    expect(told(apps(map('a', 'shop'), [], { 'clusters/prod/set.yaml': set }))).toHaveLength(1);
    expect(told(apps(map('a', 'container-registry')))).toHaveLength(1);
    expect(told(apps(map('a', 'shop'), [], { 'install.sh': 'microk8s enable registry\n' }))).toHaveLength(1);
  });

  it('knows the namespaces of the root and of its source, where these differ', () => {
    const sync = (bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '')
      .replace('namespace: flux-system', 'namespace: sources')
      .replace('    name: flux-system', '    name: flux-system\n    namespace: sources');
    const at = { 'clusters/prod/flux-system/gotk-sync.yaml': sync };
    const files = (namespace: string) => ({ 'clusters/prod/a.yaml': map('a', namespace), ...at });
    expect([told(files('flux-system')), told(files('sources'))]).toEqual([[], []]);
    expect(told(files('other'))).toHaveLength(1);
  });

  it('does not expect it from what is in the namespace itself', () => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'acme',
      'shop',
      'spec: { url: "https://example.com/acme", interval: 1h }',
    );
    const other = fluxKustomization('other', './x')
      .replace('namespace: flux-system\nspec', 'namespace: shop\nspec')
      .replace('    name: flux-system', '    name: acme');
    expect(told({ 'clusters/prod/o.yaml': source + other })).toEqual([
      line('warning at clusters/prod/o.yaml:', 'nothing creates the namespace "shop" of'),
    ]);
  });

  it('says what may create it', () => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'acme',
      'flux-system',
      'spec: { url: "https://example.com/acme", interval: 1h }',
    );
    const other = fluxKustomization('other', './x').replace('    name: flux-system', '    name: acme');
    expect(told(apps(map('a', 'shop'), [], { 'clusters/prod/o.yaml': source + other }))).toEqual([
      line(
        'info at apps/all.yaml:4',
        'nothing in this repository creates the namespace "shop" of ConfigMap "shop/a"; Kustomization "flux-system/other" applies another repository',
        '=> make sure that it does, or correct the name',
      ),
    ]);
  });
});

describe('namespace-renamed', () => {
  const told = (files: Files) => lines('namespace-renamed', files);
  const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';
  const target = (to: string) => [`targetNamespace: ${to}`];

  it('names what renames it', () => {
    expect(told(apps(ns('team'), target('flux-system')))).toEqual([
      line(
        'error at apps/all.yaml:4 (Namespace flux-system metadata.name)',
        'targetNamespace of Kustomization "flux-system/apps" gives Namespace "team" the name "flux-system"',
        'prune deletes that Namespace, Flux itself included, with everything in it',
        '=> move the Namespace to a Kustomization without a targetNamespace, or annotate it',
      ),
    ]);
    const built = {
      'apps/kustomization.yaml': 'namespace: shop\nresources: [all.yaml]\n',
      'clusters/prod/shop.yaml': ns('shop'),
    };
    expect(told(apps(ns('team'), [], built))).toEqual([
      line(
        'the build of Kustomization "flux-system/apps" gives Namespace "team" the name "shop"',
        'prune deletes that Namespace, with everything in it',
        '=> move the Namespace to a Kustomization without a namespace, or annotate it',
      ),
    ]);
  });

  it.each([
    ['kube-node-lease', 'error'],
    ['default', 'warning'],
  ])('to %s is of severity %s', (name, severity) => {
    expect(told(apps(ns('team'), target(name)))).toEqual([line(severity)]);
  });

  it.each([
    [
      'a label disables pruning',
      apps(object('v1', 'Namespace', `team, labels: { ${PRUNE}: disabled }`), target('flux-system')),
    ],
    ['a variable is in its name', apps(object('v1', 'Namespace', '"${TEAM}"'), target('flux-system'))],
    ['the file is of another kind', apps(object('v1', 'PersistentVolume', 'team'), target('flux-system'))],
    [
      'it is a Namespace of another group',
      apps(object('acme.io/v1', 'Namespace', 'team'), target('flux-system')),
    ],
    [
      'no file has that Namespace',
      apps(ns('team'), target('shop'), { 'clusters/prod/s.yaml': map('a', 'shop') }),
    ],
  ])('passes where %s', (_, files) => {
    expect(told(files)).toEqual([]);
  });

  it('is found where a label does not disable pruning', () => {
    const labelled = object('v1', 'Namespace', `team, labels: { ${PRUNE}: enabled }`);
    expect(told(apps(labelled, target('flux-system')))).toHaveLength(1);
  });

  it.each([
    ['unused', 0],
    ['not-used-by-kustomize', 0],
    ['placeholder', 0],
    ['PLACEHOLDER', 0],
    ['change-me', 0],
    ['to-be-replaced', 0],
    ['xx', 0],
    ['namespace', 0],
    ['name-in-overlay', 0],
    ['my-unused', 1],
    ['unusedly', 1],
    ['names', 1],
  ])('judges %s by its name', (name, expected) => {
    expect(told(apps(ns(name), target('flux-system')))).toHaveLength(expected);
  });

  it('passes what builds give several names and never its own, and finds one that has its own as well', () => {
    const overlay = (name: string, to: string) => ({
      [`clusters/prod/${name}.yaml`]: fluxKustomization(name, './base', target(to)),
    });
    const base = { 'base/ns.yaml': ns('team') };
    expect(told({ ...overlay('one', 'flux-system'), ...overlay('two', 'shop'), ...base })).toEqual([]);
    expect(told({ ...overlay('one', 'flux-system'), ...overlay('two', 'team'), ...base })).toHaveLength(1);
    expect(
      told({ ...overlay('one', 'flux-system'), ...overlay('two', 'flux-system'), ...base }),
    ).toHaveLength(2);
  });
});

describe('namespace-missing, for what a release installs', () => {
  const into = (namespace: string, ...more: readonly string[]) =>
    release('web', 'flux-system', 'web', `  targetNamespace: ${namespace}`, ...more);
  const told = (applied: string, more: Files = {}) => lines('namespace-missing', apps(applied, [], more));
  const found = line(
    'warning at apps/all.yaml:8 (HelmRelease web spec.targetNamespace)',
    'nothing creates the namespace "shop" of HelmRelease "flux-system/web"',
    '=> add a Namespace, set spec.install.createNamespace, or correct the name',
  );

  it('finds a namespace that neither Flux nor Helm creates', () => {
    expect(told(into('shop'))).toEqual([found]);
  });

  it('finds it once for several releases, or with an object in it', () => {
    const other = into('shop').replace('name: web', 'name: db');
    expect(told(into('shop') + other)).toEqual([line('of HelmRelease "flux-system/web" and 1 more')]);
    expect(told(into('shop') + map('a', 'shop'))).toEqual([line('of ConfigMap "shop/a"')]);
  });

  it.each([
    ['Helm creates it', into('shop', '  install: { createNamespace: true }'), {}],
    ['there is a Namespace', into('shop') + ns('shop'), {}],
    [
      'another release creates it',
      into('shop') + into('shop', '  install: { createNamespace: true }').replace('name: web', 'name: db'),
      {},
    ],
    ['it is one of Kubernetes', into('kube-system'), {}],
    ['it has a variable', into('${shop}'), {}],
    ['the release goes to another cluster', into('shop', '  kubeConfig: { secretRef: { name: eu } }'), {}],
    ['the release is suspended', into('shop', '  suspend: true'), {}],
    ['a part of the build is not known', into('shop'), gone],
    ['the chart is from another Git repository', into('shop').replace('HelmRepository', 'GitRepository'), {}],
  ])('accepts it if %s', (_, applied, more) => {
    expect(told(applied, more)).toEqual([]);
  });

  it('finds it for a chart that a reference names', () => {
    const chart = '  chartRef: { kind: OCIRepository, name: web }';
    expect(told(into('shop').replace(/ {2}chart: .*/, chart))).toEqual([found]);
    expect(told(into('shop').replace(/ {2}chart: .*/, chart.replace('OCI', 'Git')))).toEqual([]);
  });

  it('reads the chart if the repository has it', () => {
    const own = into('shop')
      .replace('kind: HelmRepository, name: charts', 'kind: GitRepository, name: flux-system')
      .replace('chart: web', 'chart: ./charts/web');
    const chart = (text: string) => ({
      'charts/web/Chart.yaml': 'name: web\n',
      'charts/web/templates/all.yaml': text,
    });
    expect(told(own, chart('kind: ConfigMap\n'))).toEqual([found]);
    expect(told(own, chart('kind: Namespace\n'))).toEqual([]);
    expect(told(own, { ...chart(''), 'charts/web/Chart.yaml': 'name: web\ndependencies: []\n' })).toEqual([]);
    expect(told(own, { ...chart(''), 'charts/db/templates/all.yaml': 'kind: Namespace\n' })).toEqual([found]);
  });

  it('is an info if the repository creates none of several', () => {
    expect(told(into('shop') + map('a', 'x'))).toEqual([line('info'), line('info')]);
  });
});
