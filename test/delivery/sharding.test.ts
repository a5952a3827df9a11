import { ApiObject } from 'cdk8s';
import {
  Cluster,
  Fleet,
  FluxApp,
  FluxInstance,
  GitOpsApp,
  GitRepository,
  HelmChartRelease,
  HelmRelease,
  HelmRepository,
  ImageRepository,
  type ClusterSharding,
  type HelmReleaseProps,
  type ObjectReference,
} from '../../lib';
import { placeFor } from '../../lib/delivery/sharding/rendezvous';
import { mapOf, valueAt } from '../../lib/plain/plain-data';
import { planApp, type Plan } from '../../lib/plan/plan';
import type { ManifestObject } from '../../lib/tree/manifest';

const KEY = 'sharding.fluxcd.io/key';
const CHART = { chart: 'podinfo', version: '6.9.2', repository: 'https://stefanprodan.github.io/podinfo' };

function clusterWith(sharding: ClusterSharding): Cluster {
  return new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', { path: './clusters/home', sharding });
}

function objectsOf({ tree }: Plan): ManifestObject[] {
  return tree.files.flatMap(({ documents }) => documents.map(({ object }) => object as ManifestObject));
}

/** The shards of the Flux objects of an app, by kind and name. */
function shardsOf(cluster: Cluster, key = KEY): Record<string, unknown> {
  const objects = objectsOf(planApp(cluster.node.root)).filter(({ apiVersion }) =>
    apiVersion.includes('.fluxcd.io/'),
  );
  return Object.fromEntries(
    objects.map(({ kind, metadata }) => [`${kind}/${metadata?.name}`, mapOf(metadata?.labels)[key]]),
  );
}

function codesOf(cluster: Cluster): string[] {
  return planApp(cluster.node.root).findings.map(({ code }) => code);
}

describe('the shard of a name', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `app-${index}`);
  const place = (shards: readonly string[]) => names.map((name) => placeFor(name, shards));

  it('changes only to an added shard, or from a removed one', () => {
    const [three, four] = [place(['a', 'b', 'c']), place(['a', 'b', 'c', 'd'])];
    const moved = three.filter((shard, index) => shard !== four[index]).length;
    expect(moved).toBe(four.filter((shard) => shard === 'd').length);
    expect(moved).toBeGreaterThan(200);
    expect(moved).toBeLessThan(300);
  });

  it('does not depend on the order of the shards', () => {
    expect(place(['c', 'a', 'b'])).toEqual(place(['a', 'b', 'c']));
    expect(placeFor('app', [])).toBeUndefined();
  });

  it('spreads names evenly', () => {
    const counts = ['a', 'b', 'c', 'd'].map(
      (shard) => place(['a', 'b', 'c', 'd']).filter((one) => one === shard).length,
    );
    expect(Math.min(...counts)).toBeGreaterThan(200);
  });
});

