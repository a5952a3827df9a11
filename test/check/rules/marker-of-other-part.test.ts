import { fluxKustomization } from '../../graph/tree-of';
import { line, lines } from '../small-repositories';

describe('marker-of-other-part', () => {
  const told = (field: string, part = '') =>
    lines('marker-of-other-part', {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/map.yaml': `apiVersion: v1\nkind: Custom\nmetadata: { name: a, namespace: default }\nspec:\n  ${field} # {"$imagepolicy": "flux-system:web${part}"}\n`,
    });

  it('reports what Flux would write, and the marker that is right', () => {
    expect(told('tag: 1.0.0')).toEqual([
      line(
        'warning at apps/map.yaml:5 (  ) the marker lets Flux write the whole image with its tag into "tag", but the field takes only the tag, so the next update breaks it',
        '=> write # {"$imagepolicy": "flux-system:web:tag"}',
      ),
    ]);
    expect(told('- image: ghcr.io/acme/web:1.0', ':tag')).toEqual([
      line('write only the tag into "image"', '=> write # {"$imagepolicy": "flux-system:web"}'),
    ]);
    expect(told('repository: ghcr.io/acme/web')).toEqual([
      line('into "repository", but the field takes the image without its tag', 'flux-system:web:name"}'),
    ]);
  });

  it.each([
    ['tag: "1.0.0"', ':tag', 0],
    ['tag: "1.0.0"', ':digest', 1],
    ['tag: 1.0.0@sha256:0a1b', '', 1],
    ['tag: ghcr.io/acme/web:1.0', '', 0],
    ['newTag: 1.0.0', '', 1],
    ['imageTag: 1.0.0', '', 1],
    ['image-tag: 1.0.0', '', 1],
    ['stage: 1.0.0', '', 0],
    ['newName: ghcr.io/acme/web', '', 1],
    ['newName: ghcr.io/acme/web', ':name', 0],
    ['newName: ghcr.io/acme/web:1.0', '', 0],
    ['repository: ghcr.io/acme/web', ':name', 0],
    ['repository: ghcr.io/acme/web:1.0', '', 0],
    ['image: ghcr.io/acme/web:1.0', '', 0],
    ['image: registry:5000/web:1.0', ':name', 1],
    ['image: registry:5000/web', ':tag', 0],
    ['image: 1.0.0', ':tag', 0],
    ['VERSION: 1.0.0', '', 0],
    ['tag:', '', 0],
  ])('for %s with the part %s', (field, part, expected) => {
    expect(told(field, part)).toHaveLength(expected);
  });

  it('reports nothing about a marker without a policy', () => {
    expect(told('tag: 1.0.0', ':what')).toEqual([]);
  });
});
