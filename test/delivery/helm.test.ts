import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { checkTree } from '../../lib/check/check-tree';
import {
  Bucket,
  Cluster,
  DependencyChain,
  FluxApp,
  GitOpsApp,
  GitRepository,
  HelmChartRelease,
  type HelmChartReleaseProps,
  HelmRelease,
  HelmRepository,
  OperatorStack,
  type FailurePolicy,
} from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { snapshotOf, synthFiles } from '../../lib/testing';
import { treeOf } from '../graph/tree-of';
import { homeCluster, someApp } from './home-cluster';

const REPOSITORY = 'https://charts.example.com';

function releaseText(props: object): string {
  const app = new FluxApp(homeCluster(), 'web', { namespace: 'web' });
  new HelmChartRelease(app, 'web', { chart: 'web', repository: REPOSITORY, ...props });
  return snapshotOf(app)['web.yaml'] as string;
}

describe('HelmChartRelease', () => {
  it('has the second article’s release: range, remediation, rollback; ours adds cleanup if Flux supports it', () => {
    const app = new FluxApp(homeCluster(), 'payment', { namespace: 'payment' });
    new HelmRelease(app, 'payment-service', {
      interval: '5m',
      chart: {
        spec: {
          chart: 'payment-service',
          version: '>=1.0.0',
          sourceRef: HelmRepository.fromName('myorg-charts'),
        },
      },
      upgrade: { remediation: { retries: 3, remediateLastFailure: true } },
      rollback: { timeout: '5m', cleanupOnFail: true },
    });
    expect(snapshotOf(app)['payment-service.yaml']).toMatchInlineSnapshot(`
     "apiVersion: helm.toolkit.fluxcd.io/v2
     kind: HelmRelease
     metadata:
       name: payment-service
       namespace: payment
     spec:
       interval: 5m
       chart:
         spec:
           chart: payment-service
           version: ">=1.0.0"
           sourceRef:
             kind: HelmRepository
             name: myorg-charts
       upgrade:
         remediation:
           retries: 3
           remediateLastFailure: true
       rollback:
         timeout: 5m
         cleanupOnFail: true
     "
    `);
  });

  it('creates a HelmRepository and a HelmRelease in one file', () => {
    expect(releaseText({ version: '1.2.x', values: { a: null } })).toMatchInlineSnapshot(`
     "apiVersion: source.toolkit.fluxcd.io/v1
     kind: HelmRepository
     metadata:
       name: web
       namespace: web
     spec:
       interval: 60m
       url: https://charts.example.com
     ---
     apiVersion: helm.toolkit.fluxcd.io/v2
     kind: HelmRelease
     metadata:
       name: web
       namespace: web
     spec:
       interval: 60m
       chart:
         spec:
           chart: web
           version: 1.2.x
           sourceRef:
             kind: HelmRepository
             name: web
       values:
         a: null
     "
    `);
  });

  it.each<[string, object, RegExp]>([
    [
      'an exact version in a registry',
      { repository: 'oci://example.com/charts', version: '1.2.3' },
      /url: oci:\/\/example.com\/charts\/web\n[\s\S]*tag: 1.2.3\n[\s\S]*chartRef:\n {4}kind: OCIRepository\n/,
    ],
    [
      'a range in a registry',
      { repository: 'oci://example.com/charts', version: '^1.2' },
      /ref:\n {4}semver: \^1.2\n/,
    ],
    [
      'a path in a Git repository',
      { chart: './charts/web', repository: { git: { url: 'https://example.com/x', interval: '5m' } } },
      /chart: .\/charts\/web\n[\s\S]*kind: GitRepository\n/,
    ],
    [
      'a bucket',
      { repository: { bucket: { bucketName: 'charts', endpoint: 's3.example.com', interval: '5m' } } },
      /kind: Bucket\n/,
    ],
    [
      'a namespace that it makes',
      { createNamespace: true },
      /^apiVersion: v1\nkind: Namespace\nmetadata:\n {2}name: web\n---/,
    ],
    ['no CRDs of its own', { crds: 'Skip' }, /install:\n {4}crds: Skip\n {2}upgrade:\n {4}crds: Skip\n/],
    ['CRDs that are replaced', { upgrade: { crds: 'CreateReplace' } }, /upgrade:\n {4}crds: CreateReplace\n/],
  ])('takes %s', (_name, props, expected) => {
    expect(releaseText(props)).toMatch(expected);
  });

  it('makes the namespace that the FluxApp moves it to', () => {
    const app = new FluxApp(homeCluster(), 'web', { namespace: 'web', targetNamespace: 'shop' });
    new HelmChartRelease(app, 'a', {
      repository: REPOSITORY,
      chart: 'a',
      version: '1.0.0',
      createNamespace: true,
    });
    expect(snapshotOf(app)['a.yaml']).toMatch(
      /^apiVersion: v1\nkind: Namespace\nmetadata:\n {2}name: shop\n/,
    );
  });

  it.each<[FailurePolicy, RegExp]>([
    [
      'RetryOnFailure',
      /install:\n {4}strategy:\n {6}name: RetryOnFailure\n {2}upgrade:\n {4}strategy:\n {6}name: RetryOnFailure\n$/,
    ],
    [
      'RemediateOnFailure',
      /upgrade:\n {4}strategy:\n {6}name: RemediateOnFailure\n {4}remediation:\n {6}retries: 3\n$/,
    ],
    [
      'RollbackLastFailure',
      /retries: 3\n {6}remediateLastFailure: true\n {2}rollback:\n {4}cleanupOnFail: true\n$/,
    ],
  ])('on failure: %s', (onFailure, expected) => {
    expect(releaseText({ onFailure })).toMatch(expected);
  });

  it('shares a repository, and splits its files', () => {
    const app = new FluxApp(homeCluster(), 'web', { namespace: 'web' });
    const repository = new HelmRepository(app, 'charts', { interval: '60m', url: REPOSITORY });
    new HelmChartRelease(app, 'a', { chart: 'a', repository });
    new HelmChartRelease(app, 'b', { chart: 'b', repository });
    new HelmChartRelease(app, 'c', { chart: 'c', repository: 'https://other.example.com', split: true });
    expect(Object.keys(snapshotOf(app)).filter((path) => path.endsWith('.yaml'))).toEqual([
      'cluster-resources/flux/web.yaml',
      'a.yaml',
      'b.yaml',
      'charts.yaml',
      'kustomization.yaml',
      'release.yaml',
      'repository.yaml',
    ]);
  });

  it('accepts ConfigMaps and Secrets as constructs for values', () => {
    const app = new FluxApp(homeCluster(), 'web', { namespace: 'web' });
    const map = new kplus.ConfigMap(app, 'defaults', { data: { 'values.yaml': 'a: 1' } });
    new HelmChartRelease(app, 'web', { chart: 'web', repository: REPOSITORY, valuesFrom: [map] });
    expect(snapshotOf(app)['web.yaml']).toContain(
      'valuesFrom:\n    - kind: ConfigMap\n      name: defaults\n',
    );
  });

  it('fails without a chart if the repository contains several', () => {
    expect(() => releaseText({ chart: undefined })).toThrow(/chart-missing at home\/web\/web/);
  });

  it('fails if two releases have the same name, which Helm could not distinguish', () => {
    const cluster = homeCluster();
    for (const id of ['a', 'b']) {
      const app = new FluxApp(cluster, id, { namespace: 'web' });
      new HelmChartRelease(app, id, { chart: 'x', repository: REPOSITORY, releaseName: 'same' });
    }
    expect(() => synthFiles(cluster)).toThrow(/release-name-conflict at home\/b\/b/);
  });

  it('fails on fields that Flux does not know, and on bad ranges', () => {
    expect(() => releaseText({ version: '>> 1' })).toThrow(/semver-invalid/);
    expect(() => releaseText({ install: { skipCrds: true } })).toThrow(
      /schema-unknown-field[\s\S]*"skipCRDs"/,
    );
  });
});

