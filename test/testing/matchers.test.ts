import { ApiObject, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Cluster, FluxApp, GitOpsApp, HelmChartRelease, SecretValue, SopsSecret } from '../../lib';
import { fluxMatchers, forEveryCluster, type FluxMatchers } from '../../lib/testing';
import { homeCluster, someApp } from '../delivery/home-cluster';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how the types of Jest are extended
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- takes all its members from ours
    interface Matchers<R> extends FluxMatchers<R> {}
  }
}

expect.extend(fluxMatchers);

function web(): { readonly cluster: Cluster; readonly app: FluxApp } {
  const cluster = homeCluster();
  const app = new FluxApp(cluster, 'web', { namespace: 'web', createNamespace: true });
  new ApiObject(app, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'nginx:1.29.1' }] },
      },
    },
  });
  return { cluster, app };
}

/** The message with which an assertion fails. */
function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion passed');
}

describe('toHaveResource', () => {
  const has = (partial?: unknown, name = 'web', scope: IConstruct = web().app) =>
    expect(scope).toHaveResource('Deployment', name, partial);

  it('finds an object by its kind and name, in a FluxApp, its cluster and the whole app', () => {
    const { app, cluster } = web();
    for (const scope of [app, cluster, app.node.root]) has(undefined, 'web', scope);
    has(undefined, 'web/web');
    expect(cluster).toHaveResource('Kustomization', 'web');
  });

  it('compares only the named fields', () => {
    has({ spec: { replicas: 2 } });
    has({ spec: { template: { spec: { containers: [{ image: expect.stringContaining('nginx:') }] } } } });
  });

  it('looks at nothing outside the construct', () => {
    const { cluster } = web();
    const other = someApp(cluster, 'other');
    expect(other).not.toHaveResource('Deployment', 'web');
  });

  it.each([
    [[], 'toHaveResource got undefined as the kind'],
    [[5, 'web'], 'toHaveResource got 5 as the kind'],
    [['Deployment'], 'toHaveResource got undefined as the name'],
    [['Deployment', ''], 'toHaveResource got "" as the name'],
    [['Deployment', 'web', null], 'toHaveResource got null as the fields'],
    [['Deployment', 'web', ['a']], 'toHaveResource got an instance of Array as the fields'],
  ])('fails on %j, also with .not', (given, message) => {
    const args = given as [string, string];
    expect(failure(() => expect(web().app).toHaveResource(...args))).toContain(message);
    expect(failure(() => expect(web().app).not.toHaveResource(...args))).toContain(message);
  });

  it('fails with the fields that differ, the construct and its line', () => {
    const message = failure(() =>
      has({ spec: { replicas: 3, paused: true, template: { spec: { containers: [] } } } }),
    );
    expect(message.replace(/:\d+\)/, ':1)')).toMatchInlineSnapshot(`
      "Deployment web/web, created by home/web/deployment (test/testing/matchers.test.ts:1), differs:
        spec.replicas: expected 3, got 2
        spec.paused: expected true, got nothing
        spec.template.spec.containers: expected [], got [{"name":"web","image":"nginx:1.29.1"}]"
    `);
  });

  it('fails if a list has another length', () => {
    const containers = [{ name: 'web' }, { name: 'sidecar' }];
    expect(failure(() => has({ spec: { template: { spec: { containers } } } }))).toContain(
      'containers: expected',
    );
  });

  it.each([
    ['Deployment', 'wep', 'there is no Deployment "wep"; found web/web'],
    ['Deploymint', 'web', 'there is no Deploymint "web", and no Deploymint at all; did you mean Deployment?'],
    ['Secret', 'x', 'and no Secret at all; the kinds are Deployment, Kustomization, Namespace'],
  ])('fails with the existing objects instead of a %s %s', (kind, name, message) => {
    expect(failure(() => expect(web().cluster).toHaveResource(kind, name))).toContain(message);
  });

  it('fails with .not if all fields are there', () => {
    expect(failure(() => expect(web().app).not.toHaveResource('Deployment', 'web'))).toContain(
      'matches, and must not',
    );
  });

  it('fails for a value that is not a construct', () => {
    expect(() => expect(null).toHaveResource('Deployment', 'web')).toThrow('toHaveResource got null');
    expect(() => expect({}).toHaveResource('Deployment', 'web')).toThrow(
      'toHaveResource got an instance of Object; must be an app',
    );
  });
});

