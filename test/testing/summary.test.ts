import { ApiObject } from 'cdk8s';
import { type Cluster, FluxApp, HelmChartRelease } from '../../lib';
import { fluxSerializer, summaryOf } from '../../lib/testing';
import { configMap, homeCluster, someApp } from '../delivery/home-cluster';

function shop(version = '6.9.2'): Cluster {
  const cluster = homeCluster();
  const infrastructure = new FluxApp(cluster, 'infrastructure', { namespace: 'ingress' });
  new HelmChartRelease(infrastructure, 'podinfo', {
    chart: 'podinfo',
    repository: 'https://stefanprodan.github.io/podinfo',
    version,
  });
  const app = new FluxApp(cluster, 'shop', { namespace: 'shop', dependsOn: [infrastructure] });
  const containers = [
    { name: 'shop', image: 'nginx:1.29.1' },
    { name: 'exporter', image: 'exporter:2' },
  ];
  const labels = { app: 'shop' };
  new ApiObject(app, 'shop', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  });
  configMap(app, 'one', 'shop');
  configMap(app, 'two', 'shop');
  someApp(app, 'inner', { suspend: true });
  return cluster;
}

describe('a summary', () => {
  it('shows the clusters, the FluxApps and what they wait for, the objects and their versions', () => {
    expect(summaryOf(shop())).toMatchInlineSnapshot(`
     "home: cluster-resources/flux
       infrastructure
         HelmRelease ingress/podinfo: chart podinfo 6.9.2
         HelmRepository ingress/podinfo
       shop (after infrastructure)
         Deployment shop/shop: nginx:1.29.1, exporter:2
         ConfigMap shop/one, shop/two
         inner (Kustomization shop-inner; suspended)
           ConfigMap default/settings"
    `);
  });

  it('changes with a version, and not with a setting', () => {
    const changed = shop();
    configMap(changed.node.findChild('shop') as FluxApp, 'three', 'shop');
    expect(summaryOf(shop('6.9.3'))).toContain('chart podinfo 6.9.3');
    expect(summaryOf(changed).replace('shop/three, ', '')).toBe(summaryOf(shop()));
  });

  it('shows one FluxApp, with those inside it', () => {
    expect(summaryOf(shop().node.findChild('shop')).split('\n').slice(0, 2)).toEqual([
      'home: cluster-resources/flux',
      '  shop (after infrastructure)',
    ]);
  });

  it.each([
    ['FluxApp', 60, 61],
    ['cluster', 600, 1],
  ])('shows a line for each %s if %i of them contain too much', (_, count, lines) => {
    const cluster = homeCluster();
    for (let index = 0; index < count; index += 1)
      someApp(cluster, `app-${index}`, { targetNamespace: `n-${index}` });
    expect(summaryOf(cluster).split('\n')).toHaveLength(lines);
  });

  it('replaces constructs in snapshots, and nothing else', () => {
    const cluster = shop();
    expect(fluxSerializer.test(cluster)).toBe(true);
    expect(fluxSerializer.test({ a: 'b' })).toBe(false);
    expect(fluxSerializer.serialize(cluster)).toBe(summaryOf(cluster));
    expect(fluxSerializer.test(null)).toBe(false);
  });
});
