import { ApiObject } from 'cdk8s';
import type { GitOpsApp } from '../../lib';
import {
  FluxApp,
  type FluxAppProps,
  HelmRelease,
  HelmRepository,
  type KustomizeFields,
  ManifestDirectory,
} from '../../lib';
import { checkTree } from '../../lib/check/check-tree';
import { planApp } from '../../lib/plan/plan';
import { listOf, mapOf, valueAt } from '../../lib/plain/plain-data';
import { configMap, homeCluster } from '../delivery/home-cluster';

/** A release in an overlay of bases, which have its repository and its values. */
function overlay(props: FluxAppProps, base: KustomizeFields = {}, isListed = true) {
  const cluster = homeCluster();
  const root = cluster.node.root as GitOpsApp;
  const inner = new ManifestDirectory(root, 'inner', { path: './bases/inner', namespace: 'web' });
  const sourceRef = new HelmRepository(inner, 'charts', { url: 'https://example.com', interval: '1h' });
  const values = new ApiObject(inner, 'values', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { 'values.yaml': '' },
  });
  const outer = new ManifestDirectory(root, 'outer', {
    path: './bases/outer',
    kustomize: { ...base, resources: [inner] },
  });
  configMap(outer as unknown as FluxApp, 'settings');
  const resources = isListed ? [outer] : [];
  const app = new FluxApp(cluster, 'app', {
    namespace: 'web',
    createNamespace: true,
    ...props,
    kustomize: { ...props.kustomize, resources },
  });
  const chart = { chart: 'x', version: '1.0.0', sourceRef };
  new HelmRelease(app, 'x', { interval: '1h', chart: { spec: chart }, valuesFrom: [values] });
  const { tree, findings } = planApp(root);
  const release = tree.get('cluster-resources/app/x.yaml')?.documents[0]?.object;
  const checked = checkTree(tree, { entries: ['cluster-resources/flux'] }).findings;
  return {
    codes: [...findings, ...checked].flatMap(({ code, severity }) => (severity === 'info' ? [] : code)),
    source: valueAt(release, 'spec', 'chart', 'spec', 'sourceRef'),
    values: mapOf(listOf(valueAt(release, 'spec', 'valuesFrom'))[0]).name,
  };
}

describe('a reference to an object of a base', () => {
  it.each<[string, FluxAppProps, KustomizeFields, string]>([
    ['that moves nothing', {}, {}, 'charts'],
    ['that moves it', { kustomize: { namespace: 'shop' } }, {}, 'charts'],
    ['with a prefix', { namePrefix: 'p-' }, {}, 'p-charts'],
    [
      'of an overlay that renames it too',
      { kustomize: { namePrefix: 'p-' } },
      { nameSuffix: '-s' },
      'p-charts-s',
    ],
    ['of an overlay that moves it elsewhere', { targetNamespace: 'shop' }, { namespace: 'data' }, 'charts'],
  ])('names it as the overlay does: %s', (_, props, base, name) => {
    const { codes, source, values } = overlay(props, base);
    expect(codes).toEqual([]);
    expect(source).toEqual({ kind: 'HelmRepository', name });
    expect(values).toBe(name.replace('charts', 'values'));
  });

  it('names it as the base does, if the FluxApp does not list that', () => {
    const { codes, source } = overlay({ targetNamespace: 'shop' }, {}, false);
    expect(codes).toContain('reference-across-namespaces');
    expect(source).toBeUndefined();
  });
});
