import { appliedBy, bootstrap, codesOf, configMap, fluxKustomization, graphOf } from './tree-of';

/** A cluster that also builds a path of the same repository, from a source that follows another revision. */
function cluster(revision: string, files: Readonly<Record<string, string>> = {}) {
  const sync = bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '';
  const url = 'https://github.com/acme/fleet.git';
  return graphOf({
    'clusters/prod/flux-system/gotk-sync.yaml': sync.replace('  url:', '  ref: { branch: main }\n  url:'),
    'clusters/prod/team.yaml': [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: GitRepository',
      'metadata: { name: team, namespace: flux-system }',
      `spec: { interval: 1m, url: "${url}", ref: ${revision} }`,
      fluxKustomization('team', './team').replace('    name: flux-system', '    name: team'),
    ].join('\n'),
    ...files,
  });
}

const file = { 'team/map.yaml': configMap('map') };

describe('a source of the same repository', () => {
  it.each(['{ branch: team }', '{ tag: v1.0.0 }', '{ branch: main, commit: 0a1b2c }', '{}'])(
    'may contain a path that is missing here if it follows %s',
    (revision) => {
      const { graph, cluster: prod } = cluster(revision);
      expect(codesOf(graph.findings)).toEqual([]);
      const team = prod.nodes.find(({ id }) => id === 'Kustomization/flux-system/team');
      expect(team?.build).toMatchObject({ source: 'outside', complete: false });
    },
  );

  it.each(['{ branch: main }', '{ name: refs/heads/main }'])(
    'lacks a path that is missing here if it follows %s, as the sync does',
    (revision) => expect(codesOf(cluster(revision).graph.findings)).toEqual(['path-missing']),
  );

  it('is read from the tree if the path is here', () => {
    expect(appliedBy(cluster('{ branch: team }', file).cluster, 'team')).toEqual(['ConfigMap//map']);
  });
});
