import {
  Cluster,
  FluxApp,
  FluxInstance,
  GitOpsApp,
  GitRepository,
  HelmChartRelease,
  ImageAutomation,
  ManifestDirectory,
  type ClusterProps,
  type FluxInstanceProps,
} from '../../lib';
import { buildGraph } from '../../lib/graph/build-graph';
import { planApp } from '../../lib/plan/plan';
import type { ManifestObject } from '../../lib/tree/manifest';
import type { Tree } from '../../lib/tree/tree';
import { someApp } from './home-cluster';

const SYNC = {
  kind: 'OCIRepository',
  url: 'oci://ghcr.io/myorg/fleet',
  ref: { tag: 'production' },
} as const;

function clusterWith(props: Partial<ClusterProps>): Cluster {
  const app = new GitOpsApp({ outdir: 'unused' });
  const cluster = new Cluster(app, 'home', { path: './clusters/home', sync: SYNC, ...props });
  someApp(cluster, 'web');
  return cluster;
}

function planned(cluster: Cluster): { readonly tree: Tree; readonly findings: readonly string[] } {
  const { tree, findings } = planApp(cluster.node.root);
  return { tree, findings: findings.map(({ code, field, message }) => `${code} ${field ?? ''}: ${message}`) };
}

function textOf(cluster: Cluster, path: string): string {
  const { tree, findings } = planned(cluster);
  expect(findings).toEqual([]);
  return tree.get(path)?.bytes.toString('utf8') ?? '';
}

