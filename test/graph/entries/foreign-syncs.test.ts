import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrap, codesOf, configMap, fluxKustomization, treeOf } from '../tree-of';

type Files = Readonly<Record<string, string>>;

/** What `flux bootstrap` wrote for a path, in a folder. */
const sync = (folder: string, path: string): Files => ({
  [`${folder}/flux-system/gotk-sync.yaml`]: (
    bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
  ).replace('./clusters/prod', `./${path}`),
});
const lesson: Files = { 'lesson-1/manifests/map.yaml': configMap('a') };
const evaluated = (files: Files) => {
  const { clusters, findings } = buildGraph(treeOf(files));
  return [clusters.map(({ entry }) => entry), codesOf(findings)];
};

describe('what bootstrap wrote in another repository', () => {
  it('is no cluster of this one', () => {
    expect(evaluated({ ...lesson, ...sync('lesson-4/manifests', 'cluster/namespaces') })).toEqual([
      [],
      ['entry-not-found'],
    ]);
  });

  it('leaves the clusters of this one', () => {
    const other = sync('lesson-4/manifests', 'cluster/namespaces');
    const [[file = '', text = ''] = []] = Object.entries(other);
    expect(evaluated({ ...bootstrap, [file]: text.replace('acme/fleet', 'acme/lessons') })).toEqual([
      ['clusters/prod'],
      [],
    ]);
  });

  it('is a cluster if its path exists, even in a folder of another name', () => {
    const files = { 'cluster/maps/map.yaml': configMap('a'), ...sync('lesson-4/manifests', 'cluster/maps') };
    expect(evaluated(files)).toEqual([['cluster/maps'], []]);
  });

  it('is a cluster if an artifact may have the path', () => {
    const files = Object.entries(sync('lesson-4/manifests', 'cluster/maps')).map(([path, text]) => [
      path,
      text.replaceAll('GitRepository', 'OCIRepository'),
    ]);
    const [clusters] = evaluated({ ...lesson, ...(Object.fromEntries(files) as Files) });
    expect(clusters).toHaveLength(1);
  });

  it('is none of this one, whose root something builds', () => {
    const all = { 'lesson-1/all.yaml': fluxKustomization('all', './') };
    const [clusters] = evaluated({ ...lesson, ...all, ...sync('lesson-4/manifests', 'cluster/namespaces') });
    expect(clusters).not.toContain('cluster/namespaces');
  });

  it.each([
    ['lies beside the folder of the path', sync('cluster/blue', 'cluster/green')],
    ['lies in the folder that the path may have meant', sync('cluster/prod', 'cluster/production')],
    ['lies in a folder with nearly the name', sync('production', 'prod')],
    ['lies in the root', sync('', 'prod')],
    [
      'has the source of a path that exists',
      {
        ...sync('lesson-4/manifests', 'cluster/namespaces'),
        'more/maps.yaml': fluxKustomization('maps', './lesson-1'),
      },
    ],
  ])('is a cluster with a missing path if it %s', (_, files: Files) => {
    const [clusters, codes] = evaluated({
      ...lesson,
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(/^\//, ''), text])),
    });
    expect([clusters, codes]).toEqual([[expect.any(String)], expect.arrayContaining(['path-missing'])]);
  });
});
