/** An object of every kind of Flux 2.9, created each time, so that a test can change it. */
type Fields = Record<string, unknown>;

function object(apiVersion: string, kind: string, spec: Fields): Fields {
  return { apiVersion, kind, metadata: { name: 'app', namespace: 'apps' }, spec };
}

const source = 'source.toolkit.fluxcd.io/v1';
const helm = 'helm.toolkit.fluxcd.io/v2';
const image = 'image.toolkit.fluxcd.io/v1';

/** The smallest valid object of each kind. */
export const minimal: Readonly<Record<string, () => Fields>> = {
  GitRepository: () => object(source, 'GitRepository', { interval: '1m', url: 'https://example.com/r' }),
  OCIRepository: () => object(source, 'OCIRepository', { interval: '1m', url: 'oci://example.com/r' }),
  Bucket: () => object(source, 'Bucket', { interval: '1m', endpoint: 'example.com', bucketName: 'b' }),
  HelmRepository: () => object(source, 'HelmRepository', { interval: '1m', url: 'https://example.com' }),
  HelmChart: () =>
    object(source, 'HelmChart', {
      interval: '1m',
      chart: 'c',
      sourceRef: { kind: 'HelmRepository', name: 'r' },
    }),
  ExternalArtifact: () => object(source, 'ExternalArtifact', {}),
  Kustomization: () =>
    object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
      interval: '10m',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'r' },
    }),
  HelmRelease: () =>
    object(helm, 'HelmRelease', { interval: '10m', chartRef: { kind: 'OCIRepository', name: 'r' } }),
  ImageRepository: () => object(image, 'ImageRepository', { interval: '5m', image: 'example.com/i' }),
  ImagePolicy: () =>
    object(image, 'ImagePolicy', { imageRepositoryRef: { name: 'r' }, policy: { semver: { range: '1.x' } } }),
  ImageUpdateAutomation: () =>
    object(image, 'ImageUpdateAutomation', {
      interval: '5m',
      sourceRef: { kind: 'GitRepository', name: 'r' },
      git: { commit: { author: { email: 'a@example.com' } } },
    }),
  Alert: () =>
    object('notification.toolkit.fluxcd.io/v1beta3', 'Alert', {
      providerRef: { name: 'p' },
      eventSources: [{ kind: 'Kustomization', name: '*' }],
    }),
  Provider: () =>
    object('notification.toolkit.fluxcd.io/v1beta3', 'Provider', {
      type: 'slack',
      address: 'https://example.com',
    }),
  Receiver: () =>
    object('notification.toolkit.fluxcd.io/v1', 'Receiver', {
      type: 'github',
      resources: [{ kind: 'GitRepository', name: 'r' }],
      secretRef: { name: 's' },
    }),
  ArtifactGenerator: () =>
    object('source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', {
      sources: [{ alias: 'a', kind: 'GitRepository', name: 'r' }],
      artifacts: [{ name: 'out', copy: [{ from: '@a/x/**', to: '@artifact/' }] }],
    }),
};

/** A copy of an object with a value at a path such as `spec.ref.tag`; `undefined` removes the field. */
export function changed(original: Fields, ...changes: readonly (readonly [string, unknown])[]): Fields {
  const copy = structuredClone(original);
  for (const [path, value] of changes) {
    const names = path.split('.');
    const last = names.pop()!;
    let place = copy;
    for (const name of names) place = (place[name] ??= {}) as Fields;
    if (value === undefined) delete place[last];
    else place[last] = value;
  }
  return copy;
}
