import { ApiObject, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluxApp, GitRepository, ImagePolicy, ImageRepository, ImageUpdateAutomation } from '../../lib';
import { snapshotOf } from '../../lib/testing';
import { homeCluster } from '../delivery/home-cluster';

const IMAGE = 'ghcr.io/stefanprodan/podinfo:6.9.0';

function podinfoPolicy(scope: FluxApp): ImagePolicy {
  const repository = new ImageRepository(scope, 'podinfo-images', {
    name: 'podinfo',
    image: 'ghcr.io/stefanprodan/podinfo',
    interval: '5m',
  });
  return new ImagePolicy(scope, 'podinfo-policy', {
    name: 'podinfo',
    imageRepositoryRef: repository,
    policy: { semver: { range: '>=1.0.0' } },
  });
}

describe('image automation', () => {
  it('marks a container of cdk8s-plus', () => {
    const app = new FluxApp(homeCluster(), 'podinfo');
    const policy = podinfoPolicy(app);
    new kplus.Deployment(app, 'web', {
      metadata: { namespace: 'default' },
      containers: [{ image: policy.image(IMAGE), portNumber: 9898 }],
    });
    expect(snapshotOf(app)['web.yaml']).toContain(
      `image: ${IMAGE} # {"$imagepolicy": "flux-system:podinfo"}\n`,
    );
    expect(snapshotOf(app)['podinfo-policy.yaml']).toContain('  imageRepositoryRef:\n    name: podinfo\n');
  });

  it('marks parts of an image in any field', () => {
    const app = new FluxApp(homeCluster(), 'podinfo');
    const policy = podinfoPolicy(app);
    new ApiObject(app, 'values', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        namespace: 'default',
        annotations: { 'image/name': policy.image('ghcr.io/stefanprodan/podinfo', 'name') },
      },
      data: { tag: policy.image('6.9.0', 'tag') },
    });
    const text = snapshotOf(app)['values.yaml'];
    expect(text).toContain(
      'image/name: ghcr.io/stefanprodan/podinfo # {"$imagepolicy": "flux-system:podinfo:name"}\n',
    );
    expect(text).toContain('tag: 6.9.0 # {"$imagepolicy": "flux-system:podinfo:tag"}\n');
  });

  it('has plain text in objects that cdk8s renders itself', () => {
    const app = new FluxApp(homeCluster(), 'podinfo');
    const image = podinfoPolicy(app).image(IMAGE);
    new kplus.Deployment(app, 'web', { containers: [{ image }] });
    const deployment = Testing.synth(app).find((object) => object.kind === 'Deployment');
    expect(deployment.spec.template.spec.containers[0].image).toBe(IMAGE);
  });

  it('has the second article’s automation, converted to the v1 API', () => {
    const app = new FluxApp(homeCluster(), 'images');
    new ImageUpdateAutomation(app, 'fleet-image-updates', {
      interval: '1m',
      sourceRef: GitRepository.fromName('fleet-infra'),
      git: {
        checkout: { ref: { branch: 'main' } },
        commit: {
          author: { email: 'fluxcdbot@myorg.com', name: 'Flux CD Bot' },
          messageTemplate:
            'chore(image): update {{range .Changed.Changes}}{{.OldValue}} to {{.NewValue}} {{end}}',
          signingKey: { secretRef: { name: 'signing-key' } },
        },
        push: { branch: 'main' },
      },
      update: { path: './apps', strategy: 'Setters' },
    });
    expect(snapshotOf(app)['fleet-image-updates.yaml']).toMatchInlineSnapshot(`
     "apiVersion: image.toolkit.fluxcd.io/v1
     kind: ImageUpdateAutomation
     metadata:
       name: fleet-image-updates
       namespace: flux-system
     spec:
       interval: 1m
       sourceRef:
         kind: GitRepository
         name: fleet-infra
       git:
         checkout:
           ref:
             branch: main
         commit:
           author:
             email: fluxcdbot@myorg.com
             name: Flux CD Bot
           messageTemplate: "chore(image): update {{range .Changed.Changes}}{{.OldValue}} to {{.NewValue}} {{end}}"
           signingKey:
             secretRef:
               name: signing-key
         push:
           branch: main
       update:
         path: ./apps
         strategy: Setters
     "
    `);
  });
});
