import {
  Alerts,
  ArtifactGenerator,
  Cluster,
  FluxApp,
  type FluxAppProps,
  type GitOpsApp,
  GitRepository,
  HelmRelease,
  HelmRepository,
  OperatorStack,
  Tenant,
} from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { synthFiles } from '../../lib/testing';
import { configMap, homeCluster } from '../delivery/home-cluster';

/** A FluxApp with a ConfigMap that has its name. */
function someApp(scope: Cluster | FluxApp, id: string, props?: FluxAppProps): FluxApp {
  const app = new FluxApp(scope, id, props);
  configMap(app, id);
  return app;
}

const release = (scope: FluxApp, id: string, sourceRef = charts(scope, id), dependsOn: HelmRelease[] = []) =>
  new HelmRelease(scope, id, {
    interval: '1h',
    chart: { spec: { chart: 'podinfo', version: '6.9.2', sourceRef } },
    dependsOn,
  });

const charts = (scope: FluxApp, id = 'charts') =>
  new HelmRepository(scope, `${id}-repository`, {
    name: 'charts',
    namespace: id,
    url: 'https://example.com/charts',
    interval: '1h',
  });

const problems = ({ node }: Cluster): string[] =>
  planApp(node.root).findings.map(({ code, message, hint }) => `${code}: ${message} (${hint})`);

const kubeConfig = { secretRef: { name: 'eu' } };

/** A FluxApp, one that goes on to another cluster, and one inside that. */
function apps() {
  const cluster = homeCluster();
  const local = someApp(cluster, 'local', { namespace: 'flux-system' });
  const remote = someApp(cluster, 'remote', { kubeConfig, namespace: 'flux-system' });
  const inner = someApp(remote, 'inner', { namespace: 'flux-system' });
  return { cluster, local, remote, inner };
}

describe('what a FluxApp with kubeConfig contains', () => {
  it('fails if a release in the cluster waits for one there, or the other way round', () => {
    const { cluster, local, inner } = apps();
    const near = release(local, 'near');
    const far = release(inner, 'far', undefined, [near]);
    release(local, 'waiting', undefined, [far]);
    expect(problems(cluster)).toEqual([
      'dependency-across-clusters: home/local/waiting depends on home/remote/inner/far: kubeConfig of home/remote takes one of them to another cluster, and each cluster reconciles independently (depend on something in the same cluster, such as home/remote itself)',
      'dependency-across-clusters: home/remote/inner/far depends on home/local/near: kubeConfig of home/remote takes one of them to another cluster, and each cluster reconciles independently (depend on something in the same cluster)',
    ]);
  });

  it('may be waited for by FluxApp, and within the same cluster', () => {
    const { cluster, local, remote, inner } = apps();
    local.node.addDependency(remote);
    const same = someApp(cluster, 'same', { kubeConfig, namespace: 'flux-system' });
    const first = release(inner, 'first');
    release(same, 'second', undefined, [first]);
    const other = someApp(cluster, 'other', { kubeConfig: { secretRef: { name: 'us' } } });
    expect(problems(cluster)).toEqual([]);
    release(other, 'third', undefined, [first]);
    expect(problems(cluster)).toEqual([expect.stringContaining('dependency-across-clusters')]);
  });

  it('fails if an object of the cluster refers to it', () => {
    const { cluster, local, inner } = apps();
    release(local, 'podinfo', charts(inner));
    expect(problems(cluster)).toEqual([
      'reference-across-clusters: HelmRepository "charts" goes to the cluster of kubeConfig of home/remote, so the reference finds nothing (refer to an object in the same cluster; if something else creates it there, refer to it by its name)',
    ]);
  });

  it('gets its namespaces there', () => {
    const { cluster, inner } = apps();
    someApp(inner, 'web', { namespace: 'web', createNamespace: true });
    new Tenant(inner, 'team', {
      source: { git: { url: 'https://example.com/team', ref: { branch: 'main' }, interval: '1m' } },
    });
    const namespaces = Object.entries(synthFiles(cluster)).filter(([, text]) =>
      text.includes('kind: Namespace\n'),
    );
    expect(namespaces.map(([path]) => path)).toEqual([
      'cluster-resources/remote/inner/namespace.yaml',
      'cluster-resources/remote/inner/web/namespace.yaml',
    ]);
  });

  it('stays in no cluster if Flux does not apply it', () => {
    const { cluster, local } = apps();
    const draft = someApp(cluster, 'draft', { kubeConfig, reconcile: false, namespace: 'flux-system' });
    release(local, 'podinfo', charts(draft));
    expect(problems(cluster)).toEqual([]);
  });

  it('may have the same objects as the cluster, and only once', () => {
    const { cluster, local, inner } = apps();
    configMap(local, 'same');
    configMap(inner, 'same');
    expect(problems(cluster)).toEqual([]);
    configMap(someApp(cluster, 'another', { kubeConfig, namespace: 'other' }), 'same');
    expect(problems(cluster)).toEqual([expect.stringContaining('object-duplicate')]);
  });
});

