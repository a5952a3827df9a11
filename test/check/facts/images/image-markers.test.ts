import { configMap } from '../../../graph/tree-of';
import { apps, count, found, namespaced, object, type Files } from '../../small-repositories';

describe('markers of image automation', () => {
  const automation = (path: string, source = 'flux-system') =>
    object(
      'image.toolkit.fluxcd.io/v1',
      'ImageUpdateAutomation',
      `a-${source}`,
      'flux-system',
      ...[
        'spec:',
        '  interval: 1h',
        `  sourceRef: { kind: GitRepository, name: ${source} }`,
        '  git: { commit: { author: { name: a, email: a@example.com } } }',
        `  update: { path: ${path}, strategy: Setters }`,
      ],
    );
  const policy = object('image.toolkit.fluxcd.io/v1', 'ImagePolicy', 'shop', 'flux-system', 'spec: { policy: { semver: { range: 1.x } }, imageRepositoryRef: { name: shop } }'); // prettier-ignore
  const files = (name: string): Files => ({
    ...apps(namespaced(configMap('a'), 'default')),
    'clusters/prod/images.yaml': policy,
    'apps/kustomization.yaml': `resources: [map.yaml]\nimages:\n  - name: shop\n    newTag: 1.0.0 # {"$imagepolicy": "flux-system:${name}:tag"}\n`,
  });

  it('are read in kustomizations', () => {
    const code = 'automation-path-misses-marker';
    expect(count(code, { ...files('shop'), 'clusters/prod/a.yaml': automation('./apps') })).toBe(0);
    expect(count(code, { ...files('shop'), 'clusters/prod/a.yaml': automation('./other') })).toBe(2);
    expect(count('image-policy-missing', files('shop'))).toBe(0);
    expect(found('image-policy-missing', files('shopp'))[0]?.locations[0]).toMatchObject({
      file: 'apps/kustomization.yaml',
      line: 4,
    });
  });

  it('count for an automation even if Flux does not build the file, and need no policy there', () => {
    const other = { 'other/kustomization.yaml': files('gone')['apps/kustomization.yaml'] ?? '' };
    const all = {
      ...apps(namespaced(configMap('a'), 'default')),
      'clusters/prod/images.yaml': policy,
      ...other,
    };
    const code = 'automation-path-misses-marker';
    expect(count(code, { ...all, 'clusters/prod/a.yaml': automation('./other') })).toBe(0);
    expect(count('image-policy-missing', all)).toBe(0);
  });

  it('may belong to an automation with an unknown repository', () => {
    const two = {
      ...files('shop'),
      'clusters/prod/a.yaml': automation('./x'),
      'x/a.yaml': 'a: 1 # {"$imagepolicy": "flux-system:shop:tag"}\n',
    };
    expect(count('automation-path-misses-marker', two)).toBe(1);
    const unknown = { 'clusters/prod/b.yaml': automation('./apps', 'unknown') };
    expect(count('automation-path-misses-marker', { ...two, ...unknown })).toBe(0);
    expect(count('automation-path-misses-marker', { ...files('shop'), ...unknown })).toBe(0);
  });
});

describe('field-ignored', () => {
  const source = (ref: string) =>
    apps(object('source.toolkit.fluxcd.io/v1', 'OCIRepository', 'a', 'default', `spec: { interval: 1h, url: "oci://example.com/a", ref: ${ref} }`)); // prettier-ignore

  it('accepts a tag beside a digest, which Renovate keeps, and no other pair', () => {
    const digest = `digest: sha256:${'0a'.repeat(32)}`;
    expect(count('field-ignored', source(`{ tag: v1, ${digest} }`))).toBe(0);
    expect(count('field-ignored', source(`{ semver: 1.x, ${digest} }`))).toBe(1);
    expect(count('field-ignored', source('{ semver: 1.x, tag: v1 }'))).toBe(1);
  });
});
