import { configMap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, release, resourceSet, type Files } from '../small-repositories';

const ns = object('v1', 'Namespace', 'shop');
const web = (namespace = 'shop', name = 'web') => object('apps/v1', 'Deployment', name, namespace);
const check = (text: string) => `healthChecks: [{ ${text} }]`;
const deployment = (name: string, namespace = 'shop') =>
  `apiVersion: apps/v1, kind: Deployment, name: ${name}, namespace: ${namespace}`;
const apps = (applied: string, spec: readonly string[], more: Files = {}): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
  'apps/all.yaml': applied,
  ...more,
});

describe('health-check-ignored', () => {
  const told = (...spec: readonly string[]) => lines('health-check-ignored', apps(ns + web(), spec));

  it('finds health checks beside wait', () => {
    expect(told('wait: true', check(deployment('web')))).toEqual([
      line(
        'at clusters/prod/apps.yaml:15 (Kustomization apps spec.healthChecks) ignored, because wait: true',
        '=> remove healthChecks',
      ),
    ]);
  });

  it.each([
    ['no wait', [check(deployment('web'))]],
    ['a wait that is off', ['wait: false', check(deployment('web'))]],
    ['no health checks', ['wait: true']],
    ['an empty list', ['wait: true', 'healthChecks: []']],
  ])('passes %s', (_, spec) => {
    expect(told(...spec)).toEqual([]);
  });
});

