import { ApiObject } from 'cdk8s';
import {
  ArtifactGenerator,
  Cluster,
  FluxApp,
  GitOpsApp,
  GitRepository,
  ImageAutomation,
  ImageRepository,
  HelmChartRelease,
  type ClusterBootstrap,
  type FluxAppProps,
} from '../../lib';
import type { Finding } from '../../lib/findings/finding';
import type { PlainMap } from '../../lib/plain/plain-data';
import { planApp } from '../../lib/plan/plan';

const EXTRAS = ['image-reflector-controller', 'image-automation-controller'] as const;
const github = { owner: 'myorg', repository: 'fleet-infra' };

function clusterWith(bootstrap?: ClusterBootstrap): Cluster {
  return new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
    path: './cluster-resources/flux',
    bootstrap,
  });
}

function imagesIn(cluster: Cluster, sourceRef?: { kind: 'GitRepository'; name: string }): void {
  const author = { email: 'flux@example.com' };
  const app = new FluxApp(cluster, 'image-automation');
  const images = new ImageAutomation(app, 'images', { author, sourceRef });
  images.follow('podinfo', { image: 'ghcr.io/org/podinfo', policy: { semver: { range: '*' } } });
}

function findingsOf(cluster: Cluster): readonly Finding[] {
  return planApp(cluster.node.root).findings;
}

describe('the command that installs Flux', () => {
  it('has the path as given, and nothing unnecessary', () => {
    expect(clusterWith({ repository: { github } }).bootstrapCommand()).toBe(
      'flux bootstrap github \\\n  --owner=myorg \\\n  --repository=fleet-infra \\\n  --branch=main \\\n  --path=./cluster-resources/flux',
    );
  });

  it('has the controllers and the key that image automation needs', () => {
    const cluster = clusterWith({ repository: { github } });
    imagesIn(cluster);
    expect(cluster.bootstrapCommand()).toMatch(
      / \\\n {2}--components-extra=image-reflector-controller,image-automation-controller \\\n {2}--read-write-key$/,
    );
  });

  it.each<[string, ClusterBootstrap, string]>([
    [
      'GitLab on a host of one’s own',
      {
        repository: { gitlab: { ...github, hostname: 'git.example.com' } },
        branch: 'prod',
        version: '2.9.5',
      },
      'flux bootstrap gitlab --hostname=git.example.com --owner=myorg --repository=fleet-infra --branch=prod --path=./cluster-resources/flux --version=v2.9.5',
    ],
    [
      'a public repository of a user',
      { repository: { gitea: { ...github, personal: true, private: false } }, tokenAuth: true },
      'flux bootstrap gitea --owner=myorg --repository=fleet-infra --personal --private=false --branch=main --path=./cluster-resources/flux --token-auth',
    ],
    [
      'a key that is given',
      {
        repository: { git: { url: 'ssh://git@example.com/a b', privateKeyFile: 'key' } },
        readWriteKey: true,
      },
      "flux bootstrap git --url='ssh://git@example.com/a b' --private-key-file=key --branch=main --path=./cluster-resources/flux",
    ],
    [
      'fewer controllers',
      { components: ['source-controller', 'kustomize-controller'], componentsExtra: ['source-watcher'] },
      "flux bootstrap git --url='ssh://git@<host>/<owner>/<repository>' --branch=main --path=./cluster-resources/flux --components=source-controller,kustomize-controller --components-extra=source-watcher",
    ],
  ])('is right for %s', (_, bootstrap, line) => {
    expect(clusterWith(bootstrap).bootstrapCommand().replaceAll(' \\\n  ', ' ')).toBe(line);
  });
});

