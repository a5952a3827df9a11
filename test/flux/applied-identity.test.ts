import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { checkTree } from '../../lib/check/check-tree';
import {
  ArtifactGenerator,
  FluxApp,
  GitRepository,
  type FluxAppProps,
  HelmRelease,
  HelmRepository,
  ImagePolicy,
  ImageRepository,
} from '../../lib';
import { nameIn } from '../../lib/flux/applied-identity';
import { planApp } from '../../lib/plan/plan';
import { synthFiles } from '../../lib/testing';
import { configMap, homeCluster } from '../delivery/home-cluster';
import { treeOf } from '../graph/tree-of';

/** What the files of an app hold, with what check says of them. */
function synthesized(cluster: ReturnType<typeof homeCluster>) {
  const files = synthFiles(cluster.node.root);
  const codes = checkTree(treeOf(files))
    .findings.filter(({ severity }) => severity !== 'info')
    .map(({ code, message }) => `${code}: ${message}`);
  return { files, codes };
}

const release = (scope: FluxApp, id: string, sourceRef: HelmRepository, dependsOn: HelmRelease[] = []) =>
  new HelmRelease(scope, id, {
    interval: '1h',
    chart: { spec: { chart: 'podinfo', version: '6.9.2', sourceRef } },
    dependsOn,
  });

const repository = (scope: FluxApp) =>
  new HelmRepository(scope, 'charts', { url: 'https://example.com/charts', interval: '1h' });

/** The ways in which a FluxApp moves what it contains. */
const MOVES: readonly (readonly [string, FluxAppProps])[] = [
  ['targetNamespace', { targetNamespace: 'web' }],
  ['a namespace in its kustomization.yaml', { kustomize: { namespace: 'web' } }],
  ['targetNamespace, which counts more', { targetNamespace: 'web', kustomize: { namespace: 'other' } }],
  ['affixes', { namespace: 'web', namePrefix: 'pre-', nameSuffix: '-post' }],
  [
    'affixes in its kustomization.yaml',
    { namespace: 'web', kustomize: { namePrefix: 'pre-', nameSuffix: '-post' } },
  ],
];

describe.each(MOVES)('references to what a FluxApp with %s contains', (_name, props) => {
  const isNamed = JSON.stringify(props).includes('pre-');
  const called = (name: string) => (isNamed ? `pre-${name}-post` : name);
  /** A FluxApp that moves its objects, one that creates objects in the same namespace, and one with another. */
  function apps() {
    const cluster = homeCluster();
    const moved = new FluxApp(cluster, 'moved', { createNamespace: true, ...props });
    const near = new FluxApp(cluster, 'near', { namespace: 'web' });
    const other = new FluxApp(cluster, 'other', { namespace: 'other', createNamespace: true });
    configMap(near, 'near');
    configMap(other, 'other');
    return { cluster, moved, near, other };
  }

  it('name them as they are in the cluster', () => {
    const { cluster, moved, other } = apps();
    release(other, 'podinfo', repository(moved));
    const { files, codes } = synthesized(cluster);
    expect(codes).toEqual([]);
    expect(files['cluster-resources/other/podinfo.yaml']).toContain(
      `      sourceRef:\n        kind: HelmRepository\n        name: ${called('charts')}\n        namespace: web\n`,
    );
  });

  it('leave the namespace out where both are in it', () => {
    const { cluster, moved, near } = apps();
    release(near, 'podinfo', repository(moved));
    const { files, codes } = synthesized(cluster);
    expect(codes).toEqual([]);
    expect(files['cluster-resources/near/podinfo.yaml']).not.toContain('      namespace: web\n');
  });

  it('order them', () => {
    const { cluster, moved } = apps();
    const charts = repository(moved);
    release(moved, 'second', charts, [release(moved, 'first', charts)]);
    const { files, codes } = synthesized(cluster);
    expect(codes).toEqual([]);
    expect(files['cluster-resources/moved/second.yaml']).toContain(
      `  dependsOn:\n    - name: ${called('first')}\n`,
    );
  });

  it('give the timeout of those that wait for each other', () => {
    const limit = (isOrdered: boolean) => {
      const { cluster, moved, other } = apps();
      const charts = repository(moved);
      const first = release(moved, 'first', charts);
      release(moved, 'second', charts, isOrdered ? [first] : []);
      new HelmRelease(other, 'waits', {
        interval: '1h',
        chart: { spec: { chart: 'a', version: '1.0.0', sourceRef: charts } },
      });
      other.node.addDependency(moved);
      return /timeout: (\d+)m/.exec(
        synthFiles(cluster.node.root)['cluster-resources/flux/moved.yaml'] ?? '',
      )?.[1];
    };
    expect(Number(limit(true))).toBeGreaterThan(Number(limit(false)));
  });

  it('mark an image with the policy', () => {
    const { cluster, moved, other } = apps();
    const imageRepositoryRef = new ImageRepository(moved, 'podinfo', {
      image: 'ghcr.io/org/podinfo',
      interval: '5m',
    });
    const policy = new ImagePolicy(moved, 'policy', {
      imageRepositoryRef,
      policy: { semver: { range: '6.x' } },
    });
    new ApiObject(other, 'image', {
      ...{ apiVersion: 'v1', kind: 'ConfigMap' },
      data: { image: policy.image('ghcr.io/org/podinfo:6.9.2') },
    });
    const { files } = synthesized(cluster);
    expect(files['cluster-resources/other/image.yaml']).toContain(
      `{"$imagepolicy": "web:${called('policy')}"}`,
    );
    expect(files['cluster-resources/moved/policy.yaml']).toContain(`name: ${called('podinfo')}\n`);
  });

  it('take it for a source of artifacts', () => {
    const { cluster, moved, other } = apps();
    new ArtifactGenerator(other, 'parts', {
      sources: [
        {
          alias: 'charts',
          source: new GitRepository(moved, 'charts', { url: 'https://example.com/a', interval: '1h' }),
        },
      ],
      artifacts: [{ name: 'a', copy: [{ from: '@charts/**', to: '@artifact/' }] }],
    });
    expect(synthFiles(cluster.node.root)['cluster-resources/other/parts.yaml']).toContain(
      `name: ${called('charts')}\n      namespace: web\n`,
    );
  });
});

