import { ApiObject } from 'cdk8s';
import { FluxApp, OperatorStack, type Cluster, type FluxAppProps } from '../../lib';
import { synthFiles } from '../../lib/testing';
import { homeCluster } from './home-cluster';

const ENTRY = 'cluster-resources/flux';
const FILE = `${ENTRY}/namespaces/shop.yaml`;

function app(cluster: Cluster, id: string, props: FluxAppProps): FluxApp {
  const made = new FluxApp(cluster, id, props);
  new ApiObject(made, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data: {} });
  return made;
}

describe('createNamespace', () => {
  it('writes the namespace once, so that Flux applies it before the apps, and never prunes it', () => {
    const cluster = homeCluster();
    app(cluster, 'web', { namespace: 'shop', createNamespace: true });
    app(cluster, 'api', { targetNamespace: 'shop', createNamespace: true });
    const files = synthFiles(cluster);
    expect(Object.keys(files).filter((path) => files[path]?.includes('kind: Namespace'))).toEqual([FILE]);
    expect(files[FILE]).toContain('name: shop\n');
    expect(files[FILE]).toContain('kustomize.toolkit.fluxcd.io/prune: disabled');
  });

  it('prunes it if all apps that share it set this', () => {
    const fileOf = (...options: NonNullable<FluxAppProps['createNamespace']>[]): string | undefined => {
      const cluster = homeCluster();
      options.forEach((createNamespace, index) =>
        app(cluster, `a${index}`, { namespace: 'shop', createNamespace }),
      );
      return synthFiles(cluster)[FILE];
    };
    expect(fileOf({ prune: true }, { prune: true })).not.toContain('prune');
    expect(fileOf({ prune: true }, true)).toContain('prune: disabled');
    expect(fileOf(true, { prune: true })).toContain('prune: disabled');
    expect(fileOf(false)).toBeUndefined();
  });

  it('writes it beside the objects if no Kustomization of the cluster applies them', () => {
    const cluster = homeCluster();
    const kubeConfig = { secretRef: { name: 'remote' } };
    app(cluster, 'web', { namespace: 'shop', createNamespace: true, kubeConfig });
    app(cluster, 'api', { namespace: 'shop', createNamespace: true, reconcile: false });
    const files = synthFiles(cluster);
    expect(files[FILE]).toBeUndefined();
    for (const id of ['web', 'api']) {
      expect(files[`cluster-resources/${id}/namespace.yaml`]).toContain('prune: disabled');
    }
  });

  it('fails without a name', () => {
    const cluster = homeCluster();
    app(cluster, 'web', { createNamespace: true });
    app(cluster, 'api', { namespace: '', createNamespace: true });
    expect(() => synthFiles(cluster)).toThrow(/namespace-unnamed at home\/web[^]*namespace: "web"/);
    expect(() => synthFiles(cluster)).toThrow(/namespace-unnamed at home\/api/);
  });
});

describe('an OperatorStack without resources', () => {
  const stack = (cluster: Cluster): OperatorStack =>
    new OperatorStack(cluster, 'cnpg', {
      namespace: 'cnpg-system',
      release: {
        chart: 'cloudnative-pg',
        repository: 'https://cloudnative-pg.github.io/charts',
        version: '0.26.0',
      },
    });

  it('can be a dependency: others wait for the operator', () => {
    const cluster = homeCluster();
    app(cluster, 'db', { namespace: 'default', dependsOn: [stack(cluster).resources] });
    const files = synthFiles(cluster);
    expect(Object.keys(files).filter((path) => path.includes('crs'))).toEqual([]);
    expect(files[`${ENTRY}/db.yaml`]).toMatch(/dependsOn:\n\s+- name: cnpg-operator\n/);
  });

  it('is created once it contains something', () => {
    const cluster = homeCluster();
    const { resources } = stack(cluster);
    app(cluster, 'db', { namespace: 'default', dependsOn: [resources] });
    new ApiObject(resources, 'map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'default' },
    });
    expect(synthFiles(cluster)[`${ENTRY}/db.yaml`]).toMatch(/dependsOn:\n\s+- name: cnpg-crs\n/);
  });
});
