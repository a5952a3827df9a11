import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GitOpsApp } from '../lib';
import { fluxMatchers, fluxSerializer } from '../lib/testing';

expect.extend(fluxMatchers);
expect.addSnapshotSerializer(fluxSerializer);

const ROOT = join(__dirname, '..');
const apps = new Map<string, GitOpsApp>();

/** The app of the `main.ts` in a folder, not yet synthesized. Its files are looked for in that folder. */
function appOf(folder: string): GitOpsApp {
  jest.spyOn(process, 'cwd').mockReturnValue(join(ROOT, folder));
  const synth = jest.spyOn(GitOpsApp.prototype, 'synth').mockImplementation(function (this: GitOpsApp) {
    apps.set(folder, this);
  });
  // A module is run once.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it is known by its folder alone
  require(join(ROOT, folder, 'main.ts'));
  synth.mockRestore();
  return apps.get(folder) as GitOpsApp;
}

afterEach(() => jest.restoreAllMocks());

describe('main.ts', () => {
  it('has the reviewed summary', () => {
    expect(appOf('.')).toMatchInlineSnapshot(`
     anton: cluster-resources/flux
       external-secrets
         Kustomization flux-system/external-secrets-crds: ./deploy/crds external-secrets-crds
         GitRepository flux-system/external-secrets-crds: https://github.com/external-secrets/external-secrets tag v0.20.4
         Namespace external-secrets
         HelmRepository flux-system/external-secrets
         Secret external-secrets/vault-token
         crs (Kustomization external-secrets-crs; after external-secrets-operator)
           ClusterSecretStore vault
         operator (Kustomization external-secrets-operator; after external-secrets-crds)
           HelmRelease external-secrets/external-secrets: chart external-secrets 0.20.4
       podinfo
         GitRepository default/podinfo: https://github.com/stefanprodan/podinfo branch master
         Kustomization default/podinfo: ./kustomize podinfo
         Secret default/podinfo-secret
       podinfo-helm
         OCIRepository podinfo/podinfo: oci://ghcr.io/stefanprodan/charts/podinfo tag 6.9.2
         HelmRelease podinfo/podinfo: chart of OCIRepository podinfo
         Namespace podinfo
    `);
  });

  it('starts what needs the secret store after it', () => {
    expect(appOf('.')).toReconcileBefore('external-secrets-operator', 'external-secrets-crs');
  });

  it('has secrets that Flux can decrypt', () => {
    expect(appOf('.')).toBeDecryptable();
  });
});

describe('the reviewed summaries of the examples', () => {
  it('cross-namespace', () =>
    expect(appOf('examples/cross-namespace')).toMatchInlineSnapshot(`
     production: cluster-resources/flux
       config (Kustomization app-config; after vault-secrets)
         ConfigMap settings
    `));
  it('dependency-chain', () =>
    expect(appOf('examples/dependency-chain')).toMatchInlineSnapshot(`
     production: cluster-resources/flux
       applications (after infrastructure)
         Deployment shop/shop: ghcr.io/stefanprodan/podinfo:6.9.2
         ConfigMap shop/settings
         Service shop/shop-service
       base (Kustomization infrastructure; after operators)
         Cluster shop/shop
         Namespace shop
       crds
         GitRepository flux-system/cnpg: https://github.com/cloudnative-pg/cloudnative-pg tag v1.27.0
         Kustomization flux-system/cnpg: ./config/crd cnpg
       operators (after crds)
         HelmRelease cnpg-system/cnpg: chart cloudnative-pg 0.26.0
         Namespace cnpg-system
         HelmRepository cnpg-system/cnpg
    `));
  it('image-automation', () =>
    expect(appOf('examples/image-automation')).toMatchInlineSnapshot(`
     production: cluster-resources/flux
       image-updates
         ImagePolicy flux-system/payment-service: range >=1.0.0
         ImagePolicy flux-system/ledger: range 2.x
         ImageUpdateAutomation flux-system/fleet-image-updates
         ImageRepository flux-system/payment-service, flux-system/ledger
       payments
         OCIRepository payment/ledger: oci://ghcr.io/myorg/charts/ledger tag 1.4.0
         HelmRelease payment/ledger: chart of OCIRepository ledger
         Deployment payment/payment-service: ghcr.io/myorg/payment-service:1.3.2
         Namespace payment
    `));
  it('migration', () =>
    expect(appOf('examples/migration')).toMatchInlineSnapshot(`
     production: cluster-resources/flux
       backend (after database-migration)
         Deployment default/backend: ghcr.io/stefanprodan/podinfo:6.9.2
         Service default/backend
       database-migration
         Job default/migrate: ghcr.io/stefanprodan/podinfo:6.9.2
    `));
  it('parallel-groups', () =>
    expect(appOf('examples/parallel-groups')).toMatchInlineSnapshot(`
     production: cluster-resources/flux
       app-a (after monitoring, logging)
         Deployment app-a/app-a: ghcr.io/stefanprodan/podinfo:6.9.2
         Service app-a/app-a
         Namespace app-a
       app-b (after monitoring, logging)
         Deployment app-b/app-b: ghcr.io/stefanprodan/podinfo:6.9.2
         Service app-b/app-b
         Namespace app-b
       crds
         GitRepository flux-system/prometheus-operator: https://github.com/prometheus-operator/prometheus-operator tag v0.86.2
         Kustomization flux-system/prometheus-operator: ./example/prometheus-operator-crd prometheus-operator
       logging (after crds)
         HelmRelease logging/loki: chart loki 6.46.0
         Namespace logging
         HelmRepository logging/loki
       monitoring (after crds)
         OCIRepository monitoring/kube-prometheus-stack: oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack tag 79.5.0
         HelmRelease monitoring/kube-prometheus-stack: chart of OCIRepository kube-prometheus-stack
         Namespace monitoring
    `));
  it('three-tier', () =>
    expect(appOf('examples/three-tier')).toMatchInlineSnapshot(`
     production: cluster-resources/flux
       backend (Kustomization production-backend; after production-config)
         Deployment production/backend: ghcr.io/stefanprodan/podinfo:6.9.2
         Service production/backend
       config (Kustomization production-config; after production-infrastructure)
         ConfigMap production/settings
       frontend (Kustomization production-frontend; after production-backend)
         Deployment production/frontend: nginxinc/nginx-unprivileged:1.29
         Service production/frontend
       infrastructure (Kustomization production-infrastructure; after production-namespace)
         StatefulSet production/postgres: postgres:18.1
         Deployment production/redis: redis:8.4
         Service production/postgres, production/redis-service
       namespace (Kustomization production-namespace)
         Namespace production
    `));
});

const withMain = readdirSync(join(ROOT, 'examples')).filter((name) =>
  existsSync(join(ROOT, 'examples', name, 'main.ts')),
);
describe.each(['.', ...withMain.map((name) => `examples/${name}`)])('the app of %s', (folder) => {
  it('has no finding', () => expect(appOf(folder)).toHaveNoFindings());
});
