import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../tree-of';

const graphOf = (files: Readonly<Record<string, string>>) => buildGraph(treeOf(files));

describe('several repositories in one folder', () => {
  const repository = (name: string) => ({
    [`${name}/clusters/prod/flux-system/gotk-sync.yaml`]:
      bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '',
    [`${name}/clusters/prod/apps.yaml`]: fluxKustomization('apps', './apps'),
    [`${name}/apps/a.yaml`]: configMap('a'),
  });

  it('fails with their names', () => {
    const graph = graphOf({ ...repository('one'), ...repository('two') });
    expect([graph.clusters, graph.findings]).toMatchObject([
      [],
      [{ code: 'repositories-several', message: expect.stringContaining('"one", "two"') as string }],
    ]);
  });

  it('are not clusters of the surrounding one, and a single one is evaluated', () => {
    expect(graphOf({ ...bootstrap, ...repository('vendor') }).clusters.map(({ entry }) => entry)).toEqual([
      'clusters/prod',
    ]);
    const alone = graphOf(repository('fleet'));
    expect([alone.clusters.map(({ entry }) => entry), alone.findings]).toEqual([['fleet/clusters/prod'], []]);
  });
});
