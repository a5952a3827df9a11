import { ApiObject, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster, FluxApp, GitRepository, Kustomization, RemoteKustomization } from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { synthFiles } from '../../lib/testing';
import { configMap, homeCluster, someApp } from '../delivery/home-cluster';

/** The spec of an app's Kustomization, as data. */
function specOf(app: FluxApp): { dependsOn?: unknown; wait?: boolean } {
  const objects = planApp(app.node.root).tree.files.flatMap((file) => file.documents);
  return objects.find(({ constructPath, object }) => constructPath === app.node.path && 'spec' in object)
    ?.object['spec'] as object;
}

function errorsOf(scope: Construct): string[] {
  const { findings } = planApp(scope.node.root);
  return findings.map(
    ({ code, locations }) => `${code} ${locations.map((place) => place.constructPath).join(' ')}`,
  );
}

describe('node.addDependency and dependsOn', () => {
  it.each([
    ['node.addDependency', (a: FluxApp, b: FluxApp) => a.node.addDependency(b)],
    ['addDependency', (a: FluxApp, b: FluxApp) => a.addDependency(b)],
    ['waitFor', (a: FluxApp, b: FluxApp) => a.kustomization?.waitFor(b)],
  ])('%s between FluxApps is dependsOn, and the target waits', (_name, depend) => {
    const cluster = homeCluster();
    const [a, b] = [someApp(cluster, 'a', { targetNamespace: 'a' }), someApp(cluster, 'b')];
    depend(a, b);
    expect(specOf(a).dependsOn).toEqual([{ name: 'b' }]);
    expect(specOf(b).wait).toBe(true);
    expect(specOf(a).wait).toBeUndefined();
  });

  it('accept references to objects elsewhere, and other namespaces', () => {
    const cluster = homeCluster();
    const b = someApp(cluster, 'b', { kustomization: { namespace: 'security' } });
    const a = someApp(cluster, 'a', {
      targetNamespace: 'a',
      dependsOn: [Kustomization.fromName('vault', 'security-system'), { name: 'crds', readyExpr: 'true' }, b],
    });
    expect(specOf(a).dependsOn).toEqual([
      { name: 'vault', namespace: 'security-system' },
      { name: 'crds', readyExpr: 'true' },
      { name: 'b', namespace: 'security' },
    ]);
  });

  it('leave the target to its health checks if it has some', () => {
    const cluster = homeCluster();
    const healthChecks = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default' }];
    const b = someApp(cluster, 'b', { healthChecks });
    someApp(cluster, 'a', { targetNamespace: 'a', dependsOn: [b] });
    expect(specOf(b).wait).toBeUndefined();
  });

  // The rule dependency-not-ready judges whether what the target applies needs time.
  it('leave the target as it is if the author sets that it does not wait', () => {
    const cluster = homeCluster();
    const b = someApp(cluster, 'b', { wait: false });
    someApp(cluster, 'a', { targetNamespace: 'a', dependsOn: [b] });
    expect(errorsOf(cluster)).toEqual([]);
    expect(specOf(b).wait).toBe(false);
  });

  it('between a FluxApp and a plain Kustomization are dependsOn', () => {
    const cluster = homeCluster();
    const source = GitRepository.fromName('platform');
    const plain = new Kustomization(cluster, 'crds', {
      interval: '10m',
      prune: false,
      sourceRef: source,
      path: './crds',
    });
    const a = someApp(cluster, 'a', { dependsOn: [plain] });
    expect(specOf(a).dependsOn).toEqual([{ name: 'crds' }]);
    expect(synthFiles(cluster)['cluster-resources/flux/crds.yaml']).toContain('  wait: true\n');
  });

  it('on a construct mean every FluxApp in it', () => {
    const cluster = homeCluster();
    const group = new Construct(cluster, 'group');
    const members = ['x', 'y'].map((id) => {
      const app = new FluxApp(group, id, { targetNamespace: id });
      configMap(app, 'settings');
      return app;
    });
    const a = someApp(cluster, 'a');
    a.node.addDependency(group);
    expect(specOf(a).dependsOn).toEqual([{ name: 'x' }, { name: 'y' }]);
    expect(members.map((app) => specOf(app).wait)).toEqual([true, true]);
  });

  it('between objects of two FluxApps make the FluxApps wait', () => {
    const cluster = homeCluster();
    const [a, b] = [someApp(cluster, 'a', { targetNamespace: 'a' }), someApp(cluster, 'b')];
    a.node.findChild('settings').node.addDependency(b.node.findChild('settings'));
    expect(specOf(a).dependsOn).toEqual([{ name: 'b' }]);
    expect(specOf(b).wait).toBe(true);
  });

  it('between objects of one FluxApp order their files, and the documents in a file', () => {
    const cluster = homeCluster();
    const app = new FluxApp(cluster, 'web');
    const [a, z] = [configMap(app, 'a'), configMap(app, 'z')];
    a.addDependency(z);
    const pair = new Construct(app, 'pair');
    const [first, second] = ['first', 'second'].map(
      (id) => new ApiObject(pair, id, { apiVersion: 'v1', kind: 'ConfigMap' }),
    );
    first?.addDependency(second as ApiObject);
    const files = synthFiles(cluster);
    expect(files['cluster-resources/web/kustomization.yaml']).toMatch(
      /- z.yaml\n {2}- a.yaml\n {2}- pair.yaml/,
    );
    expect(files['cluster-resources/web/pair.yaml']).toMatch(/pair-second[\s\S]*pair-first/);
  });

  it('that cdk8s adds between a chart and the charts nested in it are dropped', () => {
    const cluster = homeCluster();
    const outer = someApp(cluster, 'outer');
    someApp(outer, 'inner', { targetNamespace: 'inner' });
    const before = synthFiles(cluster);
    Testing.synth(outer);
    expect(synthFiles(cluster)).toEqual(before);
  });

  it('of cdk8s-plus objects on each other need no order that Flux lacks', () => {
    const cluster = homeCluster();
    const app = new FluxApp(cluster, 'web', { namespace: 'web' });
    const deployment = new kplus.Deployment(app, 'web', { containers: [{ image: 'nginx', portNumber: 80 }] });
    deployment.exposeViaIngress('/');
    expect(errorsOf(cluster)).toEqual([]);
  });
});

