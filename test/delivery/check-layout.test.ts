import { App, Chart, Testing } from 'cdk8s';
import { Cluster, type FluxApp, GitOpsApp, GitRepository, HelmChartRelease, SopsSecret } from '../../lib';
import { synthFiles } from '../../lib/testing';
import { homeCluster, someApp } from './home-cluster';

/** An app with a cluster for each path, each with an app in it. */
function fleet(...paths: readonly string[]): GitOpsApp {
  const app = new GitOpsApp();
  paths.forEach((path, index) => someApp(new Cluster(app, `c${index}`, { path }), `app${index}`));
  return app;
}

describe('the folders of clusters', () => {
  it('may be beside one another', () => {
    const app = fleet('./clusters/production/eu', './clusters/production/us', './clusters/staging');
    expect(Object.keys(synthFiles(app))).toHaveLength(9);
  });

  it('fail once if two clusters have the same path', () => {
    const synth = (): unknown => synthFiles(fleet('./clusters/a', 'clusters/a/'));
    expect(synth).toThrow(
      /^error: cluster-path-shared at c1[^\n]* and c0[^\n]*\n[^\n]*"clusters\/a"[^\n]*\n[^\n]*path: ".\/clusters\/c1"$/,
    );
  });

  it('fail if one path is inside another, whichever comes first', () => {
    for (const paths of [
      ['./clusters', './clusters/b'],
      ['./clusters/b', './clusters'],
    ]) {
      expect(() => synthFiles(fleet(...paths))).toThrow(
        /cluster-path-shared[^]*"clusters\/b" is inside "clusters"/,
      );
    }
  });

  it('fail if a cluster’s apps would be inside the path of another', () => {
    const app = fleet('./clusters/a');
    someApp(new Cluster(app, 'b', { path: './clusters/b', directory: 'clusters/a/apps' }), 'web');
    expect(() => synthFiles(app)).toThrow(/directory-in-entry-path at b[^]*directory: "apps\/b"/);
  });
});

describe('a plain App', () => {
  const stock = (): App => new App({ outdir: Testing.app().outdir });

  it('prints our single constructs', () => {
    const app = stock();
    new GitRepository(new Chart(app, 'chart'), 'repo', {
      url: 'https://example.com/repo',
      interval: '1m',
      ref: { branch: 'main' },
    });
    expect(() => app.synth()).not.toThrow();
  });

  it('fails with a Cluster in it', () => {
    const app = stock();
    someApp(new Cluster(app, 'home', { path: './clusters/home' }), 'web');
    expect(() => app.synth()).toThrow(/^error: gitops-app-missing at home[^]*GitOpsApp instead of App/);
  });
});

describe('a construct directly in the app', () => {
  it.each([
    [
      'GitRepository',
      (app: App) => new GitRepository(app, 'x', { url: 'https://example.com/x', interval: '1m' }),
    ],
    [
      'HelmChartRelease',
      (app: App) => new HelmChartRelease(app, 'x', { chart: 'x', repository: 'https://example.com' }),
    ],
    ['SopsSecret', (app: App) => new SopsSecret(app, 'x', { values: {} })],
  ])('fails for a %s, in any app', (_, make) => {
    for (const app of [new GitOpsApp(), Testing.app()])
      expect(() => make(app)).toThrow(/^error: chart-around-missing at x\n[^]*new FluxApp/);
  });
});

describe('a parent that depends on its child', () => {
  it('fails for a FluxApp', () => {
    const outer = someApp(homeCluster(), 'outer');
    const inner = someApp(outer, 'inner', { targetNamespace: 'inner' });
    outer.node.addDependency(inner);
    expect(() => synthFiles(outer)).toThrow(/dependency-on-child at home\/outer/);
  });

  it('fails for a Cluster', () => {
    const cluster = homeCluster();
    const app: FluxApp = someApp(cluster, 'web');
    cluster.node.addDependency(app);
    expect(() => synthFiles(cluster)).toThrow(/dependency-on-itself/);
  });
});