describe('a cluster with shards', () => {
  it('labels an app, everything in it and the charts of its releases with one shard', () => {
    const cluster = clusterWith({ shards: ['s1', 's2'] });
    const web = new FluxApp(cluster, 'web', { namespace: 'web' });
    new HelmChartRelease(web, 'podinfo', CHART);
    const inner = new FluxApp(web, 'inner', { namespace: 'web' });
    new GitRepository(inner, 'git', { url: 'https://example.com/x', interval: '5m' });
    new ImageRepository(inner, 'image', { image: 'ghcr.io/x/y', interval: '5m' });
    const made = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'ExternalArtifact' };
    new ApiObject(inner, 'artifact', { ...made, metadata: { name: 'artifact' } });
    const shard = placeFor('web', ['s1', 's2']);
    expect(shardsOf(cluster)).toEqual({
      'Kustomization/web': shard,
      'Kustomization/web-inner': shard,
      'HelmRepository/podinfo': shard,
      'HelmRelease/podinfo': shard,
      'GitRepository/git': shard,
      'ImageRepository/image': undefined,
      'ExternalArtifact/artifact': undefined,
    });
    const release = objectsOf(planApp(cluster.node.root)).find(({ kind }) => kind === 'HelmRelease');
    expect(valueAt(release?.spec, 'chart', 'metadata', 'labels')).toEqual({ [KEY]: shard });
    expect(Object.keys(mapOf(valueAt(release?.spec, 'chart')))).toEqual(['metadata', 'spec']);
  });

  it('labels the objects that cdk8s renders like the published ones', () => {
    const cluster = clusterWith({ shards: ['s1'] });
    const web = new FluxApp(cluster, 'web', { namespace: 'web' });
    new HelmRepository(web, 'repo', { url: 'https://example.com', interval: '5m' });
    expect(web.toJson().map(({ metadata }) => metadata?.labels)).toEqual([{ [KEY]: 's1' }, { [KEY]: 's1' }]);
  });

  it('puts a chart into the shard of its source, whatever the shard of its release', () => {
    const cluster = clusterWith({
      shards: ['s1', 's2'],
      by: ({ node }) => (node.id === 'sources' ? 's1' : 's2'),
    });
    const repository = new HelmRepository(new FluxApp(cluster, 'sources', { namespace: 'x' }), 'charts', {
      url: 'https://example.com',
      interval: '5m',
    });
    const web = new FluxApp(cluster, 'web', { namespace: 'web' });
    const chart = (sourceRef: ObjectReference<'HelmRepository'>, labels?: Record<string, string>) =>
      ({
        chart: { ...(labels && { metadata: { labels } }), spec: { chart: 'a', version: '1.0.0', sourceRef } },
        interval: '5m',
      }) as HelmReleaseProps;
    new HelmRelease(web, 'construct', chart(repository));
    new HelmRelease(web, 'named', chart({ kind: 'HelmRepository', name: 'charts', namespace: 'x' }));
    new HelmRelease(web, 'elsewhere', chart({ kind: 'HelmRepository', name: 'other', namespace: 'x' }));
    new HelmRelease(web, 'own', chart({ kind: 'HelmRepository', name: 'other' }, { [KEY]: 's9', a: 'b' }));
    new HelmRelease(web, 'given', chart(repository, { [KEY]: 's9' }));
    const labels = { [KEY]: 's7' };
    const labelled = new HelmRepository(web, 'own-label', { url: 'https://a', interval: '5m', labels });
    new HelmRelease(web, 'labelled', chart(labelled));
    const releases = objectsOf(planApp(cluster.node.root)).filter(({ kind }) => kind === 'HelmRelease');
    expect(
      Object.fromEntries(
        releases.map(({ metadata, spec }) => [metadata?.name, valueAt(spec, 'chart', 'metadata', 'labels')]),
      ),
    ).toEqual({
      construct: { [KEY]: 's1' },
      named: { [KEY]: 's1' },
      elsewhere: undefined,
      own: { [KEY]: 's9', a: 'b' },
      given: { [KEY]: 's9' },
      labelled: { [KEY]: 's7' },
    });
    expect(shardsOf(cluster)['HelmRelease/named']).toBe('s2');
  });

  it('keeps a layer together, and assigns an app without one separately', () => {
    const cluster = clusterWith({ shards: ['s1', 's2', 's3', 's4'], by: 'layer' });
    for (const id of ['a', 'b', 'c', 'd', 'e'])
      new ApiObject(new FluxApp(cluster, id, { layer: 'infra' }), 'map', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
      });
    new ApiObject(new FluxApp(cluster, 'alone'), 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
    const { 'Kustomization/alone': alone, ...layer } = shardsOf(cluster);
    expect(new Set(Object.values(layer))).toEqual(new Set([placeFor('infra', ['s1', 's2', 's3', 's4'])]));
    expect(alone).toBe(placeFor('alone', ['s1', 's2', 's3', 's4']));
  });

  it('keeps what the author sets: a shard, none, or the label itself', () => {
    const cluster = clusterWith({ shards: ['s1', 's2'], by: () => 's1', key: 'example.com/shard' });
    const given = new FluxApp(cluster, 'given', { namespace: 'x', shard: 's2' });
    new HelmChartRelease(given, 'a', CHART);
    new HelmChartRelease(given, 'b', { ...CHART, shard: false });
    const main = new FluxApp(cluster, 'main', { namespace: 'x', shard: false });
    new HelmChartRelease(main, 'c', { ...CHART, shard: 's2' });
    new HelmRepository(main, 'd', {
      url: 'https://a',
      interval: '5m',
      labels: { 'example.com/shard': 's7' },
    });
    const labelled = new FluxApp(cluster, 'labelled', { kustomization: { labels: { a: 'b' } } });
    new ApiObject(labelled, 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(shardsOf(cluster, 'example.com/shard')).toEqual({
      'Kustomization/given': 's2',
      'HelmRepository/a': 's2',
      'HelmRelease/a': 's2',
      'HelmRepository/b': undefined,
      'HelmRelease/b': undefined,
      'Kustomization/main': undefined,
      'HelmRepository/c': 's2',
      'HelmRelease/c': 's2',
      'HelmRepository/d': 's7',
      'Kustomization/labelled': 's1',
    });
    const printed = objectsOf(planApp(cluster.node.root)).find(
      ({ metadata }) => metadata?.name === 'labelled',
    );
    expect(printed?.metadata?.labels).toEqual({ a: 'b', 'example.com/shard': 's1' });
  });

  it('does not label the entry path, other clusters and objects that are not Flux objects', () => {
    const cluster = clusterWith({ shards: ['s1'] });
    new GitRepository(cluster, 'entry', { url: 'https://example.com/x', interval: '5m' });
    const remote = new FluxApp(cluster, 'remote', { kubeConfig: { secretRef: { name: 'k' } } });
    new GitRepository(remote, 'there', { url: 'https://example.com/y', interval: '5m' });
    const nested = new FluxApp(remote, 'nested', {});
    const map = new ApiObject(nested, 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(shardsOf(cluster)).toEqual({
      'GitRepository/entry': undefined,
      'Kustomization/remote': 's1',
      'GitRepository/there': undefined,
      'Kustomization/remote-nested': undefined,
    });
    expect(map.metadata.getLabel(KEY)).toBeUndefined();
  });

  it('labels objects from YAML, and does not change the author’s data', () => {
    const cluster = clusterWith({ shards: ['s1'] });
    const web = new FluxApp(cluster, 'web', { namespace: 'web' });
    const props = {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: { name: 'raw', labels: { a: 'b' } },
      spec: { url: 'oci://ghcr.io/a/b', interval: '5m' },
    };
    new ApiObject(web, 'raw', props);
    expect(shardsOf(cluster)['OCIRepository/raw']).toBe('s1');
    expect(props.metadata.labels).toEqual({ a: 'b' });
  });

  it('fails on an unknown shard, once for each place', () => {
    const cluster = clusterWith({ shards: ['shard1', 'shard2'] });
    const web = new FluxApp(cluster, 'web', { namespace: 'web', shard: 'shard3' });
    new HelmChartRelease(web, 'a', CHART);
    new HelmChartRelease(web, 'b', { ...CHART, shard: 'other' });
    const found = planApp(cluster.node.root).findings;
    expect(
      found.map(({ code, message, hint, locations }) => [code, message, hint, locations[0]?.constructPath]),
    ).toEqual([
      [
        'shard-unknown',
        'the cluster has no shard "shard3"; its shards: "shard1", "shard2"',
        'use one of them, or add it to sharding.shards of the Cluster',
        'home/web',
      ],
      [
        'shard-unknown',
        'the cluster has no shard "other"; its shards: "shard1", "shard2"',
        'use one of them, or add it to sharding.shards of the Cluster',
        'home/web/b',
      ],
    ]);
    const by = clusterWith({ shards: ['s1'], by: () => 's2' });
    new ApiObject(new FluxApp(by, 'web'), 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(codesOf(by)).toEqual(['shard-unknown']);
  });

  it('fails on invalid names of shards', () => {
    const cluster = clusterWith({ shards: ['ok', 'Not Ok', 'ok', 7 as never, 'a'.repeat(31)] });
    new HelmChartRelease(new FluxApp(cluster, 'web', { namespace: 'web' }), 'a', CHART);
    const found = planApp(cluster.node.root).findings;
    expect(found.map(({ code, field }) => [code, field])).toEqual(
      [1, 2, 3, 4].map((index) => ['argument-invalid', `sharding.shards[${index}]`]),
    );
    expect(cluster.sharding?.shards).toEqual(['ok']);
  });

  it('fails once on an invalid key of the label, and keeps the usual one', () => {
    const cluster = clusterWith({ shards: ['s1'], key: 'not a key' });
    new HelmChartRelease(new FluxApp(cluster, 'web', { namespace: 'web' }), 'a', CHART);
    const found = planApp(cluster.node.root).findings;
    expect(found.map(({ code, field }) => [code, field])).toEqual([['argument-invalid', 'sharding.key']]);
    expect(cluster.sharding?.key).toBeUndefined();
    expect(clusterWith({ shards: ['s1'], key: 'example.com/shard' }).sharding?.key).toBe('example.com/shard');
  });

  it('fails on an empty name of a shard', () => {
    const cluster = clusterWith({ shards: ['s1'] });
    new HelmChartRelease(new FluxApp(cluster, 'web', { namespace: 'web', shard: '' }), 'a', CHART);
    expect(codesOf(cluster)).toEqual(['shard-unknown']);
  });

  it('changes nothing without sharding, whatever its FluxApps set', () => {
    const cluster = new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', { path: './clusters/home' });
    new HelmChartRelease(new FluxApp(cluster, 'web', { namespace: 'web', shard: 's1' }), 'a', CHART);
    expect(new Set(Object.values(shardsOf(cluster)))).toEqual(new Set([undefined]));
    expect(codesOf(cluster)).toEqual([]);
  });

  it('lets the Flux Operator install the controllers, without other files', () => {
    const instanceOf = (sharding: ClusterSharding, props = {}): unknown => {
      const cluster = clusterWith(sharding);
      new FluxInstance(cluster, 'flux', props);
      expect(cluster.bootstrapFiles()).toEqual({});
      const object = objectsOf(planApp(cluster.node.root)).find(({ kind }) => kind === 'FluxInstance');
      return mapOf(object?.spec)['sharding'];
    };
    expect(instanceOf({ shards: ['s1', 's2'], by: 'layer' })).toEqual({ shards: ['s1', 's2'] });
    expect(instanceOf({ shards: ['s1'], key: 'example.com/shard' })).toEqual({
      key: 'example.com/shard',
      shards: ['s1'],
    });
    expect(instanceOf({ shards: [] })).toBeUndefined();
    expect(instanceOf({ shards: ['s1'] }, { sharding: { shards: ['s2'] } })).toEqual({ shards: ['s2'] });
  });

  it('gets its shards from the defaults of a fleet, and has the same app in the same shard everywhere', () => {
    const app = new GitOpsApp({ outdir: 'unused' });
    const fleet = new Fleet(app, 'fleet', {
      defaults: { sharding: { shards: ['s1', 's2'] } },
      clusters: {
        eu: { environment: 'prod', region: 'eu' },
        us: { environment: 'prod', region: 'us' },
        ap: { environment: 'prod', region: 'ap', sharding: { shards: ['s3'] } },
      },
    });
    fleet.deploy('web', {}, (cluster) => {
      new ApiObject(cluster.app, 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
    });
    const shards = objectsOf(planApp(app))
      .filter(({ kind, apiVersion }) => kind === 'Kustomization' && apiVersion.includes('toolkit'))
      .map(({ metadata }) => mapOf(metadata?.labels)[KEY]);
    const own = placeFor('web', ['s1', 's2']);
    expect(shards.sort()).toEqual([own, own, 's3'].sort());
  });
});
