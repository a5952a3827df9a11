import { ApiObject } from 'cdk8s';
import { Cluster, FluxApp, GitOpsApp, HelmRelease, ManifestDirectory, patchOf } from '../../lib';
import { KustomizeBuilder } from '../../lib/graph/kustomize/accumulate';
import { RepositoryView } from '../../lib/graph/sources/repository-view';
import { planApp } from '../../lib/plan/plan';

function base() {
  const app = new GitOpsApp();
  const directory = new ManifestDirectory(app, 'base', { path: './base', namespace: 'web' });
  const release = new HelmRelease(directory, 'web', {
    interval: '60m',
    chartRef: { kind: 'OCIRepository', name: 'web' },
    values: { replicas: 3, debug: true },
  });
  const settings = new ApiObject(directory, 'settings', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    data: { a: 'b' },
  });
  return { app, directory, release, settings };
}

/** The objects that the overlay of a cluster builds to, and its findings. */
function built(app: GitOpsApp, folder: string) {
  const { tree, findings } = planApp(app);
  const result = new KustomizeBuilder(new RepositoryView(tree, () => true)).build(folder);
  return {
    objects: result.resources.map(({ object }) => object),
    findings: [...findings, ...result.findings],
  };
}

describe('patchOf', () => {
  it('patches the object of a construct, by its name and namespace', () => {
    const { app, directory, release, settings } = base();
    const cluster = new Cluster(app, 'home', { path: './clusters/home' });
    const patches = [
      patchOf('HelmRelease', release, {
        metadata: { labels: { tier: 'edge' } },
        spec: { interval: '5m', values: { replicas: 1, debug: null } },
      }),
      patchOf('ConfigMap', settings, { data: { a: 'c' } }),
    ];
    new FluxApp(cluster, 'web', { kustomize: { resources: [directory], patches } });
    const { objects, findings } = built(app, 'apps/home/web');
    expect(findings).toEqual([]);
    expect(objects).toMatchObject([
      { kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'web' }, data: { a: 'c' } },
      {
        metadata: { name: 'web', namespace: 'web', labels: { tier: 'edge' } },
        spec: { interval: '5m', values: { replicas: 1 } },
      },
    ]);
  });

  it('has the types of the kind', () => {
    const { release } = base();
    // @ts-expect-error -- not a field of a HelmRelease
    patchOf('HelmRelease', release, { spec: { intervall: '5m' } });
    // @ts-expect-error -- not a value of the field
    patchOf('HelmRelease', release, { spec: { suspend: 'yes' } });
  });

  it('fails for an object of another kind', () => {
    const { settings } = base();
    expect(() => patchOf('HelmRelease', settings, {})).toThrow(
      'the target of a patch for "HelmRelease" is "base/settings", which is a ConfigMap',
    );
    expect(() => patchOf('HelmRelease', undefined as never, {})).toThrow(
      'must be the construct of an object',
    );
  });

  it('is reported if the object is not in the base', () => {
    const { app, release } = base();
    const other = new ManifestDirectory(app, 'other', { path: './other', namespace: 'web' });
    new ApiObject(other, 'x', { apiVersion: 'v1', kind: 'ConfigMap' });
    const cluster = new Cluster(app, 'home', { path: './clusters/home' });
    const patches = [patchOf('HelmRelease', release, { spec: { interval: '5m' } })];
    new FluxApp(cluster, 'web', { kustomize: { resources: [other], patches } });
    expect(built(app, 'apps/home/web').findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['patch-target-missing', 'error'],
    ]);
  });
});