describe('HelmReleases that depend on each other', () => {
  it('wait within one FluxApp and across two', () => {
    const cluster = homeCluster();
    const release = (id: string): HelmRelease => {
      const app = new FluxApp(cluster, id, { namespace: id });
      return new HelmChartRelease(app, id, { chart: id, repository: REPOSITORY }).release;
    };
    const [a, b] = [release('a'), release('b')];
    a.node.addDependency(b);
    const files = synthFiles(cluster);
    expect(files['cluster-resources/a/a.yaml']).toContain('dependsOn:\n    - name: b\n      namespace: b\n');
    expect(files['cluster-resources/flux/a.yaml']).not.toContain('dependsOn');
  });

  it('may be referred to by the constructs that contain them', () => {
    const cluster = homeCluster();
    const app = new FluxApp(cluster, 'pair', { namespace: 'pair' });
    const [a, b] = ['a', 'b'].map(
      (id) => new HelmChartRelease(app, id, { chart: id, repository: REPOSITORY }),
    );
    a?.node.addDependency(b as HelmChartRelease);
    expect(snapshotOf(app)['a.yaml']).toContain('dependsOn:\n    - name: b\n');
  });

  it('make the FluxApps wait if the other one is of another kind', () => {
    const cluster = homeCluster();
    const app = new FluxApp(cluster, 'a', { namespace: 'a' });
    const { release } = new HelmChartRelease(app, 'a', { chart: 'a', repository: REPOSITORY });
    release.node.addDependency(someApp(cluster, 'b'));
    expect(synthFiles(cluster)['cluster-resources/flux/a.yaml']).toContain('dependsOn:\n    - name: b\n');
  });
});

