import { checkTree } from '../../../lib/check/check-tree';
import { configMap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { line, lines, object, release, type Files } from '../small-repositories';
import { components, deployment, instance } from './flux-installations';

const locked = { lockDown: true };

describe('cross-namespace-reference', () => {
  const told = (files: Files, settings = locked) => lines('cross-namespace-reference', files, settings);
  const elsewhere = (...spec: readonly string[]) =>
    fluxKustomization('apps', './apps', spec)
      .replace('    name: flux-system', '    name: flux-system\n    namespace: flux-system')
      .replace('namespace: flux-system\nspec', 'namespace: team\nspec');
  const alert = (namespace?: string) =>
    object(
      'notification.toolkit.fluxcd.io/v1beta3',
      'Alert',
      'a',
      'flux-system',
      `spec: { providerRef: { name: p }, eventSources: [{ kind: Kustomization, name: "*" }, { kind: Kustomization, name: "*"${namespace === undefined ? '' : `, namespace: ${namespace}`} }] }`,
    );
  const receiver = object(
    'notification.toolkit.fluxcd.io/v1',
    'Receiver',
    'r',
    'flux-system',
    'spec: { type: generic, secretRef: { name: s }, resources: [{ kind: GitRepository, name: g, namespace: team }] }',
  );

  it('finds a source', () => {
    expect(told({ 'clusters/prod/apps.yaml': elsewhere() })).toEqual([
      line(
        'error at clusters/prod/apps.yaml:',
        '(Kustomization apps spec.sourceRef)',
        'Flux is locked down and refuses GitRepository "flux-system/flux-system", because it is not in the namespace of the Kustomization',
        '=> move the GitRepository to the namespace "team", or create a second one there; or move the Kustomization to "flux-system" and set spec.targetNamespace',
      ),
    ]);
  });

  it('finds the chart of a HelmRelease, and the repository of an image', () => {
    const chart = release('web', 'team', 'web').replace(
      'name: charts',
      'name: charts, namespace: flux-system',
    );
    const policy = object(
      'image.toolkit.fluxcd.io/v1',
      'ImagePolicy',
      'p',
      'team',
      'spec: { policy: { semver: { range: 1.x } }, imageRepositoryRef: { name: i, namespace: flux-system } }',
    );
    expect(told({ 'clusters/prod/a.yaml': chart + policy })).toEqual([
      line('(HelmRelease web spec.chart.spec.sourceRef)', 'refuses HelmRepository "flux-system/charts"'),
      line('(ImagePolicy p spec.imageRepositoryRef)', 'refuses ImageRepository "flux-system/i"'),
    ]);
  });

  it('warns of events and requests that are dropped', () => {
    expect(told({ 'clusters/prod/a.yaml': alert('team') + receiver })).toEqual([
      line(
        'warning at clusters/prod/a.yaml:',
        '(Alert a spec.eventSources[1])',
        'drops events from the namespace "team", because the Alert is in another namespace',
        '=> create an Alert and its Provider in the namespace "team"',
      ),
      line(
        'warning',
        '(Receiver r spec.resources[0])',
        'drops requests for the namespace "team"',
        '=> create a Receiver in the namespace "team"',
      ),
    ]);
  });

  it('examines only the controllers that refuse it', () => {
    const patch = (name: string) => ({
      ...components('source-controller'),
      'clusters/prod/flux-system/more.yaml': deployment(name, '--no-cross-namespace-refs=true'),
    });
    const files = { 'clusters/prod/apps.yaml': elsewhere() };
    expect(told({ ...files, ...patch('kustomize-controller') }, {} as never)).toHaveLength(1);
    expect(told({ ...files, ...patch('helm-controller') }, {} as never)).toEqual([]);
  });

  it.each([
    ['nothing is locked down', { 'clusters/prod/apps.yaml': elsewhere() }, { lockDown: false }],
    ['the namespace is its own', { 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps') }, locked],
    ['an Alert names its own namespace', { 'clusters/prod/a.yaml': alert('flux-system') }, locked],
    ['an Alert names no namespace', { 'clusters/prod/a.yaml': alert() }, locked],
    [
      'health checks, dependencies and values are elsewhere',
      {
        'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
          'dependsOn: [{ name: a, namespace: team }]',
          'healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: d, namespace: team }]',
          'eventSources: [{ namespace: team }]',
          'resources: [{ namespace: team }]',
        ]),
      },
      locked,
    ],
  ])('accepts it if %s', (_, files: Files, settings) => {
    expect(told(files, settings)).toEqual([]);
  });
});

describe('lock-down-missing', () => {
  const told = (files: Files) => lines('lock-down-missing', files, locked);
  const REFS = '--no-cross-namespace-refs';
  const BASES = '--no-remote-bases';
  const ACCOUNT = '--default-service-account';
  const controllers = (...without: readonly string[]): Files => ({
    'clusters/prod/flux-system/gotk-components.yaml': [
      deployment('source-controller'),
      ...['kustomize-controller', 'helm-controller', 'notification-controller'].map((name) => {
        const args = [
          `${REFS}=true`,
          ...(name === 'kustomize-controller' ? [`${BASES}=true`] : []),
          ...(name === 'notification-controller' ? [] : [`${ACCOUNT}=default`]),
        ];
        return deployment(
          name,
          ...args.filter((text) => !without.some((one) => `${name} ${text}`.startsWith(one))),
        );
      }),
    ].join(''),
  });

  it.each([
    ['nothing', [], undefined],
    ['a reference in one controller', [`helm-controller ${REFS}`], `without ${REFS} =>`],
    ['remote bases', [`kustomize-controller ${BASES}`], `without ${BASES} =>`],
    ['an account', [`helm-controller ${ACCOUNT}`], `without ${ACCOUNT} =>`],
    ['all', ['kustomize', 'helm', 'notification'], `without ${REFS}, ${BASES}, ${ACCOUNT} =>`],
  ])('fails without %s', (_, without, words) => {
    expect(told(controllers(...without))).toEqual(
      words === undefined
        ? []
        : [
            line(
              'at clusters/prod/flux-system/gotk-sync.yaml:1 (  ) the cluster "prod" should be locked down',
              words,
            ),
          ],
    );
  });

  it('is found at the kustomization of bootstrap', () => {
    const file = 'clusters/prod/flux-system/kustomization.yaml';
    expect(
      told({ ...controllers('helm'), [file]: 'resources: [gotk-components.yaml, gotk-sync.yaml]\n' }),
    ).toEqual([line(`at ${file}:1 (`)]);
  });

  it('has no place if no file starts the cluster', () => {
    const { findings } = checkTree(treeOf(controllers('helm')), {
      entries: ['clusters/prod'],
      settings: locked,
    });
    expect(
      findings.filter(({ code }) => code === 'lock-down-missing').map(({ locations }) => locations),
    ).toEqual([[]]);
  });

  it('reports nothing if the controllers are unknown, or nothing requires a lock-down', () => {
    expect(told({})).toEqual([]);
    expect(lines('lock-down-missing', controllers('helm'), {})).toEqual([]);
    expect(lines('lock-down-missing', controllers('helm'), { lockDown: false })).toEqual([]);
  });

  it('uses the controllers that a FluxInstance runs', () => {
    const cluster = (multitenant: boolean) => ({
      'clusters/prod/i.yaml': instance(`cluster: { multitenant: ${multitenant} }`),
    });
    expect(told(cluster(true))).toEqual([]);
    expect(told(cluster(false))).toEqual([line(`without ${REFS}, ${BASES}, ${ACCOUNT} =>`)]);
    expect(told({ 'clusters/prod/i.yaml': instance('components: [source-controller]') })).toEqual([
      line(`without ${BASES} =>`),
    ]);
  });
});

describe('remote-base-refused', () => {
  const remote = (name: string) => `https://github.com/acme/${name}//deploy?ref=v1`;
  const files = (...remotes: readonly string[]): Files => ({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/kustomization.yaml': `resources: [map.yaml${remotes.map((one) => `, "${one}"`).join('')}]\n`,
    'apps/map.yaml': configMap('a'),
  });
  const told = (all: Files, settings = locked) => lines('remote-base-refused', all, settings);

  it.each([
    ['one', ['a'], 'clones "https://github.com/acme/a//deploy?ref=v1" =>'],
    ['two', ['a', 'b'], ', "https://github.com/acme/b//deploy?ref=v1" =>'],
    ['four', ['a', 'b', 'c', 'd'], '"https://github.com/acme/b//deploy?ref=v1" and 2 more =>'],
  ])('names %s', (_, names, words) => {
    const found = told(files(...names.map(remote)));
    expect(found).toEqual([
      line(
        'error at clusters/prod/apps.yaml:9 (Kustomization apps spec.path)',
        'clones "https://github.com/acme/a//deploy?ref=v1"',
        '=> copy',
      ),
    ]);
    expect(found).toEqual([line(words)]);
  });

  // Built with fluxcd/pkg/kustomize and its SecureBuild: it downloads a file, and refuses the folder of a clone.
  it.each([
    ['github.com/acme/base//deploy?ref=v1', true],
    ['git@github.com:acme/base.git', true],
    ['ssh://git@example.com/acme/base', true],
    ['https://example.com/acme/base.git', true],
    ['https://github.com/acme/base', true],
    ['https://dev.azure.com/acme/_git/base', true],
    ['https://example.com/acme/base?ref=v1', true],
    ['https://example.com/install.yaml', false],
    ['https://github.com/acme/base/releases/download/v1.2.0/install.yaml', false],
    ['https://github.com/acme/base/releases/latest/download/install', false],
    ['https://raw.githubusercontent.com/acme/base/main/install.yml?token=x', false],
    ['https://example.com/install', false],
  ])('finds out whether %s is cloned', (remoteBase, isRefused) => {
    expect(told(files(remoteBase))).toHaveLength(isRefused ? 1 : 0);
  });

  it('accepts a cluster without remotes, or without a lock-down', () => {
    expect(told(files())).toEqual([]);
    expect(told(files(remote('a')), { lockDown: false })).toEqual([]);
    const refused = deployment('kustomize-controller', '--no-cross-namespace-refs=true');
    const more = { ...files(remote('a')), 'clusters/prod/flux-system/gotk-components.yaml': refused };
    expect(told(more, {} as never)).toEqual([]);
  });
});