describe('a cluster that is synced from an artifact', () => {
  it('has its source and the Kustomization of its entry path in the file of flux bootstrap', () => {
    expect(textOf(clusterWith({}), 'clusters/home/flux-system/gotk-sync.yaml')).toMatchInlineSnapshot(`
      "apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata:
        name: flux-system
        namespace: flux-system
        annotations:
          kustomize.toolkit.fluxcd.io/prune: disabled
      spec:
        interval: 1m
        url: oci://ghcr.io/myorg/fleet
        ref:
          tag: production
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: flux-system
        namespace: flux-system
        annotations:
          kustomize.toolkit.fluxcd.io/prune: disabled
      spec:
        interval: 10m
        prune: true
        path: ./clusters/home
        sourceRef:
          kind: OCIRepository
          name: flux-system
      "
    `);
  });

  it('passes every field of the OCIRepository on, and fields of the Kustomization', () => {
    const sync = {
      ...SYNC,
      interval: '5m',
      insecure: true,
      secretRef: { name: 'ghcr' },
      verify: { provider: 'cosign', secretRef: { name: 'cosign-keys' } },
      kustomization: { interval: '1h', wait: true },
    } as const;
    const text = textOf(clusterWith({ sync }), 'clusters/home/flux-system/gotk-sync.yaml');
    expect(text).toContain(
      '  interval: 5m\n  url: oci://ghcr.io/myorg/fleet\n  ref:\n    tag: production\n  insecure: true\n  secretRef:\n    name: ghcr\n  verify:\n    provider: cosign\n    secretRef:\n      name: cosign-keys\n',
    );
    expect(text).toContain('  interval: 1h\n  prune: true\n  wait: true\n  path: ./clusters/home\n');
  });

  it('is the source of the FluxApps', () => {
    const text = textOf(clusterWith({}), 'clusters/home/web.yaml');
    expect(text).toContain('  sourceRef:\n    kind: OCIRepository\n    name: flux-system\n');
  });

  it('is found by check in the files alone', () => {
    const { clusters, findings } = buildGraph(planned(clusterWith({})).tree, {});
    expect(findings).toEqual([]);
    expect(clusters).toMatchObject([
      { entry: 'clusters/home', syncSource: { kind: 'OCIRepository', name: 'flux-system' } },
    ]);
  });

  it('acts as the account of its controller if Flux is locked down', () => {
    const text = textOf(clusterWith({ lockDown: true }), 'clusters/home/flux-system/gotk-sync.yaml');
    expect(text).toContain('serviceAccountName: kustomize-controller\n');
  });

  it.each<[string, Partial<ClusterProps>, string]>([
    [
      'another source beside it',
      { sourceRef: GitRepository.fromName('flux-system', 'flux-system') },
      'sync-conflict sourceRef',
    ],
    [
      'a Git repository for flux bootstrap',
      { bootstrap: { repository: { git: { url: 'ssh://git@example.com/fleet' } }, readWriteKey: true } },
      'sync-conflict bootstrap.repository',
    ],
    ['a branch', { bootstrap: { branch: 'main' } }, 'sync-conflict bootstrap.branch'],
    ['an address that is not one of an artifact', { sync: { ...SYNC, url: 'ghcr.io/fleet' } }, 'spec.url'],
    ['another kind of source', { sync: { ...SYNC, kind: 'Bucket' as never } }, 'argument-invalid sync.kind'],
    [
      'a regular expression that Go cannot read',
      { sync: { ...SYNC, verify: { matchOIDCIdentity: [{ issuer: '(?=x)', subject: '.*' }] } } },
      'spec.verify.matchOIDCIdentity[0].issuer',
    ],
  ])('fails with %s', (_, props, expected) => {
    expect(planned(clusterWith(props)).findings.join('\n')).toContain(expected);
  });

  it('fails with image automation, which commits to Git', () => {
    const cluster = clusterWith({
      bootstrap: { componentsExtra: ['image-reflector-controller', 'image-automation-controller'] },
    });
    new ImageAutomation(new FluxApp(cluster, 'images'), 'images', { author: { email: 'flux@example.com' } });
    expect(planned(cluster).findings.join('\n')).toMatch(/GitRepository/);
  });

  it('is installed by the commands that bootstrap prints, with the controllers that its objects need', () => {
    const cluster = clusterWith({ bootstrap: { version: '2.9.5', componentsExtra: ['source-watcher'] } });
    expect(cluster.bootstrapCommand()).toMatchInlineSnapshot(`
      "flux install \\
        --version=v2.9.5 \\
        --components-extra=source-watcher \\
        --export > clusters/home/flux-system/gotk-components.yaml
      kubectl apply --server-side --filename=clusters/home/flux-system/gotk-components.yaml
      kubectl wait --for=condition=Established crd --selector=app.kubernetes.io/part-of=flux
      kubectl apply --server-side --filename=clusters/home/flux-system/gotk-sync.yaml"
    `);
    expect(clusterWith({ lockDown: true }).bootstrapCommand()).toMatchInlineSnapshot(`
      "flux install \\
        --export > clusters/home/flux-system/gotk-components.yaml
      kubectl apply --server-side --kustomize=clusters/home/flux-system --selector=app.kubernetes.io/part-of=flux
      kubectl wait --for=condition=Established crd --selector=app.kubernetes.io/part-of=flux
      kubectl apply --server-side --kustomize=clusters/home/flux-system"
    `);
  });
});

function instance(given?: FluxInstanceProps, props: Partial<ClusterProps> = {}): Cluster {
  const cluster = clusterWith(props);
  new FluxInstance(cluster, 'flux', given);
  return cluster;
}

