import { checkTree } from '../../../lib/check/check-tree';
import { fluxKustomization, treeOf } from '../../graph/tree-of';
import {
  count,
  foreign,
  found,
  line,
  lines,
  object,
  release,
  resourceSet,
  type Files,
} from '../small-repositories';
import { certManager, issuer, repository, waits } from './crd-repositories';

const CODE = 'namespace-race';
const shop = object('v1', 'Namespace', 'shop');
const inShop = (name = 'settings') => object('v1', 'ConfigMap', name, 'shop');

const leftOut = (mark: string) =>
  inShop().replace(' }', `, annotations: { kustomize.toolkit.fluxcd.io/${mark} } }`);

it('names the objects, the namespace and what creates it', () => {
  const files = repository({ tenants: [shop], web: [inShop('a') + inShop('b')] });
  expect(lines(CODE, files)).toEqual([
    line(
      'warning at clusters/prod/web.yaml:7, web/all.yaml:2',
      'applies 2 ConfigMap in the namespace "shop", but does not wait for Kustomization "flux-system/tenants"',
      'on a new cluster it fails until the namespace exists, and retries only after 10m, its interval, because retryInterval is not set',
      '=> add Kustomization "flux-system/tenants" to spec.dependsOn',
    ),
  ]);
});

it('names all namespaces of one Kustomization together, and its retryInterval', () => {
  const files = repository({
    tenants: [shop + object('v1', 'Namespace', 'bank')],
    web: [inShop() + object('v1', 'ConfigMap', 'c', 'bank'), 'retryInterval: 2m'],
  });
  expect(lines(CODE, files)).toEqual([
    line(
      'applies 2 ConfigMap in the namespaces "shop" and "bank", but does not wait for Kustomization "flux-system/tenants", which creates them',
      'until the namespaces exist, and retries only after 2m =>',
    ),
  ]);
});

it('does not advise to wait for what becomes ready only later', () => {
  const files: Files = {
    'clusters/prod/all.yaml':
      fluxKustomization('tenants', './tenants', ['wait: true']) + fluxKustomization('web', './web'),
    'tenants/all.yaml': shop + fluxKustomization('after', './after', [waits('web')]),
    'after/all.yaml': object('v1', 'ConfigMap', 'c', 'default'),
    'web/all.yaml': inShop(),
  };
  expect(lines(CODE, files)).toEqual([
    line(
      '=> move the Namespace to a Kustomization that does not wait for this one, and depend on that one: Kustomization "flux-system/tenants" is ready only after this one',
    ),
  ]);
});

