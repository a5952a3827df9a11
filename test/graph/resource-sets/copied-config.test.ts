import { resourceSet, type Files } from '../../check/small-repositories';
import { configMap, fluxKustomization, graphOf } from '../tree-of';

const config = (kind: string, namespace: string, more: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: vars, namespace: ${namespace} }\n${more}\n`;
const copy = (kind = 'ConfigMap', from = 'flux-system/vars', more = 'data: { OWN: x }', mark = 'copyFrom') =>
  resourceSet(
    'resources:',
    '  - apiVersion: v1',
    `    kind: ${kind}`,
    `    metadata: { name: vars, namespace: team, annotations: { fluxcd.controlplane.io/${mark}: ${from} } }`,
    `    ${more}`,
  );
const inner = (kind = 'ConfigMap') =>
  fluxKustomization('inner', './apps', [`postBuild: { substituteFrom: [{ kind: ${kind}, name: vars }] }`])
    .replace('namespace: flux-system\nspec', 'namespace: team\nspec')
    .replace('    name: flux-system\n', '    name: flux-system\n    namespace: flux-system\n');
/** What a Kustomization in the namespace of the copy knows of its variables. */
const variablesOf = (set: string, source: string, files: Files = {}, kind = 'ConfigMap') => {
  const { cluster } = graphOf({
    'clusters/prod/all.yaml': [
      fluxKustomization('a-apps', './teams'),
      fluxKustomization('b-sets', './sets'),
      fluxKustomization('c-vars', './vars'),
    ].join(''),
    'teams/inner.yaml': inner(kind),
    'sets/set.yaml': set,
    'vars/vars.yaml': source,
    'apps/map.yaml': configMap('a'),
    ...files,
  });
  const { defined, secret, complete } =
    cluster.nodes.find(({ id }) => id.endsWith('/inner'))?.build?.variables ?? {};
  return { defined: defined && [...defined], secret, complete };
};
const source = config('ConfigMap', 'flux-system', 'data: { PLACE: eu, SIZE: "2" }');

describe('a ConfigMap or Secret into which the operator copies another', () => {
  it('has its data, wherever that is applied, and none of its own', () => {
    const known = {
      defined: [
        ['PLACE', 'eu'],
        ['SIZE', '2'],
      ],
      secret: [],
      complete: true,
    };
    expect(variablesOf(copy(), source)).toEqual(known);
  });

  it('has the names of a Secret', () => {
    const secret = config('Secret', 'flux-system', 'data: { A: eA== }\nstringData: { B: x }');
    const set = copy('Secret', 'flux-system/vars', 'stringData: { OWN: x }');
    expect(variablesOf(set, secret, {}, 'Secret')).toEqual({
      defined: [],
      secret: ['A', 'B'],
      complete: true,
    });
  });

  it.each<[string, string, string]>([
    ['is nowhere', copy('ConfigMap', 'flux-system/others'), source],
    ['is of another kind', copy(), config('Secret', 'flux-system', 'data: {}')],
    ['has no namespace', copy('ConfigMap', 'vars'), source],
    [
      'is a kubeconfig',
      copy('ConfigMap', 'flux-system/vars', 'data: { OWN: x }', 'convertKubeConfigFrom'),
      source,
    ],
    [
      'is a copy itself',
      copy(),
      source.replace('flux-system }', 'flux-system, annotations: { fluxcd.controlplane.io/copyFrom: a/b } }'),
    ],
  ])('is not known if that %s', (_, set, text) => {
    expect(variablesOf(set, text)).toEqual({ defined: [['OWN', 'x']], secret: [], complete: false });
  });
});