describe('a FluxInstance', () => {
  it('follows the Cluster: its sync, version, controllers and lock-down', () => {
    const cluster = instance(undefined, {
      sync: { ...SYNC, secretRef: { name: 'ghcr' }, provider: 'generic' },
      bootstrap: { version: '2.9.x', componentsExtra: ['source-watcher'] },
      lockDown: true,
    });
    expect(textOf(cluster, 'clusters/home/flux.yaml')).toMatchInlineSnapshot(`
      "apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata:
        name: flux
        namespace: flux-system
      spec:
        distribution:
          version: 2.9.x
          registry: ghcr.io/fluxcd
        components:
          - source-controller
          - kustomize-controller
          - helm-controller
          - notification-controller
          - source-watcher
        cluster:
          multitenant: true
        sync:
          kind: OCIRepository
          url: oci://ghcr.io/myorg/fleet
          ref: production
          path: clusters/home
          pullSecret: ghcr
          provider: generic
          interval: 1m
      "
    `);
    expect(planned(cluster).tree.has('clusters/home/flux-system/gotk-sync.yaml')).toBe(false);
  });

  it('patches settings that the operator has no field for', () => {
    const sync = {
      ...SYNC,
      ref: { semver: '1.x' },
      verify: {
        matchOIDCIdentity: [{ issuer: '^https://token.actions.githubusercontent.com$', subject: '^x$' }],
      },
      kustomization: { retryInterval: '1m' },
    } as const;
    const own = {
      patch: [{ op: 'add', path: '/metadata/labels/team', value: 'platform' }],
      target: { kind: 'Deployment' },
    };
    const text = textOf(instance({ kustomize: { patches: [own] } }, { sync }), 'clusters/home/flux.yaml');
    expect(text.slice(text.indexOf('  sync:'))).toMatchInlineSnapshot(`
      "  sync:
          kind: OCIRepository
          url: oci://ghcr.io/myorg/fleet
          ref: latest
          path: clusters/home
          interval: 1m
        kustomize:
          patches:
            - patch: |
                - op: add
                  path: /spec/ref
                  value:
                    semver: 1.x
                - op: add
                  path: /spec/verify
                  value:
                    matchOIDCIdentity:
                      - issuer: ^https://token.actions.githubusercontent.com$
                        subject: ^x$
              target:
                kind: OCIRepository
            - patch: |
                - op: add
                  path: /spec/retryInterval
                  value: 1m
              target:
                kind: Kustomization
            - patch: |
                - op: add
                  path: /metadata/labels/team
                  value: platform
              target:
                kind: Deployment
      "
    `);
  });

  it('passes all of the operator’s fields on', () => {
    const given: FluxInstanceProps = {
      distribution: {
        version: '2.9.x',
        registry: 'registry.example.com/fluxcd',
        variant: 'upstream-alpine',
        imagePullSecret: 'pull',
        artifact: 'oci://registry.example.com/manifests:latest',
        artifactPullSecret: 'pull',
      },
      components: ['source-controller', 'kustomize-controller'],
      cluster: { type: 'openshift', size: 'large', domain: 'example.local', networkPolicy: false },
      sharding: { key: 'example.com/shard', shards: ['a', 'b'], storage: 'persistent' },
      storage: { class: 'standard', size: '10Gi' },
      commonMetadata: { labels: { team: 'platform' } },
      migrateResources: false,
      wait: false,
      labels: { app: 'flux' },
    };
    const { tree } = planned(instance(given));
    const { spec, metadata } = tree.get('clusters/home/flux.yaml')?.documents[0]?.object as ManifestObject;
    const { labels, ...fields } = given;
    expect(spec).toMatchObject(fields);
    expect(metadata).toMatchObject({ name: 'flux', namespace: 'flux-system', labels });
  });

  it.each(['GitRepository', 'OCIRepository'] as const)('is found by check as the entry of a %s', (kind) => {
    const url = kind === 'GitRepository' ? 'https://github.com/myorg/fleet' : 'oci://ghcr.io/myorg/fleet';
    const sourceRef = { kind, name: 'fleet', namespace: 'flux-system' } as const;
    const sync = { kind, url, ref: 'refs/heads/main', name: 'fleet' } as const;
    const cluster = instance({ sync }, { sync: undefined, sourceRef });
    const { tree, findings } = planned(cluster);
    expect(findings).toEqual([]);
    expect(buildGraph(tree, {}).clusters).toMatchObject([
      { entry: 'clusters/home', syncSource: { kind, name: 'fleet' } },
    ]);
  });

  it('is in flux-system, whatever namespace the Kustomizations of the Cluster are in', () => {
    const { tree, findings } = planned(instance(undefined, { namespace: 'apps' }));
    expect(findings).toEqual([]);
    expect(tree.get('clusters/home/flux.yaml')?.documents[0]?.object.metadata?.namespace).toBe('flux-system');
  });

  it.each([
    ['flux', 0],
    ['flux-system', 1],
  ])('in another namespace, creates a source there: %s', (namespace, expected) => {
    const sourceRef = GitRepository.fromName('flux', namespace);
    const cluster = instance({ namespace: 'flux', sync: git }, { sync: undefined, sourceRef });
    expect(planned(cluster).findings).toHaveLength(expected);
  });

  it('may be in its own FluxApp', () => {
    const cluster = clusterWith({});
    new FluxInstance(new FluxApp(cluster, 'flux'), 'instance', {});
    expect(cluster.bootstrapCommand()).toMatch(
      /kubectl apply --filename=clusters\/flux\/instance.yaml$|flux\/instance\.yaml$/,
    );
  });

  it('is installed by the Flux Operator', () => {
    expect(instance().bootstrapCommand()).toMatchInlineSnapshot(`
      "helm upgrade --install flux-operator oci://ghcr.io/controlplaneio-fluxcd/charts/flux-operator \\
        --namespace=flux-system \\
        --create-namespace \\
        --wait
      kubectl apply --filename=clusters/home/flux.yaml"
    `);
    expect(instance(undefined, { lockDown: true }).bootstrapKustomization()).toBeUndefined();
  });

  it('leads to a warning about a controller that it does not name', () => {
    const cluster = instance({ components: ['source-controller', 'kustomize-controller'] });
    const app = new FluxApp(cluster, 'podinfo', { namespace: 'podinfo', createNamespace: true });
    new HelmChartRelease(app, 'podinfo', { chart: 'podinfo', repository: 'https://example.com' });
    const found = planApp(cluster.node.root).findings.find(({ code }) => code === 'component-missing');
    expect(found?.hint).toBe('add "helm-controller" to components of the FluxInstance');
  });

  const git = {
    kind: 'GitRepository',
    url: 'https://github.com/myorg/fleet',
    ref: 'refs/heads/main',
  } as const;
  it.each<[string, FluxInstanceProps, string]>([
    ['an artifact without oci://', { distribution: { artifact: 'ghcr.io/x' } }, 'distribution.artifact'],
    ['no shard', { sharding: { shards: [] } }, 'sharding.shards: got no shard'],
    ['a shard twice', { sharding: { shards: ['a', 'a'] } }, 'sharding.shards: got a shard twice'],
    [
      'a persistent shard without a volume',
      { sharding: { shards: ['a'], storage: 'persistent' } },
      'sharding.storage',
    ],
    ['an unknown controller', { components: ['helm' as never] }, 'components: got "helm"'],
    [
      'a lock-down of identities that objects cannot have',
      { cluster: { multitenantWorkloadIdentity: true } },
      'cluster.multitenantWorkloadIdentity',
    ],
    ['an unknown size', { cluster: { size: 'huge' as never } }, 'argument-invalid cluster.size'],
    ['a sync beside that of the Cluster', { sync: git }, 'sync-conflict sync'],
    ['a namespace that is not that of the source', { namespace: 'flux' }, 'sync-conflict namespace'],
  ])('fails with %s', (_, given, expected) => {
    expect(planned(instance(given)).findings.join('\n')).toContain(expected);
  });

  it.each<[string, FluxInstanceProps['sync'], string]>([
    [
      'an address of another kind',
      { ...git, url: 'oci://ghcr.io/fleet' },
      'sync.url: got "oci://ghcr.io/fleet"',
    ],
    ['an identity of another kind', { ...git, provider: 'gcp' as never }, 'sync.provider: got "gcp"'],
    [
      'another kind than the FluxApps',
      { ...git, kind: 'OCIRepository', url: 'oci://x/y' },
      'sync-conflict sync',
    ],
    ['another name than the FluxApps', { ...git, name: 'fleet' }, 'sync-conflict sync'],
  ])('fails with a sync with %s', (_, sync, expected) => {
    expect(planned(instance({ sync }, { sync: undefined })).findings.join('\n')).toContain(expected);
  });

  it('fails if Flux would refuse the source that the operator creates', () => {
    const sync = { ...SYNC, verify: { provider: 'gpg' as never } };
    expect(() => planned(instance(undefined, { sync }))).not.toThrow();
    expect(planned(instance(undefined, { sync })).findings.join('\n')).toContain('spec.verify.provider');
  });

  it('fails outside a cluster', () => {
    const app = new GitOpsApp({ outdir: 'unused' });
    const folder = new ManifestDirectory(app, 'base', { path: './base' });
    expect(() => new FluxInstance(folder, 'flux')).toThrow('cluster-missing');
  });
});