it.each<[string, Files]>([
  ['it waits', repository({ tenants: [shop], web: [inShop(), waits('tenants')] })],
  [
    'it waits for what waits',
    repository({
      tenants: [shop],
      between: [object('v1', 'ConfigMap', 'c', 'default'), waits('tenants')],
      web: [inShop(), waits('between')],
    }),
  ],
  ['it creates the namespace as well', repository({ tenants: [shop], web: [shop + inShop()] })],
  ['Flux does not apply the object', repository({ tenants: [shop], web: [leftOut('reconcile: disabled')] })],
  [
    'what applies it creates the namespace',
    {
      'clusters/prod/shop.yaml': fluxKustomization('web', './web') + shop,
      'web/all.yaml': inShop(),
    },
  ],
  [
    'it waits for one of two that create the namespace',
    repository({ tenants: [shop], other: [shop], web: [inShop(), waits('other')] }),
  ],
  [
    'a release may create the namespace',
    repository({
      tenants: [shop],
      charts: [
        release('c', 'default', 'c', '  targetNamespace: shop', '  install: { createNamespace: true }'),
      ],
      web: [inShop()],
    }),
  ],
  [
    'a script creates the namespace',
    { ...repository({ tenants: [shop], web: [inShop()] }), 'setup.sh': 'kubectl create namespace shop\n' },
  ],
  [
    'every cluster has the namespace',
    repository({
      tenants: [object('v1', 'Namespace', 'kube-system')],
      web: [object('v1', 'ConfigMap', 'c', 'kube-system')],
    }),
  ],
  [
    'a ResourceSet creates namespaces',
    repository({
      tenants: [shop],
      sets: [
        resourceSet(
          'resources: [{ apiVersion: v1, kind: Namespace, metadata: { name: << inputs.name >> } }]',
        ),
      ],
      web: [inShop()],
    }),
  ],
  ...['kubectl apply -f tenants/all.yaml', 'kubectl apply -k ./tenants'].map((command): [string, Files] => [
    `a script runs ${command}`,
    { ...repository({ tenants: [shop], web: [inShop()] }), 'setup.sh': `${command}\n` },
  ]),
  [
    'a script applies what creates the namespace too late',
    {
      ...repository({ tenants: [shop, waits('web')], web: [inShop()] }),
      'setup.sh': 'kubectl apply -f clusters/prod/tenants.yaml\n',
    },
  ],
  [
    'what creates the namespace is suspended',
    repository({ tenants: [shop, 'suspend: true'], web: [inShop()] }),
  ],
  [
    'Flux does not create the namespace',
    repository({
      tenants: [
        shop.replace('shop }', 'shop, annotations: { kustomize.toolkit.fluxcd.io/reconcile: disabled } }'),
      ],
      web: [inShop()],
    }),
  ],
  [
    'all that it applies lives in no namespace',
    repository({
      tenants: [shop],
      web: [object('trust.cert-manager.io/v1alpha1', 'Bundle', 'b'), 'targetNamespace: shop'],
    }),
  ],
  ['it waits for what is missing', repository({ tenants: [shop], web: [inShop(), waits('tenant')] })],
  [
    'it waits for what waits for what is missing',
    repository({
      tenants: [shop],
      between: [object('v1', 'ConfigMap', 'c', 'default'), waits('tenant')],
      web: [inShop(), waits('between')],
    }),
  ],
  [
    'what applies it waits for what is missing',
    {
      ...repository({ tenants: [shop], parent: [fluxKustomization('web', './web'), waits('tenant')] }),
      'web/all.yaml': inShop(),
    },
  ],
  ['it is suspended', repository({ tenants: [shop], web: [inShop(), 'suspend: true'] })],
  [
    'it goes to another cluster',
    repository({ tenants: [shop], web: [inShop(), 'kubeConfig: { secretRef: { name: remote } }'] }),
  ],
  [
    'what creates the namespace goes to another cluster',
    repository({ tenants: [shop, 'kubeConfig: { secretRef: { name: remote } }'], web: [inShop()] }),
  ],
])('reports nothing if %s', (_, files) => {
  expect(count(CODE, files)).toBe(0);
});

it.each<[string, Files]>([
  ['waits for it', repository({ tenants: [shop, waits('web')], web: [inShop()] })],
  [
    'is applied by it',
    {
      'clusters/prod/shop.yaml': fluxKustomization('tenants', './tenants') + inShop(),
      'tenants/all.yaml': shop,
    },
  ],
])('is an error if what creates the namespace %s', (_, files) => {
  expect(lines(CODE, files)).toEqual([
    line(
      'error at',
      '(ConfigMap settings metadata.namespace) Kustomization "flux-system/tenants" creates the namespace "shop" of ConfigMap "shop/settings", but starts only after Kustomization',
      'has applied this object: on a new cluster, neither is ever applied => move the Namespace to Kustomization',
    ),
  ]);
});

it('says how many objects come before their namespace', () => {
  const files = repository({ tenants: [shop, waits('web')], web: [inShop('a') + inShop('b') + inShop('c')] });
  expect(lines(CODE, files)).toEqual([
    line(
      'error at web/all.yaml:4, clusters/prod/tenants.yaml:2',
      'of ConfigMap "shop/a" and 2 more, but starts only after Kustomization "flux-system/web" has applied these',
    ),
  ]);
});

it('names all namespaces that come after their objects', () => {
  const files = repository({
    tenants: [shop + object('v1', 'Namespace', 'bank'), waits('web')],
    web: [inShop() + object('v1', 'ConfigMap', 'c', 'bank')],
  });
  expect(lines(CODE, files)).toEqual([
    line('creates the namespaces "shop" and "bank" of ConfigMap "shop/settings" and 1 more, but starts'),
  ]);
});

