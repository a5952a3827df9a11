import { fluxKustomization } from '../../graph/tree-of';
import { foreign, lines, object, resourceSet, type Files } from '../small-repositories';

const told = (text: string, files: Files = {}) =>
  lines('input-missing', { 'clusters/prod/set.yaml': text, ...files });
const map = (name: string) =>
  `  - { apiVersion: v1, kind: ConfigMap, metadata: { name: "${name}", namespace: flux-system } }`;
const set = (inputs: string, ...names: readonly string[]) =>
  resourceSet(inputs, 'resources:', ...names.map(map));
const provider = (values: string, type = 'Static') =>
  object(
    'fluxcd.controlplane.io/v1',
    'ResourceSetInputProvider',
    'p',
    'flux-system',
    `spec: { type: ${type}, defaultValues: ${values} }`,
  );
const from = 'inputsFrom: [{ name: p }]';

describe('input-missing', () => {
  it('names the input, and the one that is meant', () => {
    expect(told(set('inputs: [{ team: a }]', 'x', '<< inputs.taem >>'))).toEqual([
      expect.stringMatching(
        /^error at clusters\/prod\/set\.yaml:9\b.* the template names the input "taem", which does not exist .*creates nothing from this ResourceSet => did you mean "team"\?$/,
      ),
    ]);
  });

  it.each([
    ['in one of several entries', set('inputs: [{ a: x }, { b: y }]', '<< inputs.a >>')],
    ['without any inputs', set('wait: true', '<< inputs.a >>')],
    ['below another', set('inputs: [{ a: { b: x } }]', '<< inputs.a.c >>')],
    ['below a text', set('inputs: [{ a: x }]', '<< inputs.a.c >>')],
    ['of a provider', set(from, '<< inputs.a >>') + provider('{ b: x }')],
    [
      'in the text of several documents',
      resourceSet('inputs: [{ b: x }]', 'resourcesTemplate: "a: << inputs.a | quote >>"'),
    ],
  ])('may be %s', (_, text) => {
    expect(told(text)).toHaveLength(1);
  });

  it('tells which ones there are, if none is similar', () => {
    expect(told(set('inputs: [{ alpha: 1, beta: 2 }]', '<< inputs.team >>')).join()).toContain(
      '=> correct the name (it has "alpha", "beta"), or add the input',
    );
  });

  it('is found once for many entries and templates', () => {
    expect(told(set('inputs: [{}, {}]', '<< inputs.a >>-<< inputs.a >>', '<< inputs.b >>'))).toHaveLength(2);
  });

  it.each([
    ['the input exists', set('inputs: [{ a: "" }]', '<< inputs.a >>')],
    ['the operator sets it', set('inputs: [{}]', '<< inputs.id >>-<< inputs.provider.name >>')],
    ['it is an id, of no inputs', set('wait: true', '<< inputs.id >>')],
    ['the template has conditions', set('inputs: [{}]', '<< if inputs.a >>x<< inputs.a >><< end >>')],
    ['a provider asks a server', set(from, '<< inputs.a >>') + provider('{}', 'GitHubTag')],
    ['the provider is not in the files', set(from, '<< inputs.a >>')],
    [
      'it is disabled',
      set('wait: true', '<< inputs.a >>').replace(
        'flux-system }',
        'flux-system, annotations: { fluxcd.controlplane.io/reconcile: disabled } }',
      ),
    ],
    ['it is of another group', set('wait: true', '<< inputs.a >>').replace('controlplane.io', 'example.org')],
    ['there are no templates', resourceSet('inputs: [{}]', 'resources: [1, null]')],
  ])('is not reported if %s', (_, text) => {
    expect(told(text)).toEqual([]);
  });

  it('is not reported if another repository may add inputs', () => {
    const files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/set.yaml': set('wait: true', '<< inputs.a >>'),
    };
    expect(lines('input-missing', files)).toHaveLength(1);
    const kustomization =
      'resources: [set.yaml]\ncomponents: [https://github.com/acme/parts//inputs?ref=v1]\n';
    expect(lines('input-missing', { ...files, 'apps/kustomization.yaml': kustomization })).toEqual([]);
    expect(lines('input-missing', { ...files, 'clusters/prod/other.yaml': foreign('more') })).toHaveLength(1);
  });
});