describe('an order that Flux cannot keep', () => {
  const pair = (): [Cluster, FluxApp, FluxApp] => {
    const cluster = homeCluster();
    return [cluster, someApp(cluster, 'a', { targetNamespace: 'a' }), someApp(cluster, 'b')];
  };

  it('fails: a FluxApp on itself', () => {
    const [cluster, a] = pair();
    a.node.addDependency(a);
    expect(errorsOf(cluster)).toEqual(['dependency-on-itself home/a']);
  });

  it.each([2, 3, 50])('fails: a cycle of %d, and names only the loop', (size) => {
    const cluster = homeCluster();
    const apps = Array.from({ length: size }, (_, i) =>
      someApp(cluster, `n${i}`, { targetNamespace: `n${i}` }),
    );
    apps.forEach((app, i) => app.node.addDependency(apps[(i + 1) % size] as FluxApp));
    someApp(cluster, 'before', { targetNamespace: 'before', dependsOn: [apps[0] as FluxApp] });
    const [error, ...others] = planApp(cluster.node.root).findings;
    expect(others).toEqual([]);
    expect(error?.code).toBe('dependency-cycle');
    expect(error?.locations).toHaveLength(size);
    expect(error?.message).not.toContain('before');
  });

  it('fails: a child on its parent', () => {
    const cluster = homeCluster();
    const outer = new FluxApp(cluster, 'outer');
    const inner = someApp(outer, 'inner');
    inner.node.addDependency(outer);
    expect(errorsOf(cluster)).toEqual(['dependency-on-parent home/outer/inner home/outer']);
  });

  it('fails: an object on the FluxApp it is in', () => {
    const [cluster, a] = pair();
    a.node.findChild('settings').node.addDependency(a);
    expect(errorsOf(cluster)).toEqual(['dependency-on-parent home/a/settings home/a']);
  });

  it('fails: a parent on what it applies', () => {
    const cluster = homeCluster();
    const outer = new FluxApp(cluster, 'outer');
    outer.kustomization?.waitFor(someApp(new FluxApp(outer, 'middle'), 'inner'));
    expect(errorsOf(cluster)).toEqual(['dependency-on-child home/outer home/outer/middle/inner']);
  });

  it('fails: an object on one of the surrounding FluxApp, whose Kustomization may wait for it', () => {
    const cluster = homeCluster();
    const outer = someApp(cluster, 'outer');
    const inner = someApp(new FluxApp(outer, 'middle'), 'inner', { targetNamespace: 'inner' });
    inner.node.findChild('settings').node.addDependency(outer.node.findChild('settings'));
    expect(errorsOf(cluster)).toContain(
      'dependency-on-parent home/outer/middle/inner/settings home/outer/settings',
    );
    expect(specOf(inner).dependsOn).toBeUndefined();
  });

  it('fails: an object on one of a FluxApp that its own FluxApp applies', () => {
    const cluster = homeCluster();
    const outer = someApp(cluster, 'outer');
    const inner = someApp(new FluxApp(outer, 'middle'), 'inner', { targetNamespace: 'inner' });
    outer.node.findChild('settings').node.addDependency(inner.node.findChild('settings'));
    expect(errorsOf(cluster)).toContain(
      'dependency-on-child home/outer/settings home/outer/middle/inner/settings',
    );
    expect(specOf(outer).dependsOn).toBeUndefined();
  });

  it('turns an object of one FluxApp on one of another into an order of the two FluxApps', () => {
    const cluster = homeCluster();
    const [a, b] = [someApp(cluster, 'a', { targetNamespace: 'a' }), someApp(cluster, 'b')];
    a.node.findChild('settings').node.addDependency(b.node.findChild('settings'));
    expect(errorsOf(cluster)).toEqual([]);
    expect(specOf(a).dependsOn).toEqual([{ name: 'b' }]);
    expect(specOf(b).dependsOn).toBeUndefined();
  });

  it('fails: an object on itself, and an object of a FluxApp on one of the entry path', () => {
    const [cluster, a] = pair();
    const settings = a.node.findChild('settings');
    settings.node.addDependency(settings);
    expect(errorsOf(cluster)).toEqual(['dependency-on-itself home/a/settings']);
    const other = homeCluster();
    const app = someApp(other, 'a', { targetNamespace: 'a' });
    app.node.findChild('settings').node.addDependency(configMap(other, 'entry'));
    expect(errorsOf(other)).toEqual(['dependency-not-applied home/a/settings home/entry']);
  });

  it('fails: across clusters', () => {
    const [cluster, a] = pair();
    const other = new Cluster(cluster.node.root as Construct, 'work', {
      path: './cluster-resources/work/flux',
    });
    a.node.addDependency(someApp(other, 'c'));
    expect(errorsOf(cluster)).toEqual(['dependency-across-clusters home/a work/c']);
  });

  it('fails: on a FluxApp that Flux does not apply', () => {
    const [cluster, a] = pair();
    a.node.addDependency(someApp(cluster, 'draft', { reconcile: false }));
    expect(errorsOf(cluster)).toEqual(['dependency-not-applied home/a home/draft']);
  });

  it('fails: an object on a Kustomization beside it', () => {
    const cluster = homeCluster();
    const app = new FluxApp(cluster, 'app');
    const remote = new RemoteKustomization(app, 'crds', {
      source: GitRepository.fromName('platform'),
      path: './crds',
      interval: '10m',
    });
    configMap(app, 'settings').node.addDependency(remote.kustomization);
    expect(errorsOf(cluster)).toEqual([
      'dependency-cross-kind home/app/settings home/app/crds/Kustomization',
    ]);
  });

  it('fails in a plain cdk8s app as well', () => {
    const cluster = new Cluster(Testing.app(), 'home', { path: './cluster-resources/flux' });
    const a = someApp(cluster, 'a');
    a.node.addDependency(a);
    expect(() => Testing.synth(a)).toThrow(/dependency-on-itself/);
  });
});

describe('large orders', () => {
  it('a chain of 10,000 FluxApps is compiled', () => {
    const cluster = homeCluster();
    let last: FluxApp | undefined;
    for (let i = 0; i < 10_000; i++) {
      last = someApp(cluster, `n${i}`, { targetNamespace: `n${i}`, dependsOn: last ? [last] : [] });
    }
    expect(specOf(last as FluxApp).dependsOn).toEqual([{ name: 'n9998' }]);
    expect(Testing.synth(last as FluxApp)).toHaveLength(2);
  }, 60_000);

  it('20 fully linked tiers of 10 are compiled', () => {
    const cluster = homeCluster();
    let tier: FluxApp[] = [];
    for (let t = 0; t < 20; t++) {
      const below = tier;
      tier = Array.from({ length: 10 }, (_, i) =>
        someApp(cluster, `t${t}n${i}`, { targetNamespace: `t${t}n${i}` }),
      );
      for (const app of tier) app.node.addDependency(...below);
    }
    expect((specOf(tier[0] as FluxApp).dependsOn as unknown[]).length).toBe(10);
    expect(Testing.synth(tier[0] as FluxApp)).toHaveLength(2);
  }, 60_000);
});