it('names no interval that is not set', () => {
  const files = repository({ tenants: [shop], web: [inShop()] });
  const path = 'clusters/prod/web.yaml';
  const web = (files[path] ?? '').replace('  interval: 10m\n', '');
  expect(lines(CODE, { ...files, [path]: web })).toEqual([
    line('retries only after its interval because retryInterval is not set =>'),
  ]);
});

it('is a warning if a script validates what creates the namespace, but does not apply it', () => {
  const files = repository({ tenants: [shop], web: [inShop()] });
  expect(count(CODE, { ...files, 'test.sh': 'kustomize build tenants | kubeconform\n' })).toBe(1);
});

it('is an error for each Kustomization whose namespaces come too late, however many', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const folders = names.map((name) => [name, [inShop(name)] as const] as const);
  const late = [shop, `dependsOn: [${names.map((name) => `{ name: ${name} }`).join(', ')}]`] as const;
  expect(found(CODE, repository({ tenants: late, ...Object.fromEntries(folders) }))).toHaveLength(5);
});

it('is a warning if only one of two that create the namespace comes later', () => {
  const files = repository({ tenants: [shop, waits('web')], other: [shop], web: [inShop()] });
  expect(found(CODE, files)).toMatchObject([{ severity: 'warning' }]);
});

it('is one finding if many do not wait', () => {
  const folders = ['a', 'b', 'c', 'd', 'e'].map((name) => [name, [inShop(name)] as const] as const);
  const few = repository({ tenants: [shop], ...Object.fromEntries(folders.slice(1)) });
  expect(count(CODE, few)).toBe(4);
  expect(found(CODE, repository({ tenants: [shop], ...Object.fromEntries(folders) }))).toMatchObject([
    {
      object: { name: 'tenants' },
      message: expect.stringContaining(
        '5 Kustomizations apply objects in namespaces that it creates',
      ) as string,
    },
  ]);
});

it('doubts that namespaces come too late where someone may apply the guessed entry path by hand', () => {
  const files: Files = {
    'clusters/prod/all.yaml': fluxKustomization('tenants', './tenants') + inShop(),
    'tenants/all.yaml': shop,
  };
  const { findings } = checkTree(treeOf(files));
  expect(findings.filter(({ code }) => code === CODE)).toMatchObject([{ severity: 'info' }]);
});

it('reports each Kustomization that creates a namespace, also if it waits for something else', () => {
  const bank = object('v1', 'Namespace', 'bank');
  const files = repository({
    tenants: [shop],
    others: [bank],
    between: [object('v1', 'ConfigMap', 'shop', 'default')],
    web: [inShop('shop') + object('v1', 'ConfigMap', 'bank', 'bank'), waits('between')],
    late: [object('v1', 'Namespace', 'late'), waits('early')],
    early: [object('v1', 'ConfigMap', 'c', 'late')],
  });
  expect(lines(CODE, files)).toEqual([
    line(
      'warning',
      'applies ConfigMap "bank" in the namespace "bank", but does not wait for Kustomization "flux-system/others"',
    ),
    line(
      'warning',
      'applies ConfigMap "shop" in the namespace "shop", but does not wait for Kustomization "flux-system/tenants"',
    ),
    line('error', 'of ConfigMap "late/c", but starts only after Kustomization "flux-system/early"'),
  ]);
});

it('reports nothing about a build that is not known in full', () => {
  const files = {
    ...repository({ tenants: [shop], web: [inShop()] }),
    'web/kustomization.yaml': 'resources: [all.yaml, "https://example.com/all.yaml"]\n',
  };
  expect(count(CODE, files)).toBe(0);
});

it('names what many do not wait for, and the first of them', () => {
  const folders = ['a', 'b', 'c', 'd', 'e'].map((name) => [name, [inShop(name)] as const] as const);
  expect(lines(CODE, repository({ tenants: [shop], ...Object.fromEntries(folders) }))).toEqual([
    line(
      'warning at clusters/prod/tenants.yaml:5, clusters/prod/a.yaml:2',
      'do not wait for it ("a", "b", "c", "d", ...)',
    ),
  ]);
});

