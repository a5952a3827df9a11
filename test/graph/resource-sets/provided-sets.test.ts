import type { BuiltObject } from '../../../lib/graph/post-build/substitute-objects';
import { ProvidedSets } from '../../../lib/graph/resource-sets/provided-sets';
import { lines, object, type Files } from '../../check/small-repositories';
import { fluxKustomization, graphOf } from '../tree-of';

const API = 'fluxcd.controlplane.io/v1';
const provider = (name: string, type: string, values: string, labels = '') =>
  object(
    API,
    'ResourceSetInputProvider',
    name,
    'flux-system',
    'spec:',
    `  type: ${type}`,
    `  defaultValues: ${values}`,
  ).replace(' }', `, labels: { ${labels} } }`);
const set = (name: string, spec: readonly string[], resource: string) =>
  object(
    API,
    'ResourceSet',
    name,
    'flux-system',
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '  resources:',
    `    - { apiVersion: v1, kind: ConfigMap, metadata: { name: "${resource}", namespace: flux-system } }`,
  );
const named = 'inputsFrom: [{ name: regions }]';
const selecting = 'inputsFrom: [{ selector: { matchLabels: { kind: region } } }]';
const permute = 'inputStrategy: { name: Permute }';
const regions = provider('regions', 'Static', '{ region: eu }', 'kind: region');
const states = provider('states', 'Static', '{ region: us }', 'kind: region');

/** The names of what ResourceSets create, and whether anything is hidden. */
const made = (...texts: readonly string[]) => madeIn({ 'clusters/prod/all.yaml': texts.join('') });
const madeIn = (files: Files) => {
  const { graph, cluster } = graphOf(files);
  const names = cluster.nodes
    .flatMap(({ build }) => build?.inventory ?? [])
    .flatMap(({ madeBy, identity }) => (madeBy === undefined ? [] : [identity.name]));
  const hidden = graph.findings.filter(({ code }) => code === 'made-in-cluster').length;
  return [names, hidden];
};

