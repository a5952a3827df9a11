import { CheckContext } from '../../../../lib/check/check-context';
import { controllersOf } from '../../../../lib/check/facts/installation/controllers';
import { fluxInstallation } from '../../../../lib/check/facts/installation/flux-installation';
import {
  lockDownOf,
  showsControllers,
  visibleLockDown,
} from '../../../../lib/check/facts/installation/lock-down';
import { watchedNodes } from '../../../../lib/check/facts/installation/shards';
import { isStrictSubstitution } from '../../../../lib/check/facts/installation/strict-substitution';
import { buildGraph } from '../../../../lib/graph/build-graph';
import type { CheckConfig } from '../../../../lib/config/check-config';
import { bootstrap, fluxKustomization, treeOf } from '../../../graph/tree-of';
import { components, deployment, instance } from '../../rules/flux-installations';
import { object, type Files } from '../../small-repositories';

const factsOf = (files: Files, settings: CheckConfig = {}, start = bootstrap) => {
  const tree = treeOf({ ...start, ...files });
  const [facts] = new CheckContext(tree, buildGraph(tree), settings).clusters;
  if (!facts) throw new Error('no cluster');
  return facts;
};
const installing = (text: string): Files => ({ 'clusters/prod/flux-system/gotk-components.yaml': text });
/** A Deployment of an image, with arguments and more of its spec. */
const running = (image: string, args: readonly string[] = [], more = '', apiVersion = 'apps/v1') =>
  object(
    apiVersion,
    'Deployment',
    'd',
    'flux-system',
    `spec: { ${more}template: { spec: { containers: [{ name: a, image: x }, { name: manager, image: ${image}, args: ${JSON.stringify(args)} }] } } }`,
  );