describe('a reference to a construct of another cluster', () => {
  function clusters() {
    const one = homeCluster();
    const two = new Cluster(one.node.root as GitOpsApp, 'two', { path: './two/flux' });
    return { two, a: new FluxApp(one, 'a'), b: new FluxApp(two, 'b') };
  }

  it('fails', () => {
    const { two, a, b } = clusters();
    release(b, 'podinfo', charts(a));
    expect(problems(two)).toEqual([
      expect.stringMatching(/^reference-across-clusters: HelmRepository "charts" is in another cluster/),
    ]);
  });

  it('fails as a source of artifacts', () => {
    const { two, a, b } = clusters();
    const source = new GitRepository(a, 'git', { url: 'https://example.com/a', interval: '1h' });
    const artifacts = [{ name: 'part', copy: [{ from: '@a/**', to: '@artifact/' }] }];
    new ArtifactGenerator(b, 'parts', { sources: [{ alias: 'a', source }], artifacts });
    const found = planApp(two.node.root).findings.filter(({ severity }) => severity === 'error');
    expect(found).toMatchObject([{ code: 'reference-across-clusters', field: 'spec.sources[0]' }]);
  });

  it('is a name in values of a chart', () => {
    const { two, a, b } = clusters();
    new HelmRelease(b, 'podinfo', {
      interval: '1h',
      chart: { spec: { chart: 'podinfo', version: '6.9.2', sourceRef: charts(b) } },
      values: { charts: [charts(a)] },
    });
    expect(problems(two)).toEqual([]);
  });

  it('stands for the object of the same name, if there is one', () => {
    const { two, a, b } = clusters();
    release(b, 'podinfo', charts(a));
    charts(someApp(two, 'other', { kubeConfig }));
    expect(problems(two)).toHaveLength(1);
    charts(someApp(two, 'c'));
    expect(problems(two)).toEqual([]);
  });
});

describe('a reference to the resources of an OperatorStack', () => {
  const stackWithAlerts = () => {
    const cluster = homeCluster();
    const stack = new OperatorStack(cluster, 'cnpg', {
      release: {
        chart: 'cloudnative-pg',
        repository: 'https://cloudnative-pg.github.io/charts',
        version: '0.26.0',
      },
    });
    new Alerts(someApp(cluster, 'alerts', { namespace: 'flux-system' }), 'slack', {
      provider: { type: 'slack', channel: 'fleet', address: 'https://slack.example.com' },
      eventSources: [stack.resources],
    });
    return { stack, text: () => synthFiles(cluster)['cluster-resources/alerts/slack.yaml'] };
  };

  it('stands for the operator while there are none', () => {
    const { stack, text } = stackWithAlerts();
    expect(text()).toContain('  - kind: Kustomization\n      name: cnpg-operator\n');
    configMap(stack.resources, 'settings');
    expect(text()).toContain('  - kind: Kustomization\n      name: cnpg-crs\n');
  });
});
