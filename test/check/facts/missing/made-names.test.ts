import { fluxKustomization } from '../../../graph/tree-of';
import { found, resourceSet } from '../../small-repositories';

const template = (name: string, kind = 'Kustomization', namespace = 'flux-system') =>
  `  - { apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: ${kind}, metadata: { name: ${name}, namespace: ${namespace} }, spec: { interval: 1h, prune: true, path: ./apps, sourceRef: { kind: GitRepository, name: flux-system } } }`;

/** The hint for a dependency on a Kustomization beside a ResourceSet with the inputs red and blue. */
function hintFor(name: string, one: string): string | undefined {
  const files = {
    'clusters/prod/set.yaml': resourceSet('inputs: [{ name: red }, { name: blue }]', 'resources:', one),
    'clusters/prod/web.yaml': fluxKustomization('web', './apps', [`dependsOn: [{ name: ${name} }]`]),
    'apps/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: default }\n',
  };
  const [only, ...others] = found('dependency-missing', files);
  expect(others).toEqual([]);
  return only?.hint;
}

describe('a reference to what a ResourceSet would create with one more input', () => {
  it.each([
    ['another name', 'team-green', template('team-<< inputs.name >>')],
    ['a name that differs in one letter', 'team-rad', template('team-<< inputs.name >>')],
    ['text behind the input', 'green-team', template('<< inputs.name >>-team')],
    [
      'the namespace as an input too',
      'team-green',
      template('team-<< inputs.name >>', 'Kustomization', 'flux-<< inputs.name >>'),
    ],
  ])('is told with %s', (_, name, one) => {
    expect(hintFor(name, one)).toMatch(
      /^add an input to ResourceSet "flux-system\/set", which names each Kustomization ".*<< inputs.name >>.*", or correct the reference$/,
    );
  });

  it.each([
    ['the name begins in another way', 'group-green', template('team-<< inputs.name >>')],
    ['the name has nothing but the input', 'green', template('<< inputs.name >>')],
    ['it creates another kind', 'team-green', template('team-<< inputs.name >>', 'ConfigMap')],
    [
      'it creates it in another namespace',
      'team-green',
      template('team-<< inputs.name >>', 'Kustomization', 'other'),
    ],
    ['the input would be empty', 'team-', template('team-<< inputs.name >>')],
  ])('is not told if %s', (_, name, one) => {
    expect(hintFor(name, one)).not.toContain('ResourceSet');
  });
});
