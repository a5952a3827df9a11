import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  Cluster,
  FluxApp,
  GitOpsApp,
  GitRepository,
  HelmChartRelease,
  ImageAutomation,
  type ImagePart,
} from '../../lib';
import { planApp } from '../../lib/plan/plan';
import { snapshotOf } from '../../lib/testing';
import { Repository, removeRepositories } from '../publish/repository';
import { describeWithGo } from '../yaml/go-oracle';
import { homeCluster } from './home-cluster';

afterAll(removeRepositories);

const author = { name: 'Flux', email: 'flux@example.com' };

function automation(app: FluxApp): ImageAutomation {
  return new ImageAutomation(app, 'images', { author, branch: 'main' });
}

describe('ImageAutomation', () => {
  it('is one file: the followed images, and the automation that commits their tags', () => {
    const app = new FluxApp(homeCluster(), 'image-automation');
    automation(app).follow('podinfo', {
      image: 'ghcr.io/stefanprodan/podinfo',
      policy: { semver: { range: '6.x' } },
    });
    expect(snapshotOf(app)['images.yaml']).toMatchInlineSnapshot(`
     "apiVersion: image.toolkit.fluxcd.io/v1
     kind: ImageUpdateAutomation
     metadata:
       name: images
       namespace: flux-system
     spec:
       interval: 30m
       sourceRef:
         kind: GitRepository
         name: flux-system
       git:
         checkout:
           ref:
             branch: main
         commit:
           author:
             name: Flux
             email: flux@example.com
           messageTemplate: |
             chore(images): update images

             {{ range .Changed.Changes -}}
             - {{ .OldValue }} -> {{ .NewValue }}
             {{ end -}}
       update:
         path: ./cluster-resources
         strategy: Setters
     ---
     apiVersion: image.toolkit.fluxcd.io/v1
     kind: ImageRepository
     metadata:
       name: podinfo
       namespace: flux-system
     spec:
       image: ghcr.io/stefanprodan/podinfo
       interval: 5m
     ---
     apiVersion: image.toolkit.fluxcd.io/v1
     kind: ImagePolicy
     metadata:
       name: podinfo
       namespace: flux-system
     spec:
       imageRepositoryRef:
         name: podinfo
       policy:
         semver:
           range: 6.x
     "
    `);
  });

  it('updates only the folder around what the cluster runs', () => {
    const path = (props: { path: string; directory?: string }): string => {
      const cluster = new Cluster(new GitOpsApp({ outdir: 'unused' }), 'eu', props);
      const app = new FluxApp(cluster, 'images');
      automation(app);
      return /path: (\S+)/.exec(snapshotOf(app)['images.yaml'] as string)?.[1] as string;
    };
    expect(path({ path: 'cluster-resources/eu/flux' })).toBe('./cluster-resources/eu');
    expect(path({ path: 'clusters/eu', directory: 'clusters/apps' })).toBe('./clusters');
    expect(path({ path: 'clusters/eu', directory: 'apps/eu' })).toBe('./');
  });

  it('commits to the given branch, signed', () => {
    const app = new FluxApp(homeCluster(), 'images');
    new ImageAutomation(app, 'images', {
      author,
      push: { branch: 'image-updates' },
      signingKey: { secretRef: { name: 'signing-key' }, type: 'ssh' },
      sourceRef: GitRepository.fromName('fleet'),
      path: './apps',
      messageTemplate: '{{ range .Changed.Changes }}{{ .NewValue }} {{ end }}',
    });
    const text = snapshotOf(app)['images.yaml'] as string;
    expect(text).toContain('    push:\n      branch: image-updates\n');
    expect(text).toContain(
      '      signingKey:\n        secretRef:\n          name: signing-key\n        type: ssh\n',
    );
    expect(text).toContain('    name: fleet\n');
    expect(text).toContain('    path: ./apps\n');
  });

  it('fails if the cluster is not synced from Git', () => {
    const cluster = new Cluster(new GitOpsApp({ outdir: 'unused' }), 'home', {
      path: 'cluster-resources/flux',
      sourceRef: { kind: 'OCIRepository', name: 'flux-system' },
    });
    const app = new FluxApp(cluster, 'images');
    automation(app);
    expect(planApp(app.node.root).findings.map(({ code }) => code)).toContain('image-source-invalid');
  });
});

