import { ApiObject } from 'cdk8s';
import {
  Cluster,
  Fleet,
  FluxApp,
  GitOpsApp,
  GitRepository,
  ManifestDirectory,
  OCIRepository,
  OperatorStack,
  type ArtifactSplit,
  type ClusterProps,
} from '../../lib';
import { buildGraph } from '../../lib/graph/build-graph';
import { mapOf, valueAt } from '../../lib/plain/plain-data';
import { planApp, type Plan } from '../../lib/plan/plan';
import type { ManifestObject } from '../../lib/tree/manifest';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';

const WATCHER = { bootstrap: { componentsExtra: ['source-watcher'] } } as const;

function clusterWith(props: Partial<ClusterProps>): Cluster {
  return new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
    path: './clusters/home',
    ...WATCHER,
    ...props,
  });
}

function addMap(app: FluxApp | ManifestDirectory, name: string): void {
  new ApiObject(app, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } });
}

function objectOf({ tree }: Plan, path: string): ManifestObject | undefined {
  return tree.get(path)?.documents[0]?.object as ManifestObject | undefined;
}

/** The copied paths, by artifact. */
function artifactsOf(
  plan: Plan,
  path = 'clusters/home/artifacts.yaml',
): Record<string, string[]> | undefined {
  const object = objectOf(plan, path);
  const artifacts = mapOf(object?.spec)['artifacts'] as {
    name: string;
    copy: { from: string; to: string }[];
  }[];
  return (
    object && Object.fromEntries(artifacts.map(({ name, copy }) => [name, copy.map(({ from }) => from)]))
  );
}

const sourceOf = (plan: Plan, path: string): unknown => mapOf(objectOf(plan, path)?.spec)['sourceRef'];

/** What each Kustomization applies, by its name. */
function appliedFrom({ tree }: Plan): Record<string, unknown> {
  const [cluster] = buildGraph(tree, { entries: ['clusters/home'] }).clusters;
  const kustomizations =
    cluster?.nodes.filter(({ id, type }) => type === 'kustomization' && id !== cluster.root) ?? [];
  return Object.fromEntries(
    kustomizations.map(({ identity, build }) => [
      identity.name,
      build?.inventory.map(({ object }) => object),
    ]),
  );
}

/**
 * A cluster with everything that affects artifacts: a base, a nested app, an app with its own source, and one that
 * waits.
 */
function variedCluster(artifacts?: ArtifactSplit): Cluster {
  const cluster = clusterWith({ artifacts });
  const base = new ManifestDirectory(cluster.node.root as GitOpsApp, 'base', { path: './base/common' });
  addMap(base, 'common');
  const infra = new FluxApp(cluster, 'infra', { layer: 'platform' });
  addMap(infra, 'infra');
  const web = new FluxApp(cluster, 'web', {
    layer: 'apps',
    dependsOn: [infra],
    kustomize: { resources: [base] },
  });
  addMap(web, 'web');
  addMap(new FluxApp(web, 'inner'), 'inner');
  const own = new FluxApp(cluster, 'own', { sourceRef: { kind: 'GitRepository', name: 'flux-system' } });
  addMap(own, 'own');
  return cluster;
}