describe('the controllers that files install', () => {
  const found = (text: string) =>
    [...controllersOf(factsOf(installing(text))).values()]
      .flat()
      .map(
        ({ component, name, selector, location }) =>
          `${component} ${name} "${selector}"${location ? '' : ' made'}`,
      );
  const image = 'ghcr.io/fluxcd/helm-controller:v1.0.0';
  const flag = '--watch-label-selector';
  const namespaces = '--watch-all-namespaces';

  it.each([
    ['one', running(image), ['helm-controller d ""']],
    ['one of a mirror', running('x.io/a/b/helm-controller@sha256:0'), ['helm-controller d ""']],
    ['one without a path', running('helm-controller'), ['helm-controller d ""']],
    ['another image', running('ghcr.io/fluxcd/my-helm-controller'), []],
    ['another group', running(image, [], '', 'acme.io/v1'), []],
    ['one that does not run', running(image, [], 'replicas: 0, '), []],
    ['one that runs', running(image, [], 'replicas: 1, '), ['helm-controller d ""']],
    ['one of its namespace', running(image, [`${namespaces}=false`]), []],
    [
      'one of all namespaces in the end',
      running(image, [`${namespaces}=false`, `${namespaces}=true`]),
      ['helm-controller d ""'],
    ],
    ['one of a selector', running(image, [`${flag}=a=b`]), ['helm-controller d "a=b"']],
    ['one of a selector that follows', running(image, [flag, 'a=b']), ['helm-controller d "a=b"']],
    ['one of the last selector', running(image, [`${flag}=a=b`, `${flag}=c`]), ['helm-controller d "c"']],
    ['one with a flag of a similar name', running(image, [`${flag}s=a=b`]), ['helm-controller d ""']],
    [
      'controllers of unknown shards',
      running(image) + object('x.io/v1', 'FluxShardSet', 's', 'flux-system'),
      [],
    ],
    ['nothing', '', []],
  ])('are %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  const made = (...spec: readonly string[]) => found(instance(...spec));
  const shards = (version: string, ...more: readonly string[]) =>
    found(
      instance(
        'components: [source-controller, notification-controller, source-watcher]',
        'sharding: { shards: [s1, s2] }',
        ...more,
      ).replace('version: 2.x', version),
    );

  it('are those of a FluxInstance', () => {
    expect(made('components: [helm-controller, other]')).toEqual(['helm-controller helm-controller "" made']);
    expect(made('components: [helm-controller]', `kustomize: { patches: [{ patch: "${flag}=x" }] }`)).toEqual(
      [],
    );
    expect(found(running(image) + instance('components: [source-controller]'))).toEqual([
      'helm-controller d ""',
    ]);
  });

  const source = ['', '-s1', '-s2'].map(
    (ending, index) =>
      `source-controller source-controller${ending} "${index === 0 ? '!sharding.fluxcd.io/key' : `sharding.fluxcd.io/key=s${index}`}" made`,
  );
  it('are several for the shards of a FluxInstance', () => {
    const plain = 'notification-controller notification-controller "" made';
    expect(shards('version: 2.9.x')).toEqual([
      ...source,
      plain,
      ...source.map((text) => text.replaceAll('source-controller', 'source-watcher')),
    ]);
    expect(shards('version: 2.8.x')).toEqual([...source, plain, 'source-watcher source-watcher "" made']);
    expect(shards('version: 2.x')).toEqual([...source, plain]);
    const keyed = shards('version: 2.x', '').map((text) => text.replaceAll('sharding.fluxcd.io/key', 'k'));
    const own = found(
      instance(
        'components: [source-controller, notification-controller]',
        'sharding: { key: k, shards: [s1, s2] }',
      ),
    );
    expect(own).toEqual(keyed);
  });
});

describe('the objects that controllers watch', () => {
  const labelled = (labels: string, kind = 'HelmRepository') =>
    object(
      'source.toolkit.fluxcd.io/v1',
      kind,
      'r',
      `default, labels: { ${labels} }`,
      'spec: { url: "https://x.io" }',
    );
  const controllers =
    running('source-controller', ['--watch-label-selector=a=b']) +
    running('source-controller').replace('name: d,', 'name: e,');
  const watched = (text: string) =>
    [...watchedNodes(factsOf(installing(text)))]
      .filter(({ node }) => node.identity.name === 'r')
      .map(({ component, instances, watchedBy }) => `${component} ${watchedBy.length}/${instances.length}`);

  it.each([
    ['both', controllers + labelled('a: b'), ['source-controller 2/2']],
    ['one', controllers + labelled('a: c'), ['source-controller 1/2']],
    ['a label with a variable', controllers + labelled('a: "x${A}"'), []],
    ['no variable', controllers + labelled('a: "$A"'), ['source-controller 1/2']],
    ['what another object makes', controllers + labelled('a: b', 'ExternalArtifact'), []],
    ['another component', running('helm-controller') + labelled('a: b'), []],
    ['no controllers', labelled('a: b'), []],
  ])('are known: %s', (_, text, expected) => {
    expect(watched(text)).toEqual(expected);
  });
});

describe('the lock-down of a cluster', () => {
  const refs = '--no-cross-namespace-refs=true';
  const account = '--default-service-account=low';
  const bases = '--no-remote-bases=true';
  const told = (files: Files, settings: CheckConfig = {}) => {
    const found = lockDownOf(factsOf(files, settings));
    if (!found) return undefined;
    const accounts = [...found.accounts].map((entry) => entry.join('=')).sort();
    return [[...found.refusing].sort().join(), accounts.join(), found.refusesRemoteBases].join(' ');
  };
  const all =
    'helm-controller,image-automation-controller,image-reflector-controller,kustomize-controller,notification-controller,source-watcher';
  const whole = (name: string) => `${all} helm-controller=${name},kustomize-controller=${name} true`;

  it.each([
    ['nothing', installing(deployment('kustomize-controller')), undefined],
    ['references', installing(deployment('helm-controller', refs)), 'helm-controller  false'],
    [
      'references by a flag alone',
      installing(deployment('helm-controller', '--no-cross-namespace-refs')),
      'helm-controller  false',
    ],
    [
      'references that are allowed in the end',
      installing(deployment('helm-controller', refs, '--no-cross-namespace-refs=false')),
      undefined,
    ],
    [
      'a flag of a similar name',
      installing(deployment('helm-controller', '--no-cross-namespace-refs-x=true')),
      undefined,
    ],
    ['an account', installing(deployment('helm-controller', account)), ' helm-controller=low false'],
    ['no account', installing(deployment('helm-controller', '--default-service-account=')), undefined],
    ['bases', installing(deployment('kustomize-controller', bases)), '  true'],
    ['bases of another controller', installing(deployment('helm-controller', bases)), undefined],
    ['another Deployment', installing(deployment('shop', refs)), undefined],
    [
      'a Deployment of another project',
      installing(deployment('helm-controller', refs).replace('part-of: flux', 'part-of: shop')),
      undefined,
    ],
    [
      'two',
      installing(deployment('helm-controller', refs) + deployment('kustomize-controller', bases, account)),
      'helm-controller kustomize-controller=low true',
    ],
    ['a FluxInstance of tenants', installing(instance('cluster: { multitenant: true }')), whole('default')],
    [
      'its account',
      installing(instance('cluster: { multitenant: true, tenantDefaultServiceAccount: low }')),
      whole('low'),
    ],
    ['a FluxInstance', installing(instance('cluster: { multitenant: false }')), undefined],
  ])('is known from %s', (_, files, expected) => {
    expect(told(files)).toBe(expected);
  });

  it.each([
    ['a patch by its end', 'op: add, path: /spec/template/spec/containers/0/args/-'],
    ['a patch by an index', 'op: replace, path: /spec/template/spec/containers/0/args/4'],
  ])('is known from %s', (_, operation) => {
    const patch = `patches: [{ target: { kind: Deployment, labelSelector: app.kubernetes.io/part-of=flux, name: "(helm|kustomize)-controller" }, patch: '- { ${operation}, value: "${refs}" }' }]`;
    const expected = 'helm-controller,kustomize-controller  false';
    expect(
      told({ 'clusters/prod/flux-system/kustomization.yaml': `resources: [gotk-sync.yaml]\n${patch}\n` }),
    ).toBe(expected);
    expect(told(installing(instance(`kustomize: { ${patch} }`)))).toBe(expected);
  });

  it('is known from a patch in a file', () => {
    const files = {
      'clusters/prod/flux-system/kustomization.yaml':
        'resources: [gotk-sync.yaml]\npatches: [{ path: p.yaml, target: { kind: Deployment, name: helm-controller } }]\n',
      'clusters/prod/flux-system/p.yaml': `- { op: add, path: /spec/template/spec/containers/0/args/-, value: "${refs}" }\n`,
    };
    expect(told(files)).toBe('helm-controller  false');
  });

  it('is what the settings say', () => {
    const flagged = installing(deployment('helm-controller', refs));
    expect(told(flagged, { lockDown: false })).toBeUndefined();
    expect(told({}, { lockDown: true })).toBe(whole('default'));
    expect(visibleLockDown(factsOf({}, { lockDown: true }))).toBeUndefined();
  });

  it.each([
    ['no file', {}, false],
    ['a FluxInstance', installing(instance()), true],
    ['a Deployment', { 'clusters/prod/d.yaml': deployment('helm-controller') }, true],
    [
      'the file of bootstrap',
      { 'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n' },
      true,
    ],
  ])('may be read where files show the controllers: %s', (_, files: Files, expected) => {
    expect(showsControllers(factsOf(files))).toBe(expected);
  });
});

describe('the version of the Flux that runs', () => {
  const version = (files: Files, settings: CheckConfig = {}) =>
    fluxInstallation(factsOf(files, settings)).version;
  const remote = (text: string) =>
    `# https://github.com/fluxcd/flux2/releases/download/${text}/install.yaml\na: b\n`;

  it.each([
    ['its Deployments', components('source-controller'), '2.7'],
    ['Deployments without sources', components('helm-controller'), '2.7'],
    [
      'a file near the cluster',
      { 'clusters/prod/a.yaml': remote('v2.5.0'), 'b.yaml': remote('v2.4.0') },
      '2.5',
    ],
    [
      'a file beside the start',
      { 'clusters/prod/flux-system/a.yaml': remote('v2.5.0'), 'b.yaml': remote('v2.4.0') },
      '2.5',
    ],
    ['the only file', { 'other/a.yaml': remote('v2.4.0') }, '2.4'],
    ['two files of one version', { 'a.yaml': remote('v2.4.0'), 'b.yaml': remote('v2.4.1') }, '2.4'],
    ['two files', { 'a.yaml': remote('v2.4.0'), 'b.yaml': remote('v2.5.0') }, undefined],
    [
      'the manifests that it applies',
      {
        'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
        'apps/f.yaml': object(
          'source.toolkit.fluxcd.io/v1',
          'OCIRepository',
          'f',
          'flux-system',
          'spec: { url: "oci://ghcr.io/fluxcd/flux-manifests", ref: { tag: v2.6.0 } }',
        ),
        'b.yaml': remote('v2.5.0'),
      },
      '2.6',
    ],
    ['no file', {}, undefined],
  ])('is that of %s', (_, files: Files, expected) => {
    expect(version(files)).toBe(expected);
    expect(version(files, { fluxVersion: '2.1' })).toBe('2.1');
  });

  it('is that of a file beside the start if the whole repository is the path', () => {
    const start = Object.fromEntries(
      Object.entries(bootstrap).map(([path, text]) => [
        path.replace('clusters/prod/', ''),
        text.replace('./clusters/prod', './'),
      ]),
    );
    const files = { 'flux-system/a.yaml': remote('v2.5.0'), 'other/b.yaml': remote('v2.4.0') };
    expect(fluxInstallation(factsOf(files, {}, start)).version).toBe('2.5');
  });
});

describe('whether variables that nothing defines are refused', () => {
  const gate = (value: boolean) => `--feature-gates=StrictPostBuildSubstitutions=${value}`;
  const patched = (value: boolean) => `kustomize: { patches: [{ patch: "value: ${gate(value)}" }] }`;
  const strict = (text: string, fluxVersion = '2.9') =>
    isStrictSubstitution(factsOf(installing(text), { fluxVersion }));

  it.each([
    ['2.9', '', true],
    ['2.10', '', true],
    ['3.0', '', true],
    ['2.8', '', false],
    ['1.9', '', false],
    ['2.8', deployment('kustomize-controller', gate(true)), true],
    ['2.9', deployment('kustomize-controller', gate(false)), false],
    ['2.9', deployment('helm-controller', gate(false)), true],
    ['2.9', instance(patched(false)), false],
    ['2.8', instance(patched(true)), true],
  ])('is known: %s %#', (version, text, expected) => {
    expect(strict(text, version)).toBe(expected);
  });
});