describe('a namespace that only Helm creates', () => {
  const helm = (...spec: readonly string[]) =>
    release('c', 'default', 'c', '  targetNamespace: shop', '  install: { createNamespace: true }', ...spec);

  it('is never created if the same Kustomization applies objects in it', () => {
    expect(lines(CODE, repository({ web: [helm() + inShop('a') + inShop('b')] }))).toEqual([
      line(
        'error at web/all.yaml:13, web/all.yaml:2 (ConfigMap a metadata.namespace)',
        'Helm creates the namespace "shop" of ConfigMap "shop/a" and 1 more for HelmRelease "default/c", which the same Kustomization applies',
        'on a new cluster neither is ever applied => add a Namespace "shop" to Kustomization "flux-system/web"',
      ),
    ]);
  });

  it('is never created for a release in that namespace', () => {
    expect(
      lines(CODE, repository({ web: [helm().replace('namespace: default', 'namespace: shop')] })),
    ).toEqual([
      line('of HelmRelease "shop/c" for HelmRelease "shop/c", which the same Kustomization applies'),
    ]);
  });

  it('is never created by a release that Flux applies only after the objects', () => {
    expect(lines(CODE, repository({ charts: [helm(), waits('web')], web: [inShop()] }))).toEqual([
      line('which Flux applies only after Kustomization "flux-system/web": on a new cluster, neither'),
    ]);
  });

  it.each<[string, Files]>([
    ['a Namespace creates it, too', repository({ web: [helm() + inShop() + shop] })],
    ['another Kustomization creates it', repository({ tenants: [shop], web: [helm() + inShop()] })],
    [
      'a release of another Kustomization creates it',
      repository({ charts: [helm()], web: [helm() + inShop()] }),
    ],
    ['a release that may come first creates it', repository({ charts: [helm()], web: [inShop()] })],
    ['the release is suspended', repository({ web: [helm('  suspend: true') + inShop()] })],
    ['Flux does not apply the object', repository({ web: [helm() + leftOut('reconcile: disabled')] })],
    ['Flux ignores the object', repository({ web: [helm() + leftOut('ssa: Ignore')] })],
    [
      'the release goes to another cluster',
      repository({ web: [helm('  kubeConfig: { secretRef: { name: remote } }') + inShop()] }),
    ],
    ['Helm creates no namespace', repository({ web: [release('c', 'shop', 'c') + inShop()] })],
    [
      'a script creates it',
      { ...repository({ web: [helm() + inShop()] }), 'setup.sh': 'kubectl create namespace shop\n' },
    ],
    [
      'Terraform creates it, with its name in another file',
      {
        ...repository({ web: [helm() + inShop()] }),
        'tf/main.tf': 'resource "kubernetes_namespace" "a" { metadata { name = each.value } }\n',
        'tf/prod.tfvars': 'namespaces = ["shop"]\n',
      },
    ],
    ['it is suspended', repository({ web: [helm() + inShop(), 'suspend: true'] })],
    ['it waits for what is missing', repository({ web: [helm() + inShop(), waits('tenant')] })],
    [
      'another repository is likely to create it',
      { ...repository({ web: [helm() + inShop()] }), 'clusters/prod/shop.yaml': foreign('shop') },
    ],
    [
      'the same release brings the CRD of the objects',
      repository({
        web: [
          certManager('targetNamespace: shop', 'install: { createNamespace: true }') +
            issuer().replace('namespace: default', 'namespace: shop'),
        ],
      }),
    ],
  ])('is not reported if %s', (_, files) => {
    expect(found(CODE, files).filter(({ message }) => message.startsWith('Helm'))).toEqual([]);
  });

  it('is a warning if a file has it that no Kustomization builds', () => {
    const by = (text: string) =>
      found(CODE, { ...repository({ web: [helm() + inShop()] }), 'manual/all.yaml': text });
    expect(by(shop)).toMatchObject([{ severity: 'warning' }]);
    expect(by(shop.replace('shop', 'shop2'))).toMatchObject([{ severity: 'error' }]);
    expect(by(object('acme.io/v1', 'NamespaceClaim', 'shop'))).toMatchObject([{ severity: 'error' }]);
  });

  it('is a warning if another repository may create it', () => {
    const files = { ...repository({ web: [helm() + inShop()] }), 'clusters/prod/x.yaml': foreign('x') };
    expect(found(CODE, files)).toMatchObject([{ severity: 'warning' }]);
  });
});