describe('health-check-target-missing', () => {
  const told = (files: Files) => lines('health-check-target-missing', files);

  it.each([
    ['', 'so that the Kustomization never becomes ready'],
    ['wait: true', 'which has no effect, because wait: true ignores health checks'],
  ])('says what follows with %j', (wait, then) => {
    const spec = [check(deployment('wib')), ...(wait === '' ? [] : [wait])];
    expect(told(apps(ns + web(), spec))).toEqual([
      line(
        'at clusters/prod/apps.yaml:14 (Kustomization apps spec.healthChecks[0])',
        `nothing applies Deployment "shop/wib", ${then}`,
        '=> correct the kind, name and namespace, or remove it',
      ),
    ]);
  });

  it('reports a missing namespace, which has no default', () => {
    const spec = (kind: string, name: string) => [check(`apiVersion: apps/v1, kind: ${kind}, name: ${name}`)];
    expect(told(apps(ns + web(), spec('Deployment', 'web')))).toEqual([
      line(
        'Deployment "web" has no namespace, and there is no default, so that the Kustomization never becomes ready',
        '=> add namespace: shop',
      ),
    ]);
    expect(told(apps(ns, spec('Deployment', 'web')))).toEqual([line('=> add the namespace of the object')]);
    expect(told(apps(ns, ['wait: true', ...spec('Deployment', 'web')]))).toEqual([]);
    const own = [check('apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, name: apps')];
    expect(told(apps(ns, own))).toEqual([line('=> add namespace: flux-system')]);
    const wide = [check('apiVersion: v1, kind: Namespace, name: shop')];
    expect(told(apps(ns, wide))).toEqual([]);
    const custom = [check('apiVersion: example.com/v1, kind: Widget, name: w')];
    expect(told(apps(ns, custom))).toEqual([]);
  });

  it('reports the name that a prefix changes', () => {
    const named = (name: string) =>
      told(apps(web('default'), ['namePrefix: prod-', check(deployment(name, 'default'))]));
    expect(named('web')).toEqual([line('=> the build names it "prod-web": write that name')]);
    expect(named('prod-web')).toEqual([]);
    expect(named('eb')).toEqual([line('nothing applies', '=> correct the kind, name and namespace')]);
    const other = object('example.com/v1', 'Deployment', 'web', 'default');
    expect(told(apps(other, ['namePrefix: prod-', check(deployment('web', 'default'))]))).toEqual([]);
  });

  const chart = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'redis', 'shop');
  const cluster = (name: string) => object('postgresql.cnpg.io/v1', 'Cluster', name, 'shop');
  const custom = (apiVersion: string, name: string) =>
    `apiVersion: ${apiVersion}, kind: Cluster, name: ${name}, namespace: shop`;
  it.each([
    ['of a workload', web('shop', 'web-server'), deployment('web-sever'), '"web-server"'],
    ['beside a chart', web('shop', 'web-server') + chart, deployment('web-sever'), '"web-server"'],
    ['of another kind', cluster('orders-db'), custom('postgresql.cnpg.io/v1', 'order-db'), '"orders-db"'],
  ])('suggests the name that is misspelt: %s', (_, applied, target, meant) => {
    const [finding, ...more] = told(apps(ns + applied, [check(target)]));
    expect(finding).toEqual(line(`=> did you mean ${meant}?`));
    expect(more).toEqual([]);
  });

  it.each([
    ['two names are alike', web('shop', 'web-servers') + web('shop', 'web-serve') + chart, 'web-server'],
    ['the namespace is another', web('other', 'web-server') + chart, 'web-sever'],
    ['the kind is another', object('apps/v1', 'StatefulSet', 'web-server', 'shop') + chart, 'web-sever'],
    ['the name is that of a sibling', web('shop', 'web-a') + chart, 'web-b'],
  ])('takes no name for misspelt if %s', (_, applied, name) => {
    expect(told(apps(ns + applied, [check(deployment(name))]))).toEqual([]);
  });

  it('reports the group of another kind of object if nothing has that group', () => {
    const db = cluster('orders');
    expect(told(apps(ns + db + chart, [check(custom('cnpg.io/v1', 'orders'))]))).toEqual([
      line(
        'nothing applies Cluster "shop/orders" of the group "cnpg.io"',
        '=> use the group of the one that is applied, "postgresql.cnpg.io"',
      ),
    ]);
    const used = object('cnpg.io/v1', 'Pooler', 'orders', 'shop');
    expect(told(apps(ns + db + used, [check(custom('cnpg.io/v1', 'orders'))]))).toEqual([]);
    const third = object('example.com/v1', 'Cluster', 'orders', 'shop');
    expect(told(apps(ns + db + third, [check(custom('cnpg.io/v1', 'orders'))]))).toEqual([]);
    expect(told(apps(ns + db, [check(custom('cnpg.io/v1', 'other'))]))).toEqual([]);
  });

  it('reports a workload that nothing makes in the namespace default', () => {
    expect(told(apps(web('default'), [check(deployment('api', 'default'))]))).toEqual([
      line('nothing applies Deployment "default/api"'),
    ]);
    expect(told(apps(web('kube-system'), [check(deployment('api', 'kube-system'))]))).toEqual([]);
  });

  it('names the only other namespace with that object', () => {
    expect(told(apps(ns + web('other'), [check(deployment('web'))]))).toEqual([
      line('=> did you mean the one in namespace "other"?'),
    ]);
  });

  it.each([
    ['two other namespaces', ns + web('other') + web('third')],
    ['another kind', ns + object('apps/v1', 'StatefulSet', 'web', 'other')],
    ['another name', ns + web('other', 'webx')],
    ['a kind of another group', `${ns}${object('batch/v1', 'Deployment', 'web', 'other')}`],
    ['an object without a namespace', ns + web().replace(', namespace: shop', '')],
  ])('names none among %s', (_, applied) => {
    expect(told(apps(applied, [check(deployment('web'))]))).toEqual([
      line('=> correct the kind, name and namespace'),
    ]);
  });

  const kustomization = (name: string) =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, name: ${name}, namespace: flux-system`;

  it.each([
    ['a similar one', 'infra-kontroler', 'did you mean "infra-controller"?'],
    ['none', 'something-else', 'correct the kind, name and namespace'],
  ])('suggests %s of Flux', (_, name, hint) => {
    const infra = { 'clusters/prod/infra.yaml': fluxKustomization('infra-controller', './apps') };
    expect(told(apps(configMap('a'), [check(kustomization(name))], infra))).toEqual([
      line(`nothing applies Kustomization "flux-system/${name}"`, `=> ${hint}`),
    ]);
  });

  const source = object(
    'source.toolkit.fluxcd.io/v1',
    'GitRepository',
    'acme',
    'flux-system',
    'spec: { url: "https://example.com/acme", interval: 1h }',
  );
  const other = {
    'clusters/prod/other.yaml':
      source + fluxKustomization('other', './x').replace('    name: flux-system', '    name: acme'),
  };
  it.each([
    [
      'another repository may apply it',
      apps(configMap('a'), [check(kustomization('something-else'))], other),
      0,
    ],
    [
      'another repository may apply it, but a similar one is there',
      apps(configMap('a'), [check(kustomization('aps'))], other),
      1,
    ],
    [
      'its own build is not known in full',
      apps(ns + web(), [check(deployment('wib'))], {
        'apps/kustomization.yaml': 'resources: [all.yaml, "https://example.com/a.yaml"]\n',
      }),
      0,
    ],
    [
      'it is in another cluster',
      apps(ns + web(), [check(deployment('wib')), 'kubeConfig: { secretRef: { name: eu } }']),
      0,
    ],
    ['it is there', apps(ns + web(), [check(deployment('web'))]), 0],
    [
      'a release may make it',
      apps(ns + object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'r', 'shop'), [check(deployment('wib'))]),
      0,
    ],
    [
      'a release goes to the namespace, and another has one of that name',
      apps(ns + web('other') + object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'r', 'shop'), [
        check(deployment('web')),
      ]),
      0,
    ],
    [
      'a release of another Kustomization goes to the namespace, and another has one of that name',
      apps(ns + web('other'), [check(deployment('web'))], {
        'clusters/prod/more.yaml': object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'r', 'shop'),
      }),
      0,
    ],
    [
      'an operator has a custom resource in the namespace, and another has one of that name',
      apps(ns + web('other') + object('acme.io/v1', 'Shop', 'r', 'shop'), [check(deployment('web'))]),
      0,
    ],
    [
      'a release goes elsewhere, and another namespace has one of that name',
      apps(
        ns +
          web('other') +
          object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'r', 'shop', 'spec: { targetNamespace: third }'),
        [check(deployment('web'))],
      ),
      1,
    ],
    ['another repository may make it', apps(ns + web(), [check(deployment('api'))], other), 0],
    [
      'another repository may make it, but it is surely misspelled',
      apps(
        ns + web('shop', 'website'),
        [check(`${deployment('website')} }, { ${deployment('webiste')}`)],
        other,
      ),
      1,
    ],
    [
      'a ResourceSet makes it',
      apps(ns + web(), [check(deployment('api'))], {
        'clusters/prod/set.yaml': resourceSet('resources: [{ kind: Deployment }]'),
      }),
      0,
    ],
    [
      'a release may make objects of Flux',
      apps(ns + release('r', 'shop', 'our-apps'), [check(kustomization('something-else'))]),
      0,
    ],
    [
      'a release makes something else',
      apps(ns + release('r', 'shop', 'apps-viewer'), [check(kustomization('something-else'))]),
      1,
    ],
    [
      'a chart that nothing installs would make it',
      apps(
        ns +
          object(
            'source.toolkit.fluxcd.io/v1',
            'HelmChart',
            'r',
            'shop',
            'spec: { chart: our-apps, sourceRef: { kind: GitRepository, name: a } }',
          ),
        [check(kustomization('something-else'))],
      ),
      1,
    ],
    [
      'a release may make objects of Flux, and another namespace has one of that name',
      apps(
        ns +
          release('r', 'shop', 'our-apps') +
          fluxKustomization('shop', './x').replace('namespace: flux-system', 'namespace: shop'),
        [check(kustomization('shop'))],
      ),
      1,
    ],
    [
      'a ResourceSet makes that kind',
      apps(configMap('a'), [check(kustomization('something-else'))], {
        'clusters/prod/set.yaml': resourceSet('resources: [{ kind: Kustomization }]'),
      }),
      0,
    ],
    ['it has no namespace that the repository makes', apps(web('other', 'x'), [check(deployment('wib'))]), 0],
    [
      'it is no workload',
      apps(ns + web(), [check('apiVersion: v1, kind: Service, name: wib, namespace: shop')]),
      0,
    ],
  ])('where %s', (_, files, expected) => {
    expect(told(files)).toHaveLength(expected);
  });

  it.each([
    [
      'the second of two',
      [check(`${deployment('web')} }, { apiVersion: v1, kind: Job, name: web, namespace: shop`)],
      ['spec.healthChecks[1]', 'no kind "Job" in v1, so that', 'use apiVersion: batch/v1'],
    ],
    [
      'an alpha version last',
      [check('apiVersion: apps/v1, kind: Ingress, name: web, namespace: shop')],
      ['no kind "Ingress" in apps/v1', 'use apiVersion: networking.k8s.io/v1'],
    ],
    [
      'no version',
      [check('kind: Job, name: web, namespace: shop')],
      ['in apps/v1, which Flux takes where apiVersion is not set'],
    ],
    [
      'a wrong kind of Flux',
      [check('apiVersion: source.toolkit.fluxcd.io/v1, kind: HelmRelease, name: web, namespace: shop')],
      ['no kind "HelmRelease" in source.toolkit.fluxcd.io/v1', 'use apiVersion: helm.toolkit.fluxcd.io/v2'],
    ],
  ])('finds the wrong kind: %s', (_, spec, words) => {
    expect(told(apps(ns + web(), spec))).toEqual([line(...words)]);
  });

  it.each([
    ['a kind with a variable', 'apiVersion: apps/v1, kind: "${KIND}", name: web, namespace: shop'],
    ['a version with a variable', 'apiVersion: "${VERSION}", kind: Job, name: web, namespace: shop'],
    ['a name with a variable', 'apiVersion: apps/v1, kind: Deployment, name: "${NAME}", namespace: shop'],
    ['no kind', 'apiVersion: v1, name: web, namespace: shop'],
    ['no version of a Deployment', 'kind: Deployment, name: web, namespace: shop'],
  ])('passes %s', (_, text) => {
    expect(told(apps(ns + web(), [check(text)]))).toEqual([]);
  });
});
