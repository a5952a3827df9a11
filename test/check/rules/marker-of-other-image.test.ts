import { bootstrap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object } from '../small-repositories';

const GROUP = 'image.toolkit.fluxcd.io/v1';

describe('marker-of-other-image', () => {
  const CODE = 'marker-of-other-image';
  const policyOf = (name: string, image: string, namespace = 'flux-system') =>
    object(GROUP, 'ImageRepository', name, namespace, `spec: { interval: 1h, image: "${image}" }`) +
    object(
      GROUP,
      'ImagePolicy',
      name,
      namespace,
      `spec: { policy: { semver: { range: 1.x } }, imageRepositoryRef: { name: ${name} } }`,
    );
  const policies =
    policyOf('web', 'ghcr.io/acme/web') +
    policyOf('api', 'ghcr.io/acme/api') +
    policyOf('cache', 'redis') +
    policyOf('proxy', 'registry.local:5000/proxy');
  const told = (image: string, marker: string, more = policies) =>
    lines(CODE, {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'clusters/prod/images.yaml': more,
      'apps/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: default }\nspec:\n  containers:\n    - name: a\n      image: ${image} # {"$imagepolicy": "${marker}"}\n`,
    });

  it('reports the image that Flux would write, and the policy of this one', () => {
    expect(told('ghcr.io/acme/api:1.0', 'flux-system:web')).toEqual([
      line(
        'warning at apps/pod.yaml:7 (  ) the ImagePolicy of the marker is for "ghcr.io/acme/web"',
        'so Flux replaces the image "ghcr.io/acme/api" with that one',
        '=> name the policy of this image: "flux-system:api"',
      ),
    ]);
  });

  it.each([
    ['of the policy', 'ghcr.io/acme/web:1.0', 'flux-system:web', 0],
    ['with a digest', 'ghcr.io/acme/api:1.0@sha256:abc', 'flux-system:web', 1],
    ['in quotes', '"ghcr.io/acme/api:1.0"', 'flux-system:web', 1],
    ['without a tag', 'ghcr.io/acme/api', 'flux-system:web', 1],
    ['whose name is marked', 'ghcr.io/acme/api', 'flux-system:web:name', 1],
    ['whose tag is marked', 'ghcr.io/acme/api:1.0', 'flux-system:web:tag', 0],
    ['of Docker Hub', 'redis:7', 'flux-system:web', 1],
    ['of Docker Hub, in full', 'docker.io/library/redis:7', 'flux-system:web', 1],
    ['of Docker Hub, in another way', 'index.docker.io/library/redis:7', 'flux-system:web', 1],
    ['of an organization there', 'acme/redis:7', 'flux-system:web', 0],
    ['of a registry with a port', 'registry.local:5000/proxy:2', 'flux-system:web', 1],
    ['from a mirror', 'mirror.example.com/acme/web:1.0', 'flux-system:web', 0],
    ['without a policy', 'ghcr.io/acme/other:1.0', 'flux-system:web', 0],
    ['with a variable', '${registry}/api:1.0', 'flux-system:web', 0],
    ['whose policy does not exist', 'ghcr.io/acme/api:1.0', 'flux-system:none', 0],
  ])('counts for an image %s', (_, image, marker, count) => {
    expect(told(image, marker)).toHaveLength(count);
  });

  it('reads addresses of any length', () => {
    expect(told(`${'index.docker.io/'.repeat(20_000)}api:1.0`, 'flux-system:web')).toEqual([]);
  });

  it('does not report an image that moves to another registry', () => {
    const both = policyOf('old', 'docker.io/acme/web') + policies;
    expect(told('docker.io/acme/web:1.0', 'flux-system:web', both)).toEqual([]);
  });

  it('reports nothing if the policy is for this image in another cluster', () => {
    const second = Object.entries(bootstrap).map(([path, text]) => [
      path.replace('clusters/prod', 'clusters/test'),
      text.replaceAll('clusters/prod', 'clusters/test'),
    ]);
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: default }\nspec:\n  containers:\n    - name: a\n';
    const image = '      image: ghcr.io/acme/api:1.0 # {"$imagepolicy": "flux-system:web"}\n';
    const files = (other: string) => ({
      ...(Object.fromEntries(second) as Record<string, string>),
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps') + policies,
      'clusters/test/apps.yaml': fluxKustomization('apps', './apps') + policyOf('web', other),
      'apps/pod.yaml': pod + image,
    });
    expect(lines(CODE, files('ghcr.io/acme/api'))).toEqual([]);
    expect(lines(CODE, files('ghcr.io/acme/web'))).toHaveLength(1);
  });

  it('names each policy of the image', () => {
    const two = policyOf('api-beta', 'ghcr.io/acme/api', 'beta') + policies;
    expect(told('ghcr.io/acme/api:1.0', 'flux-system:web', two)).toEqual([
      line('"beta:api-beta" or "flux-system:api"'),
    ]);
  });
});