describe('the stated bootstrap of a cluster', () => {
  it('is sufficient', () => {
    const cluster = clusterWith({ componentsExtra: EXTRAS, readWriteKey: true });
    imagesIn(cluster);
    expect(findingsOf(cluster)).toEqual([]);
  });

  it('leads to a warning about missing controllers, and about a read-only key', () => {
    const cluster = clusterWith();
    imagesIn(cluster);
    expect(findingsOf(cluster)).toMatchObject([
      {
        code: 'component-missing',
        severity: 'warning',
        message: 'an object needs the "image-automation-controller", which the cluster does not list',
        locations: [{ constructPath: 'home' }, { constructPath: 'home/image-automation/images/Automation' }],
      },
      {
        code: 'component-missing',
        message: '2 objects need the "image-reflector-controller", which the cluster does not list',
      },
      {
        code: 'write-key-missing',
        severity: 'warning',
        hint: expect.stringContaining('cdk8s-flux bootstrap home') as string,
      },
    ]);
  });

  it('leads to a warning about the source-watcher, also for raw objects', () => {
    const cluster = clusterWith({ components: ['source-controller', 'kustomize-controller'] });
    const app = new FluxApp(cluster, 'raw');
    new ArtifactGenerator(app, 'generator', {
      sources: [{ alias: 'repo', ...GitRepository.fromName('repo') }],
      artifacts: [{ name: 'a', copy: [{ from: '@repo/**', to: '@artifact/' }] }],
    });
    new ApiObject(app, 'alert', {
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
      kind: 'Provider',
      metadata: { name: 'slack' },
      spec: { type: 'slack', secretRef: { name: 'slack' } },
    });
    const missing = findingsOf(cluster).filter(({ code }) => code === 'component-missing');
    expect(missing.map(({ message }) => /"(.*)"/.exec(message)?.[1])).toEqual([
      'source-watcher',
      'notification-controller',
    ]);
  });

  it.each<[string, ClusterBootstrap]>([
    ['a token', { tokenAuth: true, componentsExtra: EXTRAS }],
    ['a key that was given', { repository: { git: { url: 'ssh://x/y' } }, componentsExtra: EXTRAS }],
  ])('says nothing about the rights of %s', (_, bootstrap) => {
    const cluster = clusterWith(bootstrap);
    imagesIn(cluster);
    expect(findingsOf(cluster)).toEqual([]);
  });

  it('need not have a key for another repository', () => {
    const cluster = clusterWith({ componentsExtra: EXTRAS });
    imagesIn(cluster, { kind: 'GitRepository', name: 'apps' });
    expect(findingsOf(cluster)).toEqual([]);
  });

  it.each([
    ['2.8.1', []],
    ['2.9.5', ['removed-api']],
  ])('sets the version for the checks of objects: %s', (version, codes) => {
    const cluster = clusterWith({ version, componentsExtra: EXTRAS });
    new ApiObject(new FluxApp(cluster, 'old'), 'policy', {
      apiVersion: 'image.toolkit.fluxcd.io/v1beta2',
      kind: 'ImagePolicy',
      metadata: { name: 'a' },
      spec: { imageRepositoryRef: { name: 'a' }, policy: { semver: { range: '*' } } },
    });
    expect(findingsOf(cluster).map(({ code }) => code)).toEqual(codes);
  });

  it('is used for each cluster separately', () => {
    const app = new GitOpsApp({ outdir: 'unused' });
    for (const id of ['eu', 'us']) {
      const bootstrap = id === 'eu' ? { componentsExtra: EXTRAS } : undefined;
      const cluster = new Cluster(app, id, { path: `clusters/${id}/flux`, bootstrap });
      const images = new FluxApp(cluster, 'images');
      new ImageRepository(images, 'app', { image: 'ghcr.io/org/app', interval: '5m' });
    }
    expect(planApp(app).findings.map(({ locations }) => locations[0]?.constructPath)).toEqual(['us']);
  });
});

describe('a locked-down cluster', () => {
  it('names the required kustomization of bootstrap, which other clusters do not need', () => {
    const locked = new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
      path: './c/home',
      lockDown: true,
    });
    const text = locked.bootstrapKustomization() ?? '';
    for (const flag of [
      'no-cross-namespace-refs=true',
      'no-remote-bases=true',
      'default-service-account=default',
    ])
      expect(text).toContain(`value: --${flag}\n`);
    expect(text).toContain('path: /spec/serviceAccountName\n        value: kustomize-controller\n');
    expect(clusterWith().bootstrapKustomization()).toBeUndefined();
  });

  it('makes objects in flux-system act as their controller, unless they set another account', () => {
    const cluster = new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
      path: './c/home',
      lockDown: true,
    });
    const account = (props: FluxAppProps, release: { namespace?: string } = {}): unknown[] => {
      const app = new FluxApp(cluster, `app${cluster.node.children.length}`, props);
      const chart = { chart: 'c', repository: 'https://example.com', ...release };
      const { release: made } = new HelmChartRelease(app, 'r', chart);
      return [app.kustomization, made].map(
        (object) => (object?.toJson().spec as PlainMap).serviceAccountName,
      );
    };
    expect(account({})).toEqual(['kustomize-controller', 'helm-controller']);
    expect(account({ serviceAccountName: 'own' }, { namespace: 'web' })).toEqual(['own', undefined]);
    const kubeConfig = { secretRef: { name: 'far' } };
    expect(account({ kubeConfig })).toEqual([undefined, 'helm-controller']);
    // The FluxApp moves what is in it to another namespace, or back.
    expect(account({ targetNamespace: 'web' })).toEqual(['kustomize-controller', undefined]);
    expect(account({ kustomize: { namespace: 'web' } })).toEqual(['kustomize-controller', undefined]);
    const moved = { targetNamespace: 'flux-system', kustomize: { namespace: 'web' } };
    expect(account(moved, { namespace: 'web' })).toEqual(['kustomize-controller', 'helm-controller']);
    expect(new FluxApp(clusterWith(), 'a').kustomization?.toJson().spec).not.toHaveProperty(
      'serviceAccountName',
    );
  });
});
