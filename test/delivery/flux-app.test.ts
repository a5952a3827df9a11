import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cluster, FluxApp, GitOpsApp, Kustomization, setFile } from '../../lib';
import { snapshotOf, synthFiles } from '../../lib/testing';
import { configMap, homeCluster, someApp } from './home-cluster';

describe('FluxApp', () => {
  it('is a directory and the Kustomization that applies it', () => {
    const app = someApp(homeCluster(), 'podinfo', { layer: 'services' });
    expect(snapshotOf(app)).toMatchInlineSnapshot(`
{
  "cluster-resources/flux/services/podinfo.yaml": "apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: podinfo
  namespace: flux-system
spec:
  interval: 60m
  retryInterval: 2m
  timeout: 3m
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  path: ./cluster-resources/services/podinfo
",
  "kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - settings.yaml
",
  "settings.yaml": "apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: default
data:
  from: podinfo
",
}
`);
  });

  it('can be nested: the child is in the parent’s directory, and the parent applies its Kustomization', () => {
    const cluster = homeCluster();
    const outer = new FluxApp(cluster, 'external-secrets', { layer: 'infrastructure' });
    someApp(outer, 'operator', { kustomization: { file: 'deployment-operator.yaml' } });
    const files = synthFiles(cluster);
    const folder = 'cluster-resources/infrastructure/external-secrets';
    expect(Object.keys(files)).toEqual([
      'cluster-resources/flux/infrastructure/external-secrets.yaml',
      `${folder}/deployment-operator.yaml`,
      `${folder}/kustomization.yaml`,
      `${folder}/operator/kustomization.yaml`,
      `${folder}/operator/settings.yaml`,
    ]);
    expect(files[`${folder}/kustomization.yaml`]).toContain('resources:\n  - deployment-operator.yaml\n');
    expect(files[`${folder}/deployment-operator.yaml`]).toContain('name: external-secrets-operator\n');
    expect(files[`${folder}/deployment-operator.yaml`]).toContain(`path: ./${folder}/operator\n`);
  });

  it('is only a directory with reconcile: false', () => {
    const app = someApp(homeCluster(), 'draft', { reconcile: false });
    expect(app.kustomization).toBeUndefined();
    expect(Object.keys(synthFiles(app))).toEqual([
      'cluster-resources/draft/kustomization.yaml',
      'cluster-resources/draft/settings.yaml',
    ]);
  });

  it('takes its paths and names only from Clusters and FluxApps', () => {
    const plain = synthFiles(someApp(homeCluster(), 'web'));
    const cluster = homeCluster();
    const wrapped = new FluxApp(new Construct(new Construct(cluster, 'team'), 'wrapper'), 'web');
    configMap(wrapped, 'settings');
    expect(synthFiles(cluster)).toEqual(plain);
  });

  it('writes a direct child to one file, or to the files that it names', () => {
    const app = new FluxApp(homeCluster(), 'web');
    const pair = new Construct(app, 'pair');
    for (const id of ['first', 'second']) {
      new ApiObject(pair, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default' } });
    }
    setFile(pair.node.findChild('second'), 'other.yaml');
    const files = snapshotOf(app);
    expect(files['pair.yaml']).toContain('name: pair-first\n');
    expect(files['other.yaml']).toContain('name: pair-second\n');
  });

  it('keeps what a patch adds, and checks it like everything else', () => {
    const app = someApp(homeCluster(), 'web');
    app.kustomization?.addJsonPatch(JsonPatch.add('/spec/deletionPolicy', 'Orphan'));
    app.kustomization?.addJsonPatch(JsonPatch.add('/metadata/finalizers', ['example.com/keep']));
    const printed = Object.values(snapshotOf(app))[0];
    expect(printed).toContain('  deletionPolicy: Orphan\n');
    expect(printed).toContain('  finalizers:\n    - example.com/keep\n');
    app.kustomization?.addJsonPatch(JsonPatch.add('/spec/deletionpolicy', 'Orphan'));
    expect(() => snapshotOf(app)).toThrow(
      /schema-unknown-field at home\/web[\s\S]*did you mean "deletionPolicy"/,
    );
  });

  it('renders the same under cdk8s’ own Testing.synth', () => {
    const app = someApp(homeCluster(), 'web');
    expect(Testing.synth(app).map((object) => `${object.kind}/${object.metadata.name}`)).toEqual([
      'Kustomization/web',
      'ConfigMap/settings',
    ]);
  });

  it('works in a plain cdk8s app', () => {
    const cluster = new Cluster(Testing.app(), 'home', { path: './cluster-resources/flux' });
    expect(Object.keys(synthFiles(someApp(cluster, 'web')))).toHaveLength(3);
  });

  it('fails without a Cluster, with the line to write', () => {
    expect(() => new FluxApp(Testing.app(), 'web')).toThrow(/cluster-missing at web[\s\S]*new Cluster\(app/);
  });

  it('fails if it is empty', () => {
    expect(() => synthFiles(new FluxApp(homeCluster(), 'web'))).toThrow(/flux-app-empty at home\/web/);
  });

  it('fails if two constructs have the same file, and names both', () => {
    const cluster = homeCluster();
    someApp(cluster, 'web');
    const wrapper = new Construct(cluster, 'wrapper');
    configMap(new FluxApp(wrapper, 'web', { kustomization: { name: 'other' } }), 'settings');
    expect(() => synthFiles(cluster)).toThrow(/file-collision at home\/web[^\n]* and home\/wrapper\/web/);
  });

  it('fails if two paths differ only in the case of letters', () => {
    const cluster = homeCluster();
    someApp(cluster, 'web');
    someApp(cluster, 'Web', { kustomization: { name: 'other' } });
    expect(() => synthFiles(cluster)).toThrow(/file-case-collision at home\/Web[^\n]* and home\/web/);
  });

  it('fails if two constructs create the same object for a cluster', () => {
    const cluster = homeCluster();
    someApp(cluster, 'a');
    someApp(cluster, 'b');
    expect(() => synthFiles(cluster)).toThrow(/object-duplicate at home\/a\/settings and home\/b\/settings/);
  });

  it('treats objects in different targetNamespaces as different', () => {
    const cluster = homeCluster();
    someApp(cluster, 'a', { targetNamespace: 'a' });
    someApp(cluster, 'b', { targetNamespace: 'b' });
    expect(Object.keys(synthFiles(cluster))).toHaveLength(6);
  });

  it('fails with all findings together', () => {
    const cluster = homeCluster();
    someApp(cluster, 'a', { interval: 'soon' as '1m' });
    new FluxApp(cluster, 'b');
    new ApiObject(cluster, 'odd', { apiVersion: 'v1', kind: 'ConfigMap', data: new Date(0) });
    setFile(configMap(cluster, 'stray'), '../outside.yaml');
    const error = catchError(() => synthFiles(cluster));
    for (const code of ['duration-invalid', 'flux-app-empty', 'object-invalid', 'file-name-invalid']) {
      expect(error.message).toContain(code);
    }
  });

  it.each([
    ['./clusters/home', 'apps/home'],
    ['./kubernetes/clusters/home', 'kubernetes/home'],
    ['./kubernetes/home', 'kubernetes/apps/home'],
    ['./home', 'apps/home'],
    ['./apps', 'flux-apps/home'],
    ['./clusters/production/eu-west-1', 'clusters/home'],
    ['./cluster-resources/flux', 'cluster-resources'],
    ['./flux', ''],
  ])('has a directory outside the entry path %s: %s', (path, directory) => {
    expect(new Cluster(new GitOpsApp(), 'home', { path }).directory).toBe(directory);
  });

  it('fails if its directory is set inside the entry path', () => {
    const cluster = new Cluster(new GitOpsApp(), 'home', {
      path: './clusters/home',
      directory: 'clusters/home/apps',
    });
    someApp(cluster, 'web');
    expect(() => synthFiles(cluster)).toThrow(
      /directory-in-entry-path at home[\s\S]*directory: "apps\/home"/,
    );
  });

  it('fails if the entry path is the whole repository', () => {
    const cluster = new Cluster(new GitOpsApp(), 'home', { path: './' });
    someApp(cluster, 'web');
    expect(() => synthFiles(cluster)).toThrow(
      /directory-in-entry-path at home[\s\S]*path: "\.\/clusters\/home"/,
    );
  });
});

describe('names', () => {
  const deployment = (scope: Construct): kplus.Deployment =>
    new kplus.Deployment(scope, 'web', {
      containers: [{ image: 'ghcr.io/stefanprodan/podinfo:6.9.2', portNumber: 9898 }],
    });

  it('of cdk8s-plus objects, their selectors and labels are relative to the FluxApp', () => {
    const app = new FluxApp(homeCluster(), 'shop', { namespace: 'shop' });
    deployment(app).exposeViaService();
    const text = Object.values(snapshotOf(app)).join('');
    expect(text).toContain('cdk8s.io/metadata.addr: shop-web\n');
    expect(text).toContain('name: web\n');
    expect(text).not.toMatch(/c8[0-9a-f]{6}/);
  });

  it('do not change if something around the FluxApp changes', () => {
    const build = (outer: string, id: string): Record<string, string> => {
      const cluster = new Cluster(new GitOpsApp(), id, { path: './cluster-resources/flux' });
      const app = new FluxApp(new Construct(cluster, outer), 'shop', { namespace: 'shop' });
      deployment(app).exposeViaService();
      return synthFiles(cluster);
    };
    expect(build('one', 'home')).toEqual(build('two', 'work'));
  });

  it('have no hashes in other libraries’ charts either', () => {
    const app = new FluxApp(homeCluster(), 'shop');
    const chart = new Chart(app, 'theirs', { namespace: 'shop' });
    const map = new kplus.ConfigMap(chart, 'config', { data: { a: 'b' } });
    new kplus.Deployment(chart, 'web', {
      containers: [{ image: 'nginx', envFrom: [kplus.Env.fromConfigMap(map)] }],
    });
    const text = snapshotOf(app)['theirs.yaml'] as string;
    expect(text).toContain('name: theirs-config\n');
    expect(text).toMatch(/configMapRef:\n +name: theirs-config\n/);
    expect(text).not.toMatch(/c8[0-9a-f]{6}/);
  });

  it('distinguish two constructs whose ids join to the same text', () => {
    const app = new FluxApp(homeCluster(), 'shop', { namespace: 'shop' });
    new kplus.Deployment(new Construct(app, 'a'), 'b-c', {
      metadata: { name: 'one' },
      containers: [{ image: 'nginx' }],
    });
    new kplus.Deployment(new Construct(app, 'a-b'), 'c', {
      metadata: { name: 'two' },
      containers: [{ image: 'nginx' }],
    });
    const addresses = Object.values(snapshotOf(app))
      .join('')
      .match(/matchLabels:\n +cdk8s.io\/metadata.addr: .*/g)
      ?.map((text) => text.split(': ').at(-1));
    expect(new Set(addresses).size).toBe(2);
  });

  it('are cut if they are too long, and distinguished by a hash of the relative path', () => {
    const app = new FluxApp(homeCluster(), 'shop', { namespace: 'shop' });
    const id = 'x'.repeat(70);
    for (const end of ['1', '2']) new ApiObject(app, id + end, { apiVersion: 'v1', kind: 'ConfigMap' });
    const names = app.node.children
      .filter((child) => !Kustomization.isFluxObject(child))
      .map((child) => (child as ApiObject).name);
    expect(names.map((name) => name.length)).toEqual([63, 63]);
    expect(new Set(names).size).toBe(2);
  });
});

function catchError(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}
