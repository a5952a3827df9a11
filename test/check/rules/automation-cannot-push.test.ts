import { checkTree } from '../../../lib/check/check-tree';
import { treeOf } from '../../graph/tree-of';
import { inLine, line, lines, object } from '../small-repositories';

describe('automation-cannot-push', () => {
  const CODE = 'automation-cannot-push';
  const automation = (...spec: readonly string[]) =>
    object(
      'image.toolkit.fluxcd.io/v1',
      'ImageUpdateAutomation',
      'one',
      'flux-system',
      'spec:',
      ...['interval: 1h', 'sourceRef: { kind: GitRepository, name: shop }', ...spec].map(
        (text) => `  ${text}`,
      ),
    );
  const shop = (...spec: readonly string[]) =>
    object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'shop',
      'flux-system',
      'spec:',
      ...['interval: 1h', ...spec].map((text) => `  ${text}`),
    );
  const url = 'url: "https://GitHub.com/acme/shop"';
  const told = (repository: string) =>
    lines(CODE, { 'clusters/prod/a.yaml': automation(), 'clusters/prod/r.yaml': repository });

  it('reports an automation whose source has no credentials, and both places', () => {
    expect(told(shop(url))).toEqual([
      line(
        'error at clusters/prod/a.yaml:7, clusters/prod/r.yaml:2 (ImageUpdateAutomation one spec.sourceRef)',
        'GitRepository "flux-system/shop" has no secretRef, so Flux cannot push to github.com, and no image is updated',
        '=> name a Secret with write access under spec.secretRef of the GitRepository',
      ),
    ]);
  });

  it.each([
    ['it has a Secret', shop(url, 'secretRef: { name: shop }')],
    ['it gets a token otherwise', shop(url, 'provider: azure')],
    ['the server may be open', shop('url: "https://git.example.com/acme/shop"')],
    ['the address begins like that of a service', shop('url: "https://github.company.com/acme/shop"')],
    ['the address is a variable', shop('url: "${REPOSITORY}"')],
    ['no file has the source', ''],
  ])('accepts it if %s', (_, repository) => {
    expect(told(repository)).toEqual([]);
  });

  it('reports a provider that is the default', () => {
    expect(told(shop(url, 'provider: generic'))).toHaveLength(1);
  });

  it('reports Azure DevOps', () => {
    expect(told(shop('url: "https://dev.azure.com/acme/p/_git/shop"'))).toEqual([
      line('push to dev.azure.com'),
    ]);
  });

  it.each([
    ['ssa: IfNotPresent', 0],
    ['reconcile: disabled', 0],
    ['ssa: Override', 1],
  ])(
    'knows that the GitRepository may have credentials in the cluster with the annotation %s',
    (mark, times) => {
      const text = shop(url).replace(
        'name: shop,',
        `name: shop, annotations: { kustomize.toolkit.fluxcd.io/${mark} },`,
      );
      expect(told(text)).toHaveLength(times);
    },
  );

  it('accepts an automation that is suspended', () => {
    const suspended = automation().replace('spec:', 'spec:\n  suspend: true');
    const files = { 'clusters/prod/a.yaml': suspended, 'clusters/prod/r.yaml': shop(url) };
    expect(lines(CODE, files)).toEqual([]);
  });

  describe('if a FluxInstance makes the source', () => {
    const instance = (sync: string, more = '') =>
      object(
        'fluxcd.controlplane.io/v1',
        'FluxInstance',
        'flux',
        'flux-system',
        `spec: { distribution: { version: 2.x, registry: ghcr.io/fluxcd }, sync: { kind: GitRepository, ${url}, ref: refs/heads/main, path: clusters/prod${sync} }${more} }`,
      );
    const started = (text: string, name = 'flux-system') =>
      checkTree(
        treeOf({
          'clusters/prod/flux.yaml': text,
          'clusters/prod/a.yaml': automation().replace('name: shop }', `name: ${name} }`),
        }),
      )
        .findings.filter(({ code }) => code === CODE)
        .map(inLine);

    it('names its field', () => {
      expect(started(instance(''))).toEqual([
        line(
          'error at clusters/prod/a.yaml:7, clusters/prod/flux.yaml:2',
          'GitRepository "flux-system/flux-system" has no secretRef, so Flux cannot push to github.com',
          '=> name a Secret with write access under spec.sync.pullSecret of the FluxInstance',
        ),
      ]);
    });

    it.each([
      ['it has a Secret', instance(', pullSecret: flux'), 'flux-system'],
      ['it gets a token otherwise', instance(', provider: github'), 'flux-system'],
      [
        'a patch may add one',
        instance(
          '',
          ', kustomize: { patches: [{ patch: "- { op: add, path: /spec/secretRef, value: { name: a } }" }] }',
        ),
        'flux-system',
      ],
      ['another source is meant', instance(''), 'shop'],
    ])('accepts it if %s', (_, text, name) => {
      expect(started(text, name)).toEqual([]);
    });
  });
});
