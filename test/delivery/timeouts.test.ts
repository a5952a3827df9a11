import { ApiObject, Duration } from 'cdk8s';
import type { HelmRelease } from '../../lib';
import { FluxApp, HelmChartRelease, OperatorStack, type FluxAppProps } from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { homeCluster } from './home-cluster';

const chart = { repository: 'oci://example.com/charts/web', version: '1.0.0' };

/** The timeouts of the Kustomizations of an app by their names. */
function timeouts(
  make: (app: FluxApp) => void,
  props: FluxAppProps = { wait: true },
): Record<string, unknown> {
  const cluster = homeCluster();
  make(new FluxApp(cluster, 'web', { namespace: 'web', ...props }));
  const { tree } = planApp(cluster.node.root);
  const objects = tree.files.flatMap((file) => file.documents.map(({ object }) => object));
  return Object.fromEntries(
    objects
      .filter(
        ({ kind, apiVersion }) => kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit'),
      )
      .map(({ metadata, spec }) => [metadata?.name, (spec as { timeout?: string }).timeout]),
  );
}

const release = (
  app: FluxApp,
  id: string,
  props: Partial<ConstructorParameters<typeof HelmChartRelease>[2]> = {},
) => new HelmChartRelease(app, id, { ...chart, ...props });

describe('the timeout of a FluxApp', () => {
  it.each<[string, string, (app: FluxApp) => void]>([
    [
      'is 3m where it waits for nothing that takes longer',
      '3m',
      (app) => new ApiObject(app, 'm', { apiVersion: 'v1', kind: 'ConfigMap' }),
    ],
    ['is longer than that of a release with the default', '6m', (app) => release(app, 'a')],
    ['is longer than that of a release with its own', '11m', (app) => release(app, 'a', { timeout: '10m' })],
    ['reads a Duration of cdk8s', '11m', (app) => release(app, 'a', { timeout: Duration.minutes(10) })],
    ['rounds up to minutes', '4m', (app) => release(app, 'a', { timeout: '2m30s' })],
    ['is no shorter than 3m', '3m', (app) => release(app, 'a', { timeout: '2m' })],
    [
      'counts the timeout of an upgrade',
      '21m',
      (app) => release(app, 'a', { timeout: '2m', upgrade: { timeout: '20m' } }),
    ],
    [
      'does not add up releases that run side by side',
      '6m',
      (app) => ['a', 'b'].forEach((id) => release(app, id)),
    ],
    ['leaves out a release that is suspended', '3m', (app) => release(app, 'a', { suspend: true })],
    [
      'adds up releases that wait for one another',
      '16m',
      (app) => {
        const [a, b, c] = ['a', 'b', 'c'].map((id) => release(app, id).release) as [
          HelmRelease,
          HelmRelease,
          HelmRelease,
        ];
        b.node.addDependency(a);
        c.node.addDependency(b);
      },
    ],
    [
      'counts a release that is a plain object',
      '13m',
      (app) =>
        new ApiObject(app, 'r', {
          apiVersion: 'helm.toolkit.fluxcd.io/v2',
          kind: 'HelmRelease',
          metadata: { name: 'r', namespace: 'web' },
          spec: { interval: '1h', timeout: '12m', chartRef: { kind: 'OCIRepository', name: 'r' } },
        }),
    ],
  ])('%s', (_, expected, make) => {
    expect(timeouts(make)).toEqual({ web: expected });
  });

  it('is the author’s, however short', () => {
    expect(timeouts((app) => release(app, 'a'), { wait: true, timeout: '1m' })).toEqual({ web: '1m' });
  });

  it('is 3m if it does not wait', () => {
    expect(timeouts((app) => release(app, 'a'), {})).toEqual({ web: '3m' });
  });

  it('is longer than those of the FluxApps in it', () => {
    const nested = timeouts((app) =>
      release(new FluxApp(app, 'inner', { namespace: 'web', wait: true }), 'a'),
    );
    expect(nested).toEqual({ web: '7m', 'web-inner': '6m' });
  });

  it('grows when another one waits for it', () => {
    const cluster = homeCluster();
    const stack = new OperatorStack(cluster, 'db', { release: chart });
    const user = new FluxApp(cluster, 'user', { namespace: 'user', dependsOn: [stack.app] });
    new ApiObject(user, 'm', { apiVersion: 'v1', kind: 'ConfigMap' });
    const find = (name: string): unknown =>
      planApp(cluster.node.root)
        .tree.files.flatMap((file) => file.documents)
        .find(({ object }) => object.kind === 'Kustomization' && object.metadata?.name === name)?.object.spec;
    expect(find('db-operator')).toMatchObject({ wait: true, timeout: '6m' });
    expect(find('db')).toMatchObject({ wait: true, timeout: '7m' });
    expect(find('user')).toMatchObject({ timeout: '3m' });
  });
});