describe('DependencyChain', () => {
  it('makes each stage wait for the whole stage before, and never prunes CRDs', () => {
    const cluster = homeCluster();
    const [crds, a, b, c] = ['crds', 'a', 'b', 'c'].map((id) =>
      someApp(cluster, id, { targetNamespace: id }),
    ) as [FluxApp, FluxApp, FluxApp, FluxApp];
    new DependencyChain(cluster, 'chain', { stages: [{ members: [crds], crds: true }, [a, b], c] });
    const files = synthFiles(cluster);
    expect(files['cluster-resources/flux/crds.yaml']).toMatch(/prune: false\n[\s\S]*wait: true\n/);
    expect(files['cluster-resources/flux/b.yaml']).toContain('dependsOn:\n    - name: crds\n');
    expect(files['cluster-resources/flux/c.yaml']).toContain('dependsOn:\n    - name: a\n    - name: b\n');
  });

  it('compiles with 10,000 stages, in our synth and in that of cdk8s', () => {
    const cluster = homeCluster();
    const stages = Array.from({ length: 10_000 }, (_, i) =>
      someApp(cluster, `n${i}`, { targetNamespace: `n${i}` }),
    );
    new DependencyChain(cluster, 'chain', { stages });
    expect(planApp(cluster.node.root).findings).toEqual([]);
    expect(Testing.synth(stages[9_999] as FluxApp)).toHaveLength(2);
  }, 60_000);

  it('fails on a member that Flux does not order', () => {
    const cluster = homeCluster();
    const app = someApp(cluster, 'a', { reconcile: false });
    new DependencyChain(cluster, 'chain', { stages: [app] });
    expect(() => synthFiles(cluster)).toThrow(/stage-empty at home\/chain/);
  });
});