/** A cluster in which images are in every place where they may be. */
function clusterWithImages(replicas: number, tag = '6.9.0'): Cluster {
  const cluster = homeCluster();
  const images = automation(new FluxApp(cluster, 'image-automation'));
  const policy = images.follow('podinfo', {
    image: 'ghcr.io/org/app',
    policy: { semver: { range: '>=1.0.0' } },
  });
  const image = (part?: ImagePart): string => {
    if (part === 'name') return policy.image('ghcr.io/org/app', part);
    return policy.image(part === 'tag' ? tag : `ghcr.io/org/app:${tag}`, part);
  };
  const app = new FluxApp(cluster, 'web', {
    namespace: 'default',
    images: [{ name: 'app', newName: image('name'), newTag: image('tag') }],
  });
  new kplus.Deployment(app, 'deployment', {
    replicas,
    containers: [{ name: 'main', image: image() }],
    initContainers: [{ name: 'init', image: image() }],
  });
  new HelmChartRelease(app, 'release', {
    chart: 'app',
    repository: 'https://example.com/charts',
    values: {
      image: { repository: image('name'), tag: image('tag') },
      sidecars: [{ image: image() }, [image()]],
      script: '#!/bin/sh\necho "it\'s"   \n\tdone\n',
      replicas,
      'odd: key': 'yes',
      empty: {},
    },
  });
  const metadata = { name: 'raw', annotations: { note: '# no comment' } };
  new ApiObject(app, 'raw', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { image: image(), n: `${replicas}` },
  });
  return cluster;
}

const TAGS = { app: '6.10.0', number: '1.10' };

describeWithGo('an image that image automation updated', (go) => {
  /** A repository after image automation has changed it, with the library that it uses. */
  function updated(tag: string): Repository {
    const repository = new Repository('cluster-resources');
    repository.publish({}, { tree: planApp(clusterWithImages(1).node.root).tree });
    const files = Object.entries(repository.snapshot()).filter(([, text]) => text.includes('$imagepolicy'));
    expect(files.map(([path]) => path)).toEqual([
      'cluster-resources/flux/web.yaml',
      'cluster-resources/web/deployment.yaml',
      'cluster-resources/web/raw.yaml',
      'cluster-resources/web/release.yaml',
    ]);
    const setters = {
      'flux-system:podinfo': `ghcr.io/org/app:${tag}`,
      'flux-system:podinfo:name': 'ghcr.io/org/app',
      'flux-system:podinfo:tag': tag,
    };
    const rewritten = go.rewrite(files.map(([, text]) => ({ text, setters })));
    files.forEach(([path], index) => repository.write(path, rewritten[index] as string));
    return repository;
  }

  it.each(Object.entries(TAGS))('stays, whatever its form: %s', (_, tag) => {
    const repository = updated(tag);
    const before = repository.snapshot();
    const result = repository.publish({}, { tree: planApp(clusterWithImages(1).node.root).tree });
    expect(result).toMatchObject({ written: [], removed: [], findings: [] });
    expect(repository.snapshot()).toEqual(before);
  });

  it.each(Object.entries(TAGS))('stays if other fields change: %s', (_, tag) => {
    const repository = updated(tag);
    const before = repository.read('cluster-resources/flux/web.yaml');
    const result = repository.publish({}, { tree: planApp(clusterWithImages(3).node.root).tree });
    expect(result.findings).toEqual([]);
    expect(repository.read('cluster-resources/web/deployment.yaml')).toContain('replicas: 3\n');
    for (const file of ['deployment', 'raw', 'release']) {
      const text = repository.read(`cluster-resources/web/${file}.yaml`);
      expect(text).toContain(`ghcr.io/org/app:${tag} # {"$imagepolicy": "flux-system:podinfo"}\n`);
      expect(text).not.toContain('6.9.0');
    }
    expect(repository.read('cluster-resources/flux/web.yaml')).toBe(before);
  });

  it('is replaced by a tag that the code changed', () => {
    const repository = updated(TAGS.app);
    repository.publish({}, { tree: planApp(clusterWithImages(1, '7.0.0').node.root).tree });
    expect(repository.read('cluster-resources/web/raw.yaml')).toContain('ghcr.io/org/app:7.0.0 #');
    expect(repository.read('cluster-resources/flux/web.yaml')).toContain('newTag: 7.0.0 #');
  });
});
