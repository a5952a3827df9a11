import { found, object, release } from '../../small-repositories';
import { fluxKustomization } from '../../../graph/tree-of';

const chart = (name: string, namespace: string) =>
  object(
    'source.toolkit.fluxcd.io/v1',
    'OCIRepository',
    name,
    namespace,
    `spec: { interval: 1h, url: "oci://example.com/${name}", ref: { tag: 1.0.0 } }`,
  );

const wanting = (kind: string, name = 'base') =>
  release('web', 'web', 'x').replace(/chart: .*/, `chartRef: { kind: ${kind}, name: ${name} }`);

describe('what a reference to a missing source means', () => {
  const hints = (wanted: string, ...charts: readonly string[]) =>
    found('source-missing', {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/charts.yaml': charts.join(''),
      'apps/release.yaml': wanting('OCIRepository', wanted),
    }).map(({ hint }) => hint);

  it.each([
    ['one of this name elsewhere', 'base', [chart('base', 'shop')], 'did you mean "shop/base"?'],
    [
      'several of this name elsewhere',
      'base',
      [chart('base', 'shop'), chart('base', 'mail')],
      'namespaces "mail", "shop" have it, "web" does not: set the namespace of the reference, or add it there',
    ],
    [
      'one of a similar name in the same namespace, and others',
      'bsae',
      [chart('base', 'shop'), chart('base', 'web')],
      'did you mean "base"?',
    ],
    ['one of a similar name elsewhere', 'bsae', [chart('base', 'shop')], 'did you mean "shop/base"?'],
  ])('is %s', (_, wanted, charts, hint) => {
    expect(hints(wanted, ...charts)).toEqual([hint]);
  });

  it('is one of this name that one namespace has twice', () => {
    const artifact = '{ name: base, copy: [] }';
    const generator = object(
      'source.extensions.fluxcd.io/v1beta1',
      'ArtifactGenerator',
      'parts',
      'shop',
      `spec: { sources: [], artifacts: [${artifact}, ${artifact}] }`,
    );
    const files = {
      'clusters/prod/parts.yaml': generator,
      'clusters/prod/web.yaml': wanting('ExternalArtifact'),
    };
    expect(found('source-missing', files).map(({ hint }) => hint)).toEqual(['did you mean "shop/base"?']);
  });
});