describe('OperatorStack', () => {
  it('has CRDs, the operator until its webhook serves, then its resources', () => {
    const cluster = homeCluster();
    const stack = new OperatorStack(cluster, 'cert-manager', {
      crds: { source: GitRepository.fromName('crds'), path: './crds' },
      release: { chart: 'cert-manager', repository: 'https://charts.jetstack.io', version: '1.19.1' },
    });
    new Bucket(stack.resources, 'stands-for-an-issuer', { bucketName: 'b', endpoint: 'e', interval: '1h' });
    const files = synthFiles(cluster);
    const folder = 'cluster-resources/infrastructure/cert-manager';
    expect(files[`${folder}/deployment-crds.yaml`]).toMatch(/wait: true\n[\s\S]*prune: false\n/);
    expect(files[`${folder}/deployment-operator.yaml`]).toMatch(
      /wait: true\n {2}dependsOn:\n {4}- name: cert-manager-crds\n/,
    );
    expect(files[`${folder}/deployment-crs.yaml`]).toMatch(
      /retryInterval: 1m\n[\s\S]*- name: cert-manager-operator\n/,
    );
    expect(files[`${folder}/operator/deployment.yaml`]).toContain('crds: Skip\n');
  });

  it('declares on its CRDs, or otherwise on its release, which groups it provides', () => {
    const cluster = homeCluster();
    const release = { chart: 'own', repository: REPOSITORY, provides: ['a.example', 'b.example'] };
    new OperatorStack(cluster, 'one', { release });
    const crds = { source: GitRepository.fromName('crds'), path: './crds' };
    new OperatorStack(cluster, 'two', { release, crds });
    const files = synthFiles(cluster);
    const annotation = 'cdk8s-flux/provides: a.example,b.example\n';
    const folder = 'cluster-resources/infrastructure';
    expect(files[`${folder}/one/operator/deployment.yaml`]).toContain(annotation);
    expect(files[`${folder}/two/deployment-crds.yaml`]).toContain(annotation);
    expect(files[`${folder}/two/operator/deployment.yaml`]).not.toContain(annotation);
  });

  describe('in a cluster that is locked down', () => {
    /** The release of an operator, with what synth and check say of it. */
    function locked(release: Partial<HelmChartReleaseProps> = {}, lockDown = true) {
      const cluster = new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
        path: './cluster-resources/flux',
        lockDown,
      });
      const chart = { chart: 'reloader', repository: REPOSITORY };
      new OperatorStack(cluster, 'reloader', {
        namespace: 'tools',
        release: { ...chart, ...release } as HelmChartReleaseProps,
      });
      const files = synthFiles(cluster);
      const { findings } = checkTree(treeOf({ ...files, ...cluster.bootstrapFiles() }), {
        settings: { lockDown },
      });
      const text = files['cluster-resources/infrastructure/reloader/operator/deployment.yaml'] ?? '';
      return { text, codes: findings.flatMap(({ code, severity }) => (severity === 'error' ? [code] : [])) };
    }

    it('acts as helm-controller, and reaches its repository', () => {
      const { text, codes } = locked();
      expect(text).toContain('  name: reloader\n  namespace: flux-system\n');
      expect(text).toContain('  targetNamespace: tools\n  releaseName: reloader\n');
      expect(text).toContain('  serviceAccountName: helm-controller\n');
      expect(codes).toEqual([]);
    });

    it('acts as the account, or in the namespace, that its author sets', () => {
      expect(locked({ serviceAccountName: 'own' }).text).toContain('  namespace: tools\n');
      expect(locked({ namespace: 'other' }).text).not.toContain('targetNamespace');
      expect(locked({ targetNamespace: 'other' }).text).toContain('  targetNamespace: other\n');
    });

    it('has its repository beside it, if it is not in flux-system', () => {
      const { text, codes } = locked({ serviceAccountName: 'own' });
      expect(text).toContain('kind: HelmRepository\nmetadata:\n  name: reloader\n  namespace: tools\n');
      expect(codes).not.toContain('cross-namespace-reference');
      expect(locked({ namespace: 'tools' }).codes).toEqual(['service-account-missing']);
      expect(locked({ namespace: 'flux-system' }).text).not.toContain('kind: HelmRepository\nmetadata');
      expect(locked({ serviceAccountName: 'own' }, false).text).not.toContain(
        'kind: HelmRepository\nmetadata',
      );
    });

    it('is in its own namespace elsewhere', () => {
      const { text } = locked({}, false);
      expect(text).toContain('  namespace: tools\n');
      expect(text).not.toContain('targetNamespace');
    });
  });

  it('needs no resources', () => {
    const cluster = homeCluster();
    new OperatorStack(cluster, 'reloader', { release: { chart: 'reloader', repository: REPOSITORY } });
    expect(Object.keys(synthFiles(cluster)).filter((path) => path.includes('/crs'))).toEqual([]);
  });
});
