import { validateObject } from '../../lib/schema/validate-object';
import { changed, minimal } from './objects';

describe('an API version of Flux without schema', () => {
  it.each<[string, string, string, unknown, string]>([
    ['image', 'v1beta2', 'ImagePolicy', ['spec.filterTags', { pattern: '^v', extract: '$1' }], 'schema-rule'],
    ['image', 'v1beta2', 'ImageRepository', ['spec.image', 'acme/shop:1.2'], 'image-invalid'],
    ['source', 'v1beta2', 'HelmRepository', ['spec.url', 'oci://ghcr.io/acme'], 'url-invalid'],
    ['helm', 'v2beta1', 'HelmRelease', ['spec.values', 'replicas'], 'helm-values-invalid'],
    ['kustomize', 'v1beta1', 'Kustomization', ['spec.dependsOn', [{ name: 'a' }]], 'dependency-on-itself'],
  ])('is asked what controllers ask: %s/%s %s', (group, version, kind, change, code) => {
    const apiVersion = `${group}.toolkit.fluxcd.io/${version}`;
    const object = changed(
      minimal[kind]!(),
      ['metadata.name', 'a'],
      ['apiVersion', apiVersion],
      change as [string, unknown],
    );
    expect(validateObject(object, { fluxVersion: '2.6' }).map((one) => one.code)).toEqual([code]);
  });

  it('is not asked what only the newest one is', () => {
    const change: [string, unknown] = [
      'spec.git.commit.messageTemplate',
      '{{ range .Updated.Images }}{{ . }}{{ end }}',
    ];
    const found = (version: string) =>
      validateObject(
        changed(
          minimal.ImageUpdateAutomation!(),
          ['apiVersion', `image.toolkit.fluxcd.io/${version}`],
          change,
        ),
        { fluxVersion: version === 'v1' ? undefined : '2.6' },
      ).filter(({ code }) => code === 'commit-template-invalid');
    expect(found('v1')).toHaveLength(1);
    expect(found('v1beta1')).toEqual([]);
  });
});
