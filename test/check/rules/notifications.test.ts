import { line, lines, object, resourceSet, type Files } from '../small-repositories';

const GROUP = 'notification.toolkit.fluxcd.io';
const CODE = 'notification-reference-missing';
const provider = (more = '') =>
  object(`${GROUP}/v1beta3`, 'Provider', 'p', 'flux-system', `spec: { type: slack, channel: c${more} }`);
const alert = (kind = 'Kustomization', name = 'flux-system') =>
  object(
    `${GROUP}/v1beta3`,
    'Alert',
    'a',
    'flux-system',
    `spec: { providerRef: { name: p }, eventSources: [{ kind: ${kind}, name: ${name} }] }`,
  );
const receiver = (name: string) =>
  object(
    `${GROUP}/v1`,
    'Receiver',
    'r',
    'flux-system',
    `spec: { type: generic, secretRef: { name: token }, resources: [{ kind: GitRepository, name: ${name} }] }`,
  );
const told = (...objects: readonly string[]) =>
  lines(CODE, { 'clusters/prod/n.yaml': objects.join('') } satisfies Files);
const none = 'which nothing in the cluster applies';

describe('a reference of a notification', () => {
  it.each([
    [
      'a Provider',
      [alert()],
      `(Alert a spec.providerRef) refers to Provider "flux-system/p", ${none}, so nothing is sent`,
    ],
    [
      'a source of events',
      [provider(), alert('HelmRelease', 'gone')],
      `(Alert a spec.eventSources[0]) refers to HelmRelease "flux-system/gone", ${none}, so there are no events`,
    ],
    [
      'what a Receiver triggers',
      [receiver('gone')],
      `(Receiver r spec.resources[0]) refers to GitRepository "flux-system/gone", ${none}, so there is nothing to trigger`,
    ],
  ])('fails without %s', (_, objects, words) => {
    expect(told(...objects)).toEqual([line(words)]);
  });

  it.each([
    ['everything is there', [provider(), alert(), receiver('flux-system')]],
    ['it is for all of a kind', [provider(), alert('HelmRelease', '"*"')]],
    ['a variable names it', [provider(), alert('HelmRelease', '"${NAME}"')]],
    [
      'a ResourceSet makes it',
      [provider(), alert('HelmRelease', 'gone'), resourceSet('resources: [{ kind: HelmRelease }]')],
    ],
  ])('passes where %s', (_, objects) => {
    expect(told(...objects)).toEqual([]);
  });
});

describe('the Secret of a notification', () => {
  const secret = (kind: string, namespace: string | undefined, name = 'token') =>
    object('v1', kind, name, namespace);
  const withSecret = provider(', secretRef: { name: token }');

  it.each(['Secret', 'ExternalSecret', 'SealedSecret', 'VaultStaticSecret', 'OnePasswordItem'])(
    'fails in another namespace as a %s',
    (kind) => {
      expect(told(withSecret, secret(kind, 'apps'))).toEqual([
        line(
          '(Provider p spec.secretRef) refers to Secret "flux-system/token", but the Secret of that name is in the namespace "apps"',
          '=> move the Secret, or Provider "flux-system/p", so that both are in one namespace',
        ),
      ]);
    },
  );

  it.each([
    ['it is in the same namespace', [withSecret, secret('Secret', 'flux-system')]],
    [
      'the same namespace has one that an operator makes',
      [withSecret, secret('ExternalSecret', 'flux-system'), secret('Secret', 'apps')],
    ],
    ['it is nowhere', [withSecret]],
    ['another namespace has one of another name', [withSecret, secret('Secret', 'apps', 'other')]],
    ['another namespace has another kind', [withSecret, secret('ConfigMap', 'apps')]],
    [
      'it is not a notification',
      [
        object(
          'source.toolkit.fluxcd.io/v1',
          'GitRepository',
          'g',
          'flux-system',
          'spec: { url: "https://example.com/g", interval: 1h, secretRef: { name: token } }',
        ),
        secret('Secret', 'apps'),
      ],
    ],
  ])('passes where %s', (_, objects) => {
    expect(told(...objects)).toEqual([]);
  });

  it('names the first of several namespaces', () => {
    expect(told(withSecret, secret('Secret', 'apps'), secret('Secret', 'base'))).toEqual([
      line('in the namespace "apps"'),
    ]);
  });
});
