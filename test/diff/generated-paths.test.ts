import { diffOf, settings, type Files } from './pair-of-trees';

const resourceSet = (path: string, source = 'flux-system', kind = 'GitRepository') => `---
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: teams, namespace: flux-system }
spec:
  inputsFrom: [{ apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSetInputProvider, name: teams }]
  resources:
    - apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: "<< inputs.team >>", namespace: flux-system }
      spec: { interval: 1h, prune: true, path: "${path}", sourceRef: { kind: ${kind}, name: "${source}" } }
`;
const SET = 'clusters/prod/teams.yaml';
const FILE = 'teams/a/app/one.yaml';
const details = (set: string | undefined, before: Files, changed: Files) =>
  diffOf({ [SET]: set, ...before }, changed).uncompared.map(({ object: { name }, reason, detail }) => [
    name,
    reason,
    detail,
  ]);

describe('what a ResourceSet lets Flux build from the repository', () => {
  const from = (path: string) => [
    ['teams', 'generated', `what a Kustomization that it creates builds from ${JSON.stringify(path)}`],
  ];
  const one = { [FILE]: settings('one') };
  const changed = { [FILE]: settings('one', '2') };

  it.each<[string, string, Files, string | undefined]>([
    ['a file changes', resourceSet('./teams/a'), changed, 'teams/a'],
    [
      'a file of a templated path changes',
      resourceSet('teams/<< inputs.team >>/app'),
      changed,
      'teams/<< inputs.team >>/app',
    ],
    ['a file is gone', resourceSet('teams/a'), { [FILE]: undefined }, 'teams/a'],
    ['a file is new', resourceSet('teams'), { 'teams/b/one.yaml': settings('two') }, 'teams'],
    ['an artifact may have the path', resourceSet('teams', 'teams', 'OCIRepository'), changed, 'teams'],
    ['the source is one of several', resourceSet('teams', '<< inputs.source >>'), changed, 'teams'],
    [
      'only the form of a file changes',
      resourceSet('teams'),
      { [FILE]: `# one\n${settings('one')}` },
      undefined,
    ],
    [
      'a file of another folder changes',
      resourceSet('teams/a'),
      { 'teams/ab/one.yaml': settings('two') },
      undefined,
    ],
    ['the rest of a templated path differs', resourceSet('teams/<< inputs.team >>/web'), changed, undefined],
    ['the path is another repository’s', resourceSet('teams', 'other'), changed, undefined],
    ['the path is the whole repository', resourceSet('./'), changed, undefined],
    ['the path is known only in the cluster', resourceSet('<< inputs.path >>'), changed, undefined],
    [
      'it creates something else',
      resourceSet('teams').replace('kustomize.toolkit', 'acme'),
      changed,
      undefined,
    ],
  ])('is not compared, and that is told if needed: %s', (_, set, change, path) => {
    expect(details(set, one, change)).toEqual(path === undefined ? [] : from(path));
  });

  it('is compared if the inputs are in the file', () => {
    const set = resourceSet('./teams/<< inputs.team >>').replace(/inputsFrom: .*/, 'inputs: [{ team: a }]');
    const { clusters, uncompared } = diffOf({ [SET]: set, ...one }, changed);
    expect(uncompared).toEqual([]);
    expect(clusters.flatMap(({ changes }) => changes.map((change) => [change.class, change.owner]))).toEqual([
      ['changed', 'flux-system/a'],
    ]);
  });

  it('is told only of a ResourceSet on both sides', () => {
    const added = { ...changed, [SET]: resourceSet('teams') };
    expect(details(undefined, one, added)).toEqual([
      ['teams', 'generated', 'the objects that it creates in the cluster'],
    ]);
  });
});
