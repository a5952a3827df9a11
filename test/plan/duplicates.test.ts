import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, GitOpsApp, type FluxAppProps } from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { homeCluster } from '../delivery/home-cluster';

function map(scope: Cluster | FluxApp, id: string, name: string, namespace?: string, kind = 'ConfigMap') {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind, metadata: { name, namespace } });
}

/** The duplicates of two apps, each with one ConfigMap. */
function duplicates(
  one: readonly [name: string, namespace?: string, props?: FluxAppProps],
  other: readonly [name: string, namespace?: string, props?: FluxAppProps, kind?: string],
): number {
  const cluster = homeCluster();
  const [a, b] = [new FluxApp(cluster, 'a', one[2]), new FluxApp(cluster, 'b', other[2])];
  map(a, 'x', one[0], one[1]);
  map(b, 'y', other[0], other[1], other[3]);
  return planApp(cluster.node.root).findings.filter(({ code }) => code === 'object-duplicate').length;
}

describe('an object that two constructs create', () => {
  it.each([
    ['of one name and namespace', ['n', 's'], ['n', 's'], 1],
    ['of another name', ['n', 's'], ['m', 's'], 0],
    ['of another namespace', ['n', 's'], ['n', 't'], 0],
    ['of another kind', ['n', 's'], ['n', 's', undefined, 'Service'], 0],
    [
      'where Flux puts both into one namespace',
      ['n', 's', { targetNamespace: 'u' }],
      ['n', 't', { targetNamespace: 'u' }],
      1,
    ],
    [
      'where Flux puts one into the namespace of the other',
      ['n', 's', { targetNamespace: 't' }],
      ['n', 't'],
      1,
    ],
    [
      'where Flux puts them into two namespaces',
      ['n', 's', { targetNamespace: 'u' }],
      ['n', 's', { targetNamespace: 'v' }],
      0,
    ],
    [
      'where their kustomization files put them into two namespaces',
      ['n', 's', { kustomize: { namespace: 'u' } }],
      ['n', 's', { kustomize: { namespace: 'v' } }],
      0,
    ],
    [
      'where a kustomization file puts one into the namespace of the other',
      ['n', 's', { kustomize: { namespace: 't' } }],
      ['n', 't'],
      1,
    ],
    ['where Flux adds a prefix to one', ['n', 's', { namePrefix: 'p-' }], ['n', 's'], 0],
    ['where Flux adds the prefix of the other', ['n', 's', { namePrefix: 'p-' }], ['p-n', 's'], 1],
    ['where Flux adds a suffix to one', ['n', 's', { kustomize: { nameSuffix: '-p' } }], ['n-p', 's'], 1],
    [
      'for two clusters that Flux reaches',
      ['n', 's', { kubeConfig: { secretRef: { name: 'k' } } }],
      ['n', 's'],
      0,
    ],
    ['of which one is never applied', ['n', 's', { reconcile: false }], ['n', 's'], 0],
  ] as const)('%s is a duplicate %#', (_name, one, other, expected) => {
    expect(duplicates(one, other as Parameters<typeof duplicates>[1])).toBe(expected);
  });

  it('is one object in two clusters, and a duplicate in one', () => {
    const app = new GitOpsApp({ outdir: 'unused' });
    for (const id of ['prod', 'staging']) {
      const own = new FluxApp(new Cluster(app, id, { path: `./clusters/${id}`, bootstrap: {} }), 'web');
      map(own, 'x', 'n', 's');
      if (id === 'prod') map(own, 'y', 'n', 's');
    }
    const found = planApp(app).findings.filter(({ code }) => code === 'object-duplicate');
    expect(found.map(({ locations }) => locations.map((place) => place.constructPath))).toEqual([
      ['prod/web/x', 'prod/web/y'],
    ]);
  });

  it('is named as it is in the cluster', () => {
    const cluster = homeCluster();
    const props = { targetNamespace: 'u', namePrefix: 'p-' };
    const [a, b] = [new FluxApp(cluster, 'a', props), new FluxApp(cluster, 'b', props)];
    map(a, 'x', 'n', 's');
    map(b, 'y', 'n', 't');
    map(a, 'one', 'n', undefined, 'ClusterRole');
    map(b, 'two', 'n', undefined, 'ClusterRole');
    const found = planApp(cluster.node.root).findings.filter(({ code }) => code === 'object-duplicate');
    expect(found.map(({ message }) => message)).toEqual([
      'two constructs create ClusterRole "p-n"',
      'two constructs create ConfigMap "p-n" in namespace "u"',
    ]);
  });

  it('fails an app without anything in it', () => {
    const cluster = homeCluster();
    new FluxApp(cluster, 'empty');
    const found = planApp(cluster.node.root).findings.map(
      ({ code, locations }) => `${code} ${locations[0]?.constructPath}`,
    );
    expect(found).toEqual(['flux-app-empty home/empty']);
  });
});
