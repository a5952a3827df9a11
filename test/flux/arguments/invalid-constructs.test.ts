import { App, ApiObject, Chart, Testing } from 'cdk8s';
import { Cluster, FluxApp, FindingsError, GitOpsApp, GitRepository, HelmChartRelease } from '../../../lib';
import { planApp } from '../../../lib/plan/plan';

const wrong = <Value>(value: unknown): Value => value as Value;

function home(): Cluster {
  return new Cluster(new GitOpsApp({ outdir: '/nowhere' }), 'home', { path: './clusters/home' });
}

function codes(act: () => unknown): string[] {
  try {
    act();
    return [];
  } catch (error) {
    return FindingsError.isFindingsError(error) ? error.findings.map(({ code }) => code) : [String(error)];
  }
}

describe('a construct that was created with stand-ins', () => {
  it('fails if only its chart is rendered', () => {
    const app = new FluxApp(home(), 'web', { namespace: wrong(5) });
    new ApiObject(app, 'm', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(codes(() => Testing.synth(app))).toEqual(['argument-invalid']);
  });

  it('fails in a plain App, with all others', () => {
    const chart = new Chart(new App({ outdir: '/nowhere' }), 'chart');
    new GitRepository(chart, 'a', wrong('https://example.com'));
    new GitRepository(chart, 'b', { url: 'https://example.com/r', interval: '1m', name: wrong(1) });
    expect(() => Testing.synth(chart)).toThrow(
      /chart\/a\][\s\S]*argument-invalid[\s\S]*chart\/b\][\s\S]*name: got 1; must be a string/,
    );
  });

  it('reports nothing that follows from it, and everything else that is wrong', () => {
    const cluster = home();
    const app = new FluxApp(cluster, 'web', { layer: wrong(5) });
    new HelmChartRelease(app, 'release', wrong<never>({ chart: 'x', repository: 5 }));
    new GitRepository(app, 'source', { url: 'no-scheme', interval: '1m' });
    const { findings } = planApp(cluster.node.root);
    expect(findings.map(({ code, locations: [first] }) => [code, first?.constructPath])).toEqual([
      ['argument-invalid', 'home/web'],
      ['argument-invalid', 'home/web/release'],
      ['schema-pattern', 'home/web/source'],
    ]);
  });

  it('keeps the correct props', () => {
    const cluster = home();
    const app = new FluxApp(cluster, 'web', { layer: wrong(5), namespace: 'shop' });
    expect(app.namespace).toBe('shop');
    expect(app.directory).toBe('apps/home/web');
  });

  it('is not reported for unknown names that resemble none of its props', () => {
    const cluster = new Cluster(
      new GitOpsApp({ outdir: '/nowhere' }),
      'home',
      wrong({ path: './clusters/home', somethingElse: 1 }),
    );
    expect(planApp(cluster.node.root).findings).toEqual([]);
  });
});