describe('toReconcileBefore', () => {
  function chain() {
    const cluster = homeCluster();
    const first = someApp(cluster, 'first', { targetNamespace: 'a' });
    const second = someApp(cluster, 'second', { targetNamespace: 'b', dependsOn: [first] });
    const third = someApp(cluster, 'third', { targetNamespace: 'c', dependsOn: [second] });
    return { cluster, first, second, third };
  }

  it('passes for direct and indirect waits, by construct or by name', () => {
    const { cluster, first, second, third } = chain();
    expect(cluster).toReconcileBefore(first, second);
    expect(cluster).toReconcileBefore(first, third);
    expect(cluster.node.root).toReconcileBefore('first', 'flux-system/third');
    expect(cluster).toReconcileBefore('Kustomization/flux-system/first', third);
    expect(cluster).not.toReconcileBefore(third, first);
  });

  it('accepts a construct for the only step in it', () => {
    const cluster = homeCluster();
    const apps = ['a', 'b'].map((name) => new FluxApp(cluster, name, { namespace: name }));
    const releases = apps.map(
      (app) =>
        new HelmChartRelease(app, 'release', {
          chart: 'podinfo',
          repository: 'https://stefanprodan.github.io/podinfo',
          version: '6.9.2',
        }),
    );
    releases[1]?.node.addDependency(releases[0] as IConstruct);
    expect(cluster).toReconcileBefore(releases[0] as IConstruct, releases[1] as IConstruct);
  });

  it.each<[string, (all: ReturnType<typeof chain>) => [IConstruct | string, IConstruct | string], RegExp]>([
    [
      'no order',
      ({ third, first }) => [third, first],
      /flux-system\/first does not wait for .*third: it waits for nothing/,
    ],
    [
      'another order',
      ({ second, third }) => [third, second],
      /it waits for Kustomization\/flux-system\/first/,
    ],
    [
      'a name that is not there',
      ({ first }) => ['thrid', first],
      /there is no Kustomization or HelmRelease "thrid"; did you mean third\?$/,
    ],
  ])('fails with the reason for %s', (_, pair, message) => {
    const all = chain();
    const [one, other] = pair(all);
    expect(failure(() => expect(all.cluster).toReconcileBefore(one, other))).toMatch(message);
  });

  it('fails on a missing name also with .not, and on a construct of another app', () => {
    const all = chain();
    expect(failure(() => expect(all.cluster).not.toReconcileBefore('thrid', 'first'))).toContain('"thrid"');
    const other = chain().cluster;
    expect(failure(() => expect(all.cluster).toReconcileBefore(other, 'first'))).toContain(
      'part of another app',
    );
    expect(failure(() => expect(all.cluster).toReconcileBefore('first', undefined as never))).toContain(
      'toReconcileBefore got undefined',
    );
  });

  it('fails across clusters', () => {
    const app = new GitOpsApp();
    const apps = ['eu', 'us'].map((name) =>
      someApp(new Cluster(app, name, { path: `./clusters/${name}` }), `app-${name}`),
    );
    expect(failure(() => expect(app).toReconcileBefore(apps[0] as FluxApp, apps[1] as FluxApp))).toContain(
      'no cluster has both eu/app-eu and us/app-us',
    );
  });
});

