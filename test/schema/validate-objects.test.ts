import { validateObjects } from '../../lib/schema/validate-objects';
import { validateTreeObject } from '../../lib/schema/validate-tree-object';
import type { ManifestObject } from '../../lib/tree/manifest';
import { changed, minimal } from './objects';

describe('validateObjects', () => {
  const release = (name: string, spec: object = {}) => {
    const object = minimal.HelmRelease!();
    return {
      ...object,
      metadata: { name, namespace: 'apps' },
      spec: { ...(object.spec as object), ...spec },
    };
  };

  it('accepts releases of different names or namespaces', () => {
    expect(
      validateObjects([release('a'), release('b'), release('c', { releaseName: 'a', targetNamespace: 'x' })]),
    ).toEqual([]);
  });

  it('fails on two Helm releases of one name', () => {
    const found = validateObjects([release('a'), release('b', { releaseName: 'a' })]);
    expect(found).toMatchObject([
      { index: 1, violations: [{ code: 'release-name-conflict', field: 'spec.releaseName' }] },
    ]);
  });

  it('fails on an object that exists twice', () => {
    const found = validateObjects([release('a'), release('a')]);
    expect(found).toMatchObject([{ index: 1, violations: [{ code: 'object-duplicate' }] }]);
  });
});

describe('validateTreeObject', () => {
  it('reports the place of the object', () => {
    const object = changed(minimal.Kustomization!(), ['spec.prune', undefined]) as unknown as ManifestObject;
    const found = validateTreeObject({ object, line: 7, constructPath: 'anton/app' }, 'flux/app.yaml');
    expect(found).toMatchObject([
      {
        code: 'schema-required',
        severity: 'error',
        field: 'spec.prune',
        object: {
          group: 'kustomize.toolkit.fluxcd.io',
          kind: 'Kustomization',
          namespace: 'apps',
          name: 'app',
        },
        locations: [{ file: 'flux/app.yaml', line: 7, constructPath: 'anton/app' }],
      },
    ]);
  });
});