describe('a FluxApp in another one that moves its Kustomization', () => {
  it('refers to the source of the cluster, and waits for others, in their namespaces', () => {
    const cluster = homeCluster();
    const outer = new FluxApp(cluster, 'outer', { targetNamespace: 'web', createNamespace: true });
    const inner = new FluxApp(outer, 'inner');
    const first = new FluxApp(cluster, 'first');
    for (const app of [inner, first]) configMap(app, app.node.id);
    inner.node.addDependency(first);
    const { files, codes } = synthesized(cluster);
    expect(codes).toEqual([]);
    const text = files['cluster-resources/outer/inner.yaml'] ?? '';
    expect(text).toContain(
      '  sourceRef:\n    kind: GitRepository\n    name: flux-system\n    namespace: flux-system\n',
    );
    expect(text).toContain('  dependsOn:\n    - name: first\n      namespace: flux-system\n');
  });
});

describe('a Secret for an object that a FluxApp moves', () => {
  it('has to be where the object goes', () => {
    const cluster = homeCluster();
    const moved = new FluxApp(cluster, 'moved', { targetNamespace: 'web' });
    const secrets = new FluxApp(cluster, 'secrets', { namespace: 'web' });
    const secretIn = (scope: FluxApp, namespace: string) =>
      new kplus.Secret(scope, `in-${namespace}`, { metadata: { namespace } });
    const referring = (id: string, secretRef: kplus.Secret) =>
      new HelmRepository(moved, id, { url: 'https://example.com/charts', interval: '1h', secretRef });
    referring('right', secretIn(secrets, 'web'));
    const wrong = referring('wrong', secretIn(new FluxApp(cluster, 'more'), 'flux-system'));
    expect(
      planApp(cluster.node.root)
        .findings.filter(({ code }) => code === 'reference-across-namespaces')
        .map(({ message, locations }) => [locations[0]?.constructPath, message]),
    ).toEqual([
      [
        wrong.node.path,
        'Secret "in-flux-system" is in namespace "flux-system"; this field can refer only to namespace "web"',
      ],
    ]);
  });
});

describe('a prefix', () => {
  it.each([
    ['ConfigMap', 'pre-n'],
    [undefined, 'pre-n'],
    ['Namespace', 'n'],
    ['CustomResourceDefinition', 'n'],
    ['APIService', 'n'],
  ])('makes the name of a %s %s', (kind, expected) => {
    expect(
      nameIn({ construct: homeCluster(), path: 'a', kustomize: { namePrefix: 'pre-' } }, { name: 'n', kind }),
    ).toBe(expected);
  });
});
