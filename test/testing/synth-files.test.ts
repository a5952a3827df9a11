import { ApiObject } from 'cdk8s';
import { FluxApp } from '../../lib';
import { snapshotOf, synthFiles } from '../../lib/testing';
import { configMap, homeCluster, someApp } from '../delivery/home-cluster';

describe('the files of an app', () => {
  it('are those of the whole app, from any construct in it, in order of their paths', () => {
    const cluster = homeCluster();
    const app = someApp(cluster, 'b');
    someApp(cluster, 'a', { targetNamespace: 'a' });
    const files = Object.keys(synthFiles(app));
    expect(files).toEqual([...files].sort());
    expect(files).toEqual(Object.keys(synthFiles(cluster)));
    expect(files).toContain('cluster-resources/a/settings.yaml');
  });

  it('of one FluxApp are its own, by their paths in it, and the Kustomization that applies it', () => {
    const cluster = homeCluster();
    const app = someApp(cluster, 'web');
    someApp(app, 'inner', { targetNamespace: 'inner' });
    someApp(cluster, 'web-2', { targetNamespace: 'two' });
    expect(Object.keys(snapshotOf(app))).toEqual(
      ['cluster-resources/flux/web.yaml', 'kustomization.yaml', 'settings.yaml'].sort(),
    );
    expect(snapshotOf(app)['settings.yaml']).toBe(synthFiles(app)['cluster-resources/web/settings.yaml']);
  });

  it('fails on a value that is not a construct, or not a FluxApp', () => {
    expect(() => synthFiles(undefined as never)).toThrow('synthFiles got undefined; must be an app');
    expect(() => snapshotOf('web' as never)).toThrow('snapshotOf got "web"; must be an app');
    const { root } = homeCluster().node;
    expect(() => snapshotOf(root as never)).toThrow('snapshotOf got an app; pass a FluxApp');
  });

  it('fails with everything that is wrong', () => {
    const cluster = homeCluster();
    new FluxApp(cluster, 'empty');
    const app = someApp(cluster, 'web');
    new ApiObject(app, 'bad', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'Not Valid' } });
    for (const synth of [() => synthFiles(app), () => snapshotOf(app)]) {
      expect(synth).toThrow(/flux-app-empty[^]*name-invalid|name-invalid[^]*flux-app-empty/);
    }
    expect(configMap(app, 'more').kind).toBe('ConfigMap');
  });
});