describe('a cluster with artifacts', () => {
  const plan = planApp(variedCluster('app').node.root);
  const before = planApp(variedCluster().node.root);

  it('has one for each FluxApp, with what its build reads', () => {
    expect(plan.findings).toEqual([]);
    expect(artifactsOf(plan)).toEqual({
      infra: ['@repo/apps/home/platform/infra/**'],
      web: [
        '@repo/apps/home/apps/web/inner.yaml',
        '@repo/apps/home/apps/web/kustomization.yaml',
        '@repo/apps/home/apps/web/web.yaml',
        '@repo/base/common/**',
      ],
      'web-inner': ['@repo/apps/home/apps/web/inner/**'],
    });
    expect(objectOf(plan, 'clusters/home/artifacts.yaml')).toMatchObject({
      apiVersion: 'source.extensions.fluxcd.io/v1beta1',
      kind: 'ArtifactGenerator',
      metadata: { name: 'flux-system', namespace: 'flux-system' },
      spec: { sources: [{ alias: 'repo', kind: 'GitRepository', name: 'flux-system' }] },
    });
    expect(valueAt(objectOf(plan, 'clusters/home/artifacts.yaml')?.spec, 'artifacts', 0)).toEqual({
      name: 'infra',
      originRevision: '@repo',
      copy: [{ from: '@repo/apps/home/platform/infra/**', to: '@artifact/apps/home/platform/infra/' }],
    });
  });

  it('changes only the sources of its Kustomizations', () => {
    const changed = plan.tree.files.filter(({ path, bytes }) => !before.tree.get(path)?.bytes.equals(bytes));
    expect(changed.map(({ path }) => path)).toEqual([
      'apps/home/apps/web/inner.yaml',
      'clusters/home/apps/web.yaml',
      'clusters/home/artifacts.yaml',
      'clusters/home/platform/infra.yaml',
    ]);
    expect(plan.tree.size).toBe(before.tree.size + 1);
    for (const { path } of changed.filter(({ path: one }) => !one.endsWith('artifacts.yaml'))) {
      const [was, is] = [before, plan].map((one) => mapOf(objectOf(one, path)?.spec));
      const { sourceRef, ...others } = is ?? {};
      expect(sourceRef).toMatchObject({ kind: 'ExternalArtifact' });
      expect({ ...others, sourceRef: { kind: 'GitRepository', name: 'flux-system' } }).toEqual(was);
    }
    expect(sourceOf(plan, 'clusters/home/own.yaml')).toEqual({ kind: 'GitRepository', name: 'flux-system' });
  });

  it('applies the same objects', () => {
    const [was, is] = [appliedFrom(before), appliedFrom(plan)];
    expect(Object.keys(is).sort()).toEqual(['infra', 'own', 'web', 'web-inner']);
    const withoutSource = (objects: unknown) =>
      JSON.stringify(objects).replaceAll(/"sourceRef":\{[^}]*\}/g, '');
    expect(withoutSource(is)).toBe(withoutSource(was));
  });

  it('has one for each layer, in which Flux still waits for the same revision', () => {
    const layers = planApp(variedCluster('layer').node.root);
    expect(artifactsOf(layers)).toEqual({
      platform: ['@repo/apps/home/platform/infra/**'],
      apps: ['@repo/apps/home/apps/web/**', '@repo/base/common/**'],
    });
    expect(sourceOf(layers, 'apps/home/apps/web/inner.yaml')).toEqual({
      kind: 'ExternalArtifact',
      name: 'apps',
    });
    expect(layers.findings).toEqual([]);
  });

  it('has those that a function names', () => {
    const some = planApp(variedCluster(({ node }) => (node.id === 'infra' ? 'first' : undefined)).node.root);
    expect(artifactsOf(some)).toEqual({ first: ['@repo/apps/home/platform/infra/**'] });
    expect(sourceOf(some, 'clusters/home/apps/web.yaml')).toEqual({
      kind: 'GitRepository',
      name: 'flux-system',
    });
    const none = planApp(variedCluster(() => undefined).node.root);
    expect(artifactsOf(none)).toBeUndefined();
  });

  it.each([['Not A Name'], [''], [7]])('fails on %j for the name of an artifact', (name) => {
    const cluster = clusterWith({ artifacts: () => name as string });
    addMap(new FluxApp(cluster, 'web'), 'web');
    const { findings, tree } = planApp(cluster.node.root);
    expect(findings.map(({ code, field }) => [code, field])).toEqual([['argument-invalid', 'artifacts']]);
    expect(tree.has('clusters/home/artifacts.yaml')).toBe(false);
  });

  it('has the name of a Kustomization with a "."', () => {
    const cluster = clusterWith({ artifacts: 'app' });
    addMap(new FluxApp(cluster, 'web', { kustomization: { name: 'web.example' } }), 'web');
    const plan = planApp(cluster.node.root);
    expect(plan.findings).toEqual([]);
    expect(Object.keys(artifactsOf(plan) ?? {})).toEqual(['web.example']);
  });

  it('fails once on a Kustomization whose name is not valid', () => {
    const cluster = clusterWith({ artifacts: 'app' });
    addMap(new FluxApp(cluster, 'web', { kustomization: { name: 'Web_1' } }), 'web');
    expect(planApp(cluster.node.root).findings.map(({ field }) => field)).toEqual(['metadata.name']);
  });

  it('fails on a value that is neither layer nor app', () => {
    const cluster = clusterWith({ artifacts: 'folder' as never });
    expect(planApp(cluster.node.root).findings.map(({ code, field }) => [code, field])).toEqual([
      ['argument-invalid', 'artifacts'],
    ]);
  });

  it('requires the source-watcher', () => {
    const cluster = clusterWith({ artifacts: 'app', bootstrap: undefined });
    addMap(new FluxApp(cluster, 'web'), 'web');
    expect(planApp(cluster.node.root).findings.map(({ code }) => code)).toEqual(['component-missing']);
    expect(cluster.bootstrapCommand()).toContain('--components-extra=source-watcher');
  });

  it('leaves out empty apps, because there is nothing to copy', () => {
    const cluster = clusterWith({ artifacts: 'app' });
    const stack = new OperatorStack(cluster, 'certs', {
      namespace: 'certs',
      release: { chart: 'cert-manager', repository: 'https://charts.jetstack.io', version: 'v1.18.2' },
    });
    expect(stack.resources.kustomization?.name).toBe('certs-crs');
    expect(Object.keys(artifactsOf(planApp(cluster.node.root)) ?? {})).toEqual(['certs', 'certs-operator']);
  });

  it('excludes apps with another source or namespace', () => {
    const sourceRef = OCIRepository.fromName('fleet', 'sources');
    const cluster = clusterWith({ artifacts: 'app', namespace: 'flux-apps', sourceRef });
    addMap(new FluxApp(cluster, 'web', { kustomization: { namespace: 'team' } }), 'web');
    const plan = planApp(cluster.node.root);
    expect(objectOf(plan, 'clusters/home/artifacts.yaml')).toMatchObject({
      metadata: { name: 'fleet', namespace: 'flux-apps' },
      spec: { sources: [{ alias: 'repo', kind: 'OCIRepository', name: 'fleet', namespace: 'sources' }] },
    });
    expect(sourceOf(plan, 'clusters/home/web.yaml')).toEqual({
      kind: 'ExternalArtifact',
      name: 'web',
      namespace: 'flux-apps',
    });
  });

  it('follows hand-written bases, as far as they exist', () => {
    const cluster = clusterWith({ artifacts: 'app' });
    const kustomize = { resources: ['../../../hand/base'], patches: [{ path: '../../../hand/patch.yaml' }] };
    addMap(new FluxApp(cluster, 'web', { kustomize }), 'web');
    const others = {
      'hand/base/kustomization.yaml': 'resources: [../lib/map.yaml]\n',
      'hand/lib/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: lib, namespace: a }\n',
      'hand/lib/unread.yaml': 'a: b\n',
      'hand/patch.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: lib, namespace: a }\ndata: { a: b }\n',
      'apps/home/web/web.yaml': 'stale: true\n',
    };
    const load = (except: (path: string) => boolean) =>
      new Tree(
        Object.entries(others).flatMap(([path, text]) =>
          except(path) ? [] : [TreeFile.fromBytes(path, text)],
        ),
      );
    expect(artifactsOf(planApp(cluster.node.root, undefined, undefined, load))).toEqual({
      web: [
        '@repo/apps/home/web/**',
        '@repo/hand/base/**',
        '@repo/hand/lib/map.yaml',
        '@repo/hand/patch.yaml',
      ],
    });
  });

  it('follows the components of a Kustomization', () => {
    const cluster = clusterWith({ artifacts: 'app' });
    addMap(new FluxApp(cluster, 'web', { components: ['../../../parts'] }), 'web');
    const part = TreeFile.fromBytes(
      'parts/kustomization.yaml',
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
    );
    expect(artifactsOf(planApp(cluster.node.root, undefined, undefined, () => new Tree([part])))).toEqual({
      web: ['@repo/apps/home/web/**', '@repo/parts/**'],
    });
  });

  it('is rendered by cdk8s with the directories of its apps', () => {
    const cluster = clusterWith({ artifacts: 'app' });
    addMap(new FluxApp(cluster, 'web'), 'web');
    const generator = cluster.toJson().find(({ kind }) => kind === 'ArtifactGenerator');
    expect(valueAt(generator?.spec, 'artifacts')).toEqual([
      { name: 'web', copy: [{ from: '@repo/apps/home/web/**', to: '@artifact/apps/home/web/' }] },
    ]);
  });

  it('has artifacts in every cluster of a fleet that sets them', () => {
    const app = new GitOpsApp({ outdir: 'unused' });
    const fleet = new Fleet(app, 'fleet', {
      layout: 'flat',
      defaults: { artifacts: 'app', ...WATCHER },
      clusters: { eu: { environment: 'prod', region: 'eu' }, us: { environment: 'prod', region: 'us' } },
    });
    fleet.deploy('web', {}, (cluster) => addMap(cluster.app, 'web'));
    const plan = planApp(app);
    expect(plan.findings).toEqual([]);
    for (const name of ['eu', 'us'])
      expect(Object.keys(artifactsOf(plan, `clusters/${name}/artifacts.yaml`) ?? {})).toEqual(['web']);
  });

  it('keeps the folders of its apps in a fleet whose clusters share files', () => {
    const app = new GitOpsApp({ outdir: 'unused' });
    const fleet = new Fleet(app, 'fleet', {
      layout: 'flat',
      output: 'shared',
      defaults: { artifacts: 'app', ...WATCHER },
      clusters: Object.fromEntries(
        ['a', 'b', 'c'].map((name) => [name, { environment: 'prod', region: 'eu' }]),
      ),
    });
    fleet.deploy('web', {}, (cluster) => addMap(cluster.app, 'web'));
    const { findings, tree } = planApp(app);
    expect(findings).toEqual([]);
    const { clusters, findings: found } = buildGraph(tree, {
      entries: ['clusters/a', 'clusters/b', 'clusters/c'],
    });
    expect(found).toEqual([]);
    for (const { nodes } of clusters) {
      const web = nodes.find(({ identity, type }) => identity.name === 'web' && type === 'kustomization');
      expect(web?.build?.inventory.map(({ identity }) => identity.name)).toEqual(['web']);
    }
  });

  it('does not change sources and other objects of the entry path', () => {
    const cluster = clusterWith({ artifacts: 'app' });
    new GitRepository(cluster, 'other', { url: 'https://example.com/x', interval: '5m' });
    expect(artifactsOf(planApp(cluster.node.root))).toBeUndefined();
  });
});