describe('toHaveNoFindings', () => {
  it('passes for an app without findings', () => {
    expect(web().cluster).toHaveNoFindings();
    expect(web().app.node.root).toHaveNoFindings();
  });

  it('fails with each finding, the construct and its line', () => {
    const { cluster } = web();
    new FluxApp(cluster, 'empty');
    const message = failure(() => expect(cluster).toHaveNoFindings());
    expect(message).toMatch(
      /^1 finding:\nerror: flux-app-empty at home\/empty \(test\/testing\/matchers\.test\.ts:\d+\)/,
    );
  });

  it('fails with the findings of check, too', () => {
    const { cluster, app } = web();
    someApp(app, 'settings', { targetNamespace: 'nowhere' });
    expect(failure(() => expect(cluster).toHaveNoFindings())).toContain('warning: namespace-missing');
  });

  it('uses only the findings of the construct', () => {
    const { cluster, app } = web();
    new FluxApp(cluster, 'empty');
    expect(app).toHaveNoFindings();
    expect(cluster).not.toHaveNoFindings();
  });
});

describe('toBeDecryptable', () => {
  const AGE = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

  function secret(age: string[] = [AGE]) {
    const cluster = new Cluster(new GitOpsApp(), 'home', { path: './cluster-resources/flux', sops: { age } });
    const app = new FluxApp(cluster, 'web', { namespace: 'web' });
    return { app, secret: new SopsSecret(app, 'login', { values: { token: SecretValue.env('TOKEN') } }) };
  }

  it('fails if the committed file is missing', () => {
    const message = failure(() => expect(secret().app).toBeDecryptable());
    expect(message).toMatch(/home\/web\/login .*[^]*"cluster-resources\/web\/login\.yaml" does not exist/);
  });

  it('fails if there are no recipients', () => {
    expect(failure(() => expect(secret([]).app).toBeDecryptable())).toContain('sops-no-recipients');
  });

  it('fails if the Kustomization does not decrypt', () => {
    const { app } = secret();
    const { kustomization } = app;
    kustomization?.addJsonPatch(JsonPatch.remove('/spec/decryption'));
    expect(failure(() => expect(app).toBeDecryptable())).toContain('has no spec.decryption');
  });

  it('fails if there is nothing to decrypt', () => {
    expect(failure(() => expect(web().app).toBeDecryptable())).toContain(
      'there is no SopsSecret in home/web',
    );
  });
});

describe('forEveryCluster', () => {
  const fleet = (): GitOpsApp => {
    const app = new GitOpsApp();
    for (const name of ['eu', 'us', 'ap'])
      someApp(new Cluster(app, name, { path: `./clusters/${name}` }), name === 'us' ? 'other' : 'web');
    return app;
  };

  it('calls the assertions with each cluster', () => {
    const seen: string[] = [];
    forEveryCluster(fleet(), (cluster) => seen.push(cluster.node.id));
    expect(seen).toEqual(['eu', 'us', 'ap']);
  });

  it('fails with the clusters whose assertions fail, after all were called', () => {
    const message = failure(() =>
      forEveryCluster(fleet(), (cluster) => expect(cluster).toHaveResource('Kustomization', 'other')),
    );
    expect(message).toMatch(
      /^2 of 3 clusters failed\n\ncluster "eu": there is no [^]*\n\ncluster "ap": there is no /,
    );
  });

  it('fails without a cluster', () => {
    expect(() => forEveryCluster(new GitOpsApp(), () => undefined)).toThrow('contains no Cluster');
  });

  it('fails on an asynchronous function, whose failure no test would notice', () => {
    const message = failure(() =>
      forEveryCluster(fleet(), async () => {
        await Promise.resolve();
        throw new Error('lost');
      }),
    );
    expect(message).toContain('got an asynchronous function');
  });

  it.each([
    [undefined, () => undefined, 'forEveryCluster got undefined; must be an app'],
    [new GitOpsApp(), 'x', 'forEveryCluster got "x"; pass a function that takes a cluster'],
  ])('fails on arguments that a test without types may pass: %#', (app, assertions, message) => {
    expect(() => forEveryCluster(app as never, assertions as never)).toThrow(
      new TypeError(
        message.includes('app') ? `${message}, a cluster, a FluxApp or another construct` : message,
      ),
    );
  });
});