describe('inputs of a provider', () => {
  it('fill a ResourceSet that names it, after its own', () => {
    const own = 'inputs: [{ region: here }]';
    expect(made(set('set', [own, named], 'in-<< inputs.region >>'), regions)).toEqual([
      ['in-here', 'in-eu'],
      0,
    ]);
    expect(made(set('set', [named], '<< inputs.provider.kind >>'), regions).flat()).toEqual([
      'ResourceSetInputProvider',
      0,
    ]);
  });

  it('may come from another Kustomization, and make a Kustomization there', () => {
    const inner = fluxKustomization('inner', './inner').replace('name: inner', 'name: "<< inputs.region >>"');
    const resource = set('set', [named], 'x').replace(
      / {4}- \{ apiVersion: v1[^]*/,
      inner.replace('---\n', '').trimEnd().replace(/^/gm, '      ').replace(/^ {6}/, '    - '),
    );
    const files: Files = {
      'clusters/prod/a.yaml': fluxKustomization('sets', './sets'),
      'clusters/prod/b.yaml': fluxKustomization('providers', './providers'),
      'sets/set.yaml': resource,
      'providers/regions.yaml': regions,
      'inner/set.yaml': set('later', [named], 'in-<< inputs.region >>'),
    };
    expect(madeIn(files)).toEqual([['eu', 'in-eu'], 0]);
    const { cluster } = graphOf(files);
    expect(cluster.nodes.find(({ id }) => id.endsWith('/eu'))?.build?.path).toBe('inner');
  });

  it('are those of all that a selector selects; there may be more', () => {
    const files: Files = {
      'clusters/prod/a.yaml': `${states}${set('set', [selecting], 'in-<< inputs.region >>')}`,
      'clusters/prod/b.yaml': fluxKustomization('providers', './providers'),
      'providers/regions.yaml': `${regions}${provider('else', 'Static', '{ region: no }', 'kind: other')}`,
    };
    expect(madeIn(files)).toEqual([['in-eu', 'in-us'], 1]);
    expect(graphOf(files).graph.findings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/the graph does not show all of them$/),
    ]);
    expect(made(set('set', [selecting], 'fixed'))).toEqual([[], 1]);
  });

  it.each([
    ['is not in the files', ''],
    ['is in another namespace', regions.replace('namespace: flux-system', 'namespace: other')],
    ['asks a server', regions.replace('Static', 'GitHubTag')],
    ['is encrypted', `${regions}sops: {}\n`],
    [
      'is disabled',
      regions.replace('labels:', `annotations: { fluxcd.controlplane.io/reconcile: disabled }, labels:`),
    ],
    ['is of another group', regions.replace('controlplane.io', 'example.org')],
  ])('are hidden if it %s', (_, text) => {
    expect(made(set('set', [named], 'in-<< inputs.region >>'), text)).toEqual([[], 1]);
  });

  it('do not hide those in the ResourceSet if they are not known', () => {
    const dynamic = regions.replace('Static', 'GitHubTag');
    expect(
      made(set('set', ['inputs: [{ region: here }]', named], 'in-<< inputs.region >>'), dynamic),
    ).toEqual([['in-here'], 1]);
  });

  it('are combined, each under the name of its provider', () => {
    const own = 'inputs: [{ team: a }, { team: b }]';
    const two = 'inputsFrom: [{ name: regions }, { name: my.states }]';
    const other = states.replace('name: states', 'name: my.states');
    expect(
      made(
        set(
          'the-set',
          [own, two, permute],
          '<< inputs.the_set.team >>-<< inputs.regions.region >>-<< inputs.my_states.region >>',
        ),
        regions,
        other,
      ),
    ).toEqual([['a-eu-us', 'b-eu-us'], 0]);
    expect(made(set('set', [own, permute], '<< inputs.set.team >>')).flat(2)).toEqual(['a', 'b', 0]);
    expect(made(set('set', [own, permute], 'x-<< inputs.id >>')).flat(2)).toEqual([
      'x-98435514',
      'x-98501051',
      0,
    ]);
    expect(made(set('set', [own, selecting, permute], 'x-<< inputs.id >>'), regions)).toEqual([[], 1]);
    expect(made(set('set', [named, permute], '<< inputs.regions.region >>'), regions)).toEqual([['eu'], 0]);
  });

  it('are none, and nothing is created, if a provider without inputs takes part', () => {
    const empty = ['inputStrategy: { name: Permute, includeEmptyProviders: true }', named];
    expect(made(set('set', empty, 'fixed'), regions)).toEqual([[], 0]);
  });

  it('bring findings about what is created', () => {
    const text = set('set', [named], 'x').replace(
      'namespace: flux-system } }\n',
      'namespace: "<< inputs.region >>" } }\n',
    );
    expect(
      lines('namespace-missing', {
        'clusters/prod/all.yaml': `${text}${regions}${object('v1', 'Namespace', 'other')}`,
      }),
    ).toEqual([expect.stringContaining('nothing creates the namespace "eu"')]);
  });

  it('are limited for the whole cluster', () => {
    const values = JSON.stringify({ text: 'x' });
    const inputs = `inputs: [${Array.from({ length: 1900 }, (_, index) => `{ text: "x${index}" }`).join(', ')}]`;
    const providers = provider('regions', 'Static', values);
    const sets = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      set(name, [inputs, named], `${name}-<< inputs.text >>`),
    );
    const [names, hidden] = made(providers, ...sets) as [string[], number];
    expect([names.length, hidden]).toEqual([5 * 1901, 1]);
  });

  it('are looked for anew when a provider comes later', () => {
    const one = (kind: string, name: string, spec: object, labels = {}): BuiltObject => ({
      object: { apiVersion: API, kind, metadata: { name, namespace: 'x', labels }, spec },
      location: {},
    });
    const providerOf = (name: string) =>
      one('ResourceSetInputProvider', name, { type: 'Static', defaultValues: { name } }, { a: 'b' });
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: '<< inputs.name >>', namespace: 'x' },
    };
    const setOf = (name: string) =>
      one('ResourceSet', name, { inputsFrom: [{ selector: { matchLabels: { a: 'b' } } }], resources: [map] });
    const sets = new ProvidedSets();
    const fill = (...objects: readonly BuiltObject[]) => {
      sets.add(0, objects);
      return [...(sets.fill(true).get(0)?.values() ?? [])].flat().map(({ object }) => object.metadata?.name);
    };
    expect(fill(providerOf('p'), setOf('first'))).toEqual(['first', 'p']);
    expect(fill(providerOf('q'), setOf('second'))).toEqual(['second', 'p', 'q']);
    expect(fill()).toEqual([]);
  });
});
