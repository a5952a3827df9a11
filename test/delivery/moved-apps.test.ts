import { ApiObject } from 'cdk8s';
import {
  Cluster,
  FluxApp,
  type FluxAppProps,
  GitOpsApp,
  HelmRelease,
  HelmRepository,
  ImageAutomation,
  ImageRepository,
  SecretValue,
  SopsSecret,
  Variable,
  type ClusterProps,
} from '../../lib';
import { mapOf, valueAt } from '../../lib/plain/plain-data';
import { planApp } from '../../lib/plan/plan';
import { homeCluster } from './home-cluster';

const KEY = 'sharding.fluxcd.io/key';

const clusterWith = (props: Partial<ClusterProps>) =>
  new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', { path: './flux', ...props });

const codes = ({ node }: Cluster): string[] => planApp(node.root).findings.map(({ code }) => code);

/** A FluxApp that gives what it contains another namespace and name. */
const MOVED: FluxAppProps = { namespace: 'a', targetNamespace: 'flux-system', namePrefix: 'p-' };

describe('a FluxApp that moves and renames objects', () => {
  it('gives a release the shard of the source as it is in the cluster', () => {
    const cluster = clusterWith({ sharding: { shards: ['one', 'two'], by: ({ node }) => node.id } });
    const source = new FluxApp(cluster, 'one', MOVED);
    const repository = new HelmRepository(source, 'charts', { url: 'https://example.com', interval: '1h' });
    const release = new FluxApp(cluster, 'two', { namespace: 'b' });
    const chart = { chart: 'x', version: '1.0.0', sourceRef: repository };
    new HelmRelease(release, 'x', { interval: '1h', chart: { spec: chart } });
    const files = planApp(cluster.node.root).tree.files;
    const objects = files.flatMap(({ documents }) => documents.map(({ object }) => object));
    const found = objects.find(({ kind }) => kind === 'HelmRelease');
    expect(mapOf(found?.metadata?.['labels'])[KEY]).toBe('two');
    expect(valueAt(found, 'spec', 'chart', 'metadata', 'labels')).toEqual({ [KEY]: 'one' });
  });

  describe('with variables from a ConfigMap or Secret', () => {
    const variable = (name: string) => Variable.string(name).toString();

    function use(reference: (holder: FluxApp) => object, name: string, holder: FluxAppProps = MOVED) {
      const cluster = homeCluster();
      const app = new FluxApp(cluster, 'holder', holder);
      const substituteFrom = [reference(app) as ApiObject];
      const user = new FluxApp(cluster, 'user', { postBuild: { substituteFrom } });
      new ApiObject(user, 'settings', {
        ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default' } },
        data: { tier: variable(name) },
      });
      return codes(cluster);
    }

    it.each<[string, (app: FluxApp) => object]>([
      [
        'ConfigMap',
        (app) => new ApiObject(app, 'vars', { apiVersion: 'v1', kind: 'ConfigMap', data: { tier: 'gold' } }),
      ],
      ['Secret', (app) => new SopsSecret(app, 'vars', { values: { tier: SecretValue.env('TIER') } })],
    ])('knows the entries of a %s', (_, make) => {
      expect(use(make, 'tier')).toEqual([]);
      expect(use(make, 'teir')).toEqual(['variable-undefined']);
    });

    it('does not know those of one in another cluster', () => {
      const named = (app: FluxApp) => {
        new ApiObject(app, 'vars', { apiVersion: 'v1', kind: 'ConfigMap', data: { other: 'x' } });
        return { kind: 'ConfigMap', name: 'p-vars' };
      };
      expect(use(named, 'tier')).toEqual(['variable-undefined']);
      const kubeConfig = { secretRef: { name: 'eu' } };
      expect(use(named, 'tier', { ...MOVED, kubeConfig })).toEqual([]);
    });
  });

  it.each([
    ['flux-system', ['write-key-missing']],
    ['b', []],
  ])('tells in %s whether an automation pushes to the repository of the cluster', (namespace, expected) => {
    const componentsExtra = ['image-reflector-controller', 'image-automation-controller'] as const;
    const cluster = clusterWith({ bootstrap: { componentsExtra, readWriteKey: false } });
    const app = new FluxApp(cluster, 'images', { namespace: 'a', targetNamespace: namespace });
    new ImageAutomation(app, 'images', {
      author: { name: 'flux', email: 'flux@example.com' },
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    });
    expect(codes(cluster)).toEqual(expected);
  });
});

describe('a FluxApp that goes on to another cluster', () => {
  it('needs no controller in this one', () => {
    const missing = (props?: FluxAppProps) => {
      const cluster = clusterWith({ bootstrap: {} });
      const outer = new FluxApp(cluster, 'outer', props);
      const app = new FluxApp(outer, 'app', { namespace: 'a' });
      new ImageRepository(app, 'web', { image: 'ghcr.io/org/web', interval: '1h' });
      return codes(cluster);
    };
    expect(missing()).toEqual(['component-missing']);
    expect(missing({ kubeConfig: { secretRef: { name: 'eu' } } })).toEqual([]);
  });
});

describe('a Kustomization that a FluxApp moves', () => {
  it('reads variables in the namespace that it is in', () => {
    const inNamespace = (namespace: string) => {
      const cluster = homeCluster();
      const outer = new FluxApp(cluster, 'outer', { targetNamespace: 'web', createNamespace: true });
      const vars = new FluxApp(cluster, 'vars', { namespace });
      new ApiObject(vars, 'vars', { apiVersion: 'v1', kind: 'ConfigMap', data: { other: 'x' } });
      const substituteFrom = [{ kind: 'ConfigMap', name: 'vars' } as const];
      const inner = new FluxApp(outer, 'inner', { postBuild: { substituteFrom } });
      new ApiObject(inner, 'use', {
        ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default' } },
        data: { tier: Variable.string('tier').toString() },
      });
      return codes(cluster);
    };
    expect(inNamespace('web')).toEqual(['variable-undefined']);
    expect(inNamespace('flux-system')).toEqual([]);
  });
});
