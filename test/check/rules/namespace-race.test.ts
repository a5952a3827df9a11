import { fluxKustomization } from '../../graph/tree-of';
import { count, found, line, lines, object, release, type Files } from '../small-repositories';
import { repository, waits } from './crd-repositories';

const CODE = 'namespace-race';
const shop = object('v1', 'Namespace', 'shop');
const inShop = (name = 'settings') => object('v1', 'ConfigMap', name, 'shop');

it('names the objects, the namespace and what creates it', () => {
  const files = repository({ tenants: [shop], web: [inShop('a') + inShop('b')] });
  expect(lines(CODE, files)).toEqual([
    line(
      'warning at clusters/prod/web.yaml:7, web/all.yaml:2',
      'applies 2 ConfigMap in the namespace "shop", but does not wait for Kustomization "flux-system/tenants"',
      '=> add Kustomization "flux-system/tenants" to spec.dependsOn',
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
  ['it waits for what is missing', repository({ tenants: [shop], web: [inShop(), waits('tenant')] })],
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
  expect(found(CODE, files)).toMatchObject([
    {
      severity: 'error',
      message: expect.stringContaining('on a new cluster neither is ever applied') as string,
    },
  ]);
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
