import { fluxKustomization } from '../../graph/tree-of';
import { lines, object, release, resourceSet, type Files } from '../small-repositories';

const config = (kind: string, name: string, namespace = 'default') =>
  object(
    'v1',
    kind,
    name,
    namespace,
    `${kind === 'Secret' ? 'stringData' : 'data'}: { values.yaml: "a: b" }`,
  );
const told = (references: string, applied: string, more: Files = {}) =>
  lines('reference-renamed', {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/all.yaml': `${release('shop', 'default', 'shop', `  valuesFrom: [${references}]`)}${applied}`,
    ...more,
  });
const variables = (references: string, applied: string) =>
  lines('reference-renamed', {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
      `postBuild: { substituteFrom: [${references}] }`,
    ]),
    'clusters/prod/config.yaml': applied,
    'apps/map.yaml': config('ConfigMap', 'some'),
  });
const [secret, map] = [
  (name: string) => `{ kind: Secret, name: ${name} }`,
  (name: string) => `{ kind: ConfigMap, name: ${name} }`,
];

describe('a reference to values or variables that nothing applies', () => {
  it('is reported if the name of a Secret is misspelt', () => {
    expect(told(secret('db-valuse'), config('Secret', 'db-values'))).toEqual([
      expect.stringMatching(
        /^warning .* refers to Secret "default\/db-valuse", which nothing applies => did you mean "db-values"\?$/,
      ),
    ]);
    expect(variables(secret('cluster-secert'), config('Secret', 'cluster-secret', 'flux-system'))).toEqual([
      expect.stringMatching(
        /^warning at clusters\/prod\/apps.yaml.*"flux-system\/cluster-secert".*"cluster-secret"/,
      ),
    ]);
  });

  it('is an info if something else refers to the Secret', () => {
    expect(told(`${secret('db-valuse')}, ${secret('db-values')}`, config('Secret', 'db-values'))).toEqual([
      expect.stringMatching(/^info .*"default\/db-valuse"/),
    ]);
    expect(told(`${map('db-valuse')}, ${map('db-values')}`, config('ConfigMap', 'db-values'))).toEqual([
      expect.stringMatching(/^warning .*"default\/db-valuse"/),
    ]);
  });

  it('is an info if one of the other kind has the name, to which something else refers', () => {
    const other = release('other', 'default', 'other', `  valuesFrom: [${map('values')}]`);
    expect(told(secret('values'), config('ConfigMap', 'values') + other)).toEqual([
      expect.stringMatching(/^info .*set the kind to ConfigMap$/),
    ]);
  });

  it('is reported if only one of the other kind has the name', () => {
    expect(told(secret('values'), config('ConfigMap', 'values'))).toEqual([
      expect.stringMatching(
        /^warning .* refers to Secret "default\/values", which nothing applies => ConfigMap "default\/values" has this name: set the kind to ConfigMap$/,
      ),
    ]);
    expect(variables(map('vars'), config('Secret', 'vars', 'flux-system')).join()).toContain(
      'set the kind to Secret',
    );
  });

  it.each<[string, string, string, Files?]>([
    ['both kinds are meant', `${secret('values')}, ${map('values')}`, config('ConfigMap', 'values')],
    ['the other one is elsewhere', secret('values'), config('ConfigMap', 'values', 'other')],
    ['names only resemble each other', secret('values-a'), config('Secret', 'values-b')],
    ['it is optional', '{ kind: Secret, name: values, optional: true }', config('ConfigMap', 'values')],
    [
      'an operator makes the Secret',
      secret('values'),
      `${config('ConfigMap', 'values')}${object('external-secrets.io/v1', 'ExternalSecret', 'values', 'default', 'spec: { target: { name: values } }')}`,
    ],
    [
      'a script makes the Secret',
      secret('db-valuse'),
      config('Secret', 'db-values'),
      { 'setup.sh': '#!/bin/sh\nkubectl create secret generic db-valuse\n' },
    ],
  ])('is not reported if %s', (_, references, applied, more = {}) => {
    expect(told(references, applied, more)).toEqual([]);
  });

  it('is not reported of credentials', () => {
    const repository = object(
      'source.toolkit.fluxcd.io/v1',
      'HelmRepository',
      'charts',
      'default',
      'spec: { interval: 1h, url: "https://charts.example.com", secretRef: { name: login-chrats } }',
    );
    expect(
      told(map('x'), `${config('ConfigMap', 'x')}${config('Secret', 'login-charts')}${repository}`),
    ).toEqual([]);
  });
});

describe('a provider of inputs that nothing applies', () => {
  const API = 'fluxcd.controlplane.io/v1';
  const provider = (name: string, namespace = 'flux-system') =>
    object(API, 'ResourceSetInputProvider', name, namespace, 'spec: { type: Static }');
  const set = resourceSet('inputsFrom: [{ name: regions }]', 'resources: []');
  const told = (text: string, files: Files = {}) =>
    lines('reference-renamed', { 'clusters/prod/all.yaml': text, ...files });

  it('is reported if the name is misspelt', () => {
    expect(told(set + provider('region'))).toEqual([
      expect.stringMatching(
        /^warning at clusters\/prod\/all.yaml:\d+.* refers to ResourceSetInputProvider "flux-system\/regions", which nothing applies => did you mean "region"\?$/,
      ),
    ]);
  });

  it('is reported if the build gives it another name', () => {
    const kustomization = 'namePrefix: eu-\nresources: [all.yaml]\n';
    const files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': kustomization,
      'apps/all.yaml': set + provider('regions'),
    };
    expect(lines('reference-renamed', files)).toEqual([
      expect.stringMatching(/^error .*but the build names it "eu-regions".* => refer to "eu-regions"$/),
    ]);
  });

  it.each([
    ['it is there', set + provider('regions') + provider('region')],
    ['none is similar', set + provider('states')],
    ['the similar one is elsewhere', set + provider('region', 'other')],
    [
      'another ResourceSet may make it',
      set +
        provider('region') +
        resourceSet('inputs: [{}]', 'resources: [{ kind: ResourceSetInputProvider }]').replace(
          'name: set',
          'name: other',
        ),
    ],
    ['a selector is used', resourceSet('inputsFrom: [{ selector: {} }]') + provider('region')],
    ['the set is of another group', set.replace('controlplane.io', 'example.org') + provider('region')],
  ])('is not reported if %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });
});
