import { line, lines, object, release, resourceSet, type Files } from '../../small-repositories';
import { components, deployment, instance } from '../../rules/flux-installations';

const image = object(
  'image.toolkit.fluxcd.io/v1beta2',
  'ImageRepository',
  'i',
  'flux-system',
  'spec: { interval: 1h, image: ghcr.io/acme/a }',
);
const all = (files: Files): Files => ({ 'clusters/prod/i.yaml': image, ...files });

describe('the hint about a controller that does not run', () => {
  const hint = (files: Files) =>
    lines('component-missing', { ...all(files), ...components('source-controller') });
  const BOOTSTRAP = '=> bootstrap again with --components-extra=';
  const OPERATOR = 'to the components of the FluxInstance';

  it.each([
    ['flux-operator', OPERATOR],
    ['flux-instance', OPERATOR],
    ['flux-operator-mcp', BOOTSTRAP],
    ['my-flux-operator', BOOTSTRAP],
  ])('beside the chart %s', (chart, words) => {
    const charts = release('f', 'flux-system', chart).replace('image', '');
    const told = hint({ 'clusters/prod/f.yaml': charts }).filter((text) => text.includes('(ImageRepository'));
    expect(told).toEqual([line(words)]);
  });

  it('beside an ArtifactGenerator, which is no operator', () => {
    const generator = object(
      'source.extensions.fluxcd.io/v1beta1',
      'ArtifactGenerator',
      'g',
      'flux-system',
      'spec: { sources: [], artifacts: [] }',
    );
    expect(hint({ 'clusters/prod/g.yaml': generator })).toEqual([
      line('(ArtifactGenerator g kind)', `${BOOTSTRAP}source-watcher`),
      line('(ImageRepository i kind)', `${BOOTSTRAP}image-reflector-controller`),
    ]);
  });

  it('beside a ResourceSet, which needs the operator', () => {
    const set = resourceSet('resources: [{ kind: ConfigMap }]');
    expect(hint({ 'clusters/prod/s.yaml': set })).toEqual([line('(ImageRepository i kind)', OPERATOR)]);
  });
});

describe('the controllers of a cluster', () => {
  const told = (text: string) =>
    lines('component-missing', all({ 'clusters/prod/flux-system/gotk-components.yaml': text }));
  const source = deployment('source-controller');

  it.each([
    ['Deployments of Flux', source, 1],
    ['other Deployments', source.replace('part-of: flux', 'part-of: shop'), 0],
    ['Deployments without that of the sources', deployment('helm-controller'), 0],
    ['other kinds', source.replace('kind: Deployment', 'kind: StatefulSet'), 0],
    [
      'other kinds beside Deployments of Flux',
      source + deployment('image-reflector-controller').replace('kind: Deployment', 'kind: StatefulSet'),
      1,
    ],
    [
      'other Deployments beside those of Flux',
      source + deployment('image-reflector-controller').replace('part-of: flux', 'part-of: shop'),
      1,
    ],
    ['all of them', source + deployment('image-reflector-controller'), 0],
  ])('are known from %s', (_, text, expected) => {
    expect(told(text)).toHaveLength(expected);
  });
});

describe('the version of Flux', () => {
  const told = (files: Files) => lines('removed-api', all(files)).map((text) => text.split(' ')[0]);
  const manifests = (tag: string, url = 'oci://ghcr.io/fluxcd/flux-manifests', kind = 'OCIRepository') =>
    object(
      'source.toolkit.fluxcd.io/v1',
      kind,
      'flux',
      'flux-system',
      `spec: { interval: 1h, url: "${url}", ref: { tag: ${tag} } }`,
    );
  const version = (text: string) => instance().replace('version: 2.x', text);

  it.each([
    ['its manifests', manifests('v2.9.1'), ['error']],
    ['its older manifests', manifests('v2.8.1'), []],
    ['a FluxInstance', version('version: 2.9.x'), ['error']],
    ['an older FluxInstance', version('version: 2.8.x'), []],
    ['a FluxInstance that takes any', version('version: 2.x'), ['warning']],
    ['one that takes any in other words', version('version: "^2.*"'), ['warning']],
    ['one that takes any by its number alone', version('version: "2"'), ['warning']],
    ['one that names none', version('registry: ghcr.io/fluxcd'), ['warning']],
  ])('is that of %s', (_, text, severities) => {
    expect(told({ 'clusters/prod/f.yaml': text })).toEqual(severities);
  });

  it('is not that of other artifacts', () => {
    expect(told({ 'clusters/prod/f.yaml': manifests('v2.8.1', 'oci://example.com/shop') })).toEqual(['info']);
  });
});
