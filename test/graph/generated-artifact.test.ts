import { cutArtifact } from '../../lib/graph/sources/generated-artifact';
import { appliedBy, codesOf, configMap, fluxKustomization, graphOf } from './tree-of';

/** An ArtifactGenerator of one artifact with these copies, and a Kustomization on that. */
function generated(copies: readonly string[], path: string, source = 'flux-system'): Record<string, string> {
  return {
    'clusters/prod/generator.yaml': [
      'apiVersion: source.extensions.fluxcd.io/v1beta1',
      'kind: ArtifactGenerator',
      'metadata: { name: parts, namespace: flux-system }',
      'spec:',
      `  sources: [{ alias: repo, kind: GitRepository, name: ${source} }]`,
      `  artifacts: [{ name: apps, copy: [${copies.join(', ')}] }]`,
      '',
    ].join('\n'),
    'clusters/prod/a-apps.yaml': fluxKustomization('apps', path).replace(
      /kind: GitRepository\n( +)name: flux-system/,
      'kind: ExternalArtifact\n$1name: apps',
    ),
    'apps/base/kustomization.yaml': 'resources: [map.yaml]\n',
    'apps/base/map.yaml': configMap('settings'),
    'apps/prod/kustomization.yaml': 'namePrefix: prod-\nresources: [../base]\n',
    'apps/other/map.yaml': configMap('other'),
  };
}

describe('an ArtifactGenerator', () => {
  it('that makes a folder an artifact is followed into it', () => {
    const { graph, cluster } = graphOf(generated(['{ from: "@repo/apps/**", to: "@artifact/" }'], './prod'));
    expect(appliedBy(cluster, 'apps')).toEqual(['ConfigMap//prod-settings']);
    expect(codesOf(graph.findings)).toEqual([]);
    const node = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/apps');
    expect(node?.build).toMatchObject({ source: 'repository', path: 'apps/prod' });
  });

  it('that makes an artifact of some folders leaves out the others', () => {
    const copies = ['base', 'prod'].map(
      (name) => `{ from: "@repo/apps/${name}/**", to: "@artifact/${name}/" }`,
    );
    expect(appliedBy(graphOf(generated(copies, './prod')).cluster, 'apps')).toEqual([
      'ConfigMap//prod-settings',
    ]);
    const { graph } = graphOf(generated(copies, './other'));
    expect(codesOf(graph.findings)).toEqual(['path-missing']);
    const alone = graphOf(generated(copies.slice(1), './prod'));
    expect(codesOf(alone.graph.findings)).toEqual(['listed-file-missing']);
  });

  it('stands in the graph between its source and the artifact that it makes', () => {
    const { cluster } = graphOf(generated(['{ from: "@repo/apps/**", to: "@artifact/" }'], './prod'));
    const [generator, artifact] = [
      'ArtifactGenerator/flux-system/parts',
      'ExternalArtifact/flux-system/apps',
    ];
    expect(cluster.nodes.find(({ id }) => id === artifact)).toMatchObject({ state: 'made', type: 'source' });
    const edges = cluster.edges.filter(({ from, to }) =>
      [from, to].some((id) => id === generator || id === artifact),
    );
    expect(edges.map(({ from, to, kind }) => [from, kind, to])).toEqual([
      ['Kustomization/flux-system/flux-system', 'applies', generator],
      ['Kustomization/flux-system/apps', 'source', artifact],
      [generator, 'makes', artifact],
      [generator, 'source', 'GitRepository/flux-system/flux-system'],
    ]);
  });

  it.each([
    ['a pattern', ['{ from: "@repo/apps/*/map.yaml", to: "@artifact/" }']],
    ['a single file', ['{ from: "@repo/apps/base/map.yaml", to: "@artifact/map.yaml" }']],
    ['a folder that is renamed', ['{ from: "@repo/apps/**", to: "@artifact/prod/" }']],
    ['what is excluded', ['{ from: "@repo/apps/**", to: "@artifact/", exclude: ["*.md"] }']],
    ['a merge', ['{ from: "@repo/apps/**", to: "@artifact/", strategy: Merge }']],
    ['half a name', ['{ from: "@repo/my-apps/**", to: "@artifact/apps/" }']],
    [
      'folders that are moved against each other',
      [
        '{ from: "@repo/apps/base/**", to: "@artifact/base/" }',
        '{ from: "@repo/apps/prod/**", to: "@artifact/" }',
      ],
    ],
  ])('is a leaf, and said to be, where it copies %s', (_, copies) => {
    const { graph, cluster } = graphOf(generated(copies, './prod'));
    expect(appliedBy(cluster, 'apps')).toEqual([]);
    expect(codesOf(graph.findings)).toEqual(['made-in-cluster']);
  });

  it('is a leaf where its source is another repository', () => {
    const copies = ['{ from: "@repo/apps/**", to: "@artifact/" }'];
    expect(appliedBy(graphOf(generated(copies, './prod', 'other')).cluster, 'apps')).toEqual([]);
  });

  it('with odd fields is survived', () => {
    const generator = { apiVersion: 'source.extensions.fluxcd.io/v1beta1', kind: 'ArtifactGenerator' };
    for (const spec of [
      undefined,
      null,
      7,
      { artifacts: [null, 7] },
      { artifacts: [{ name: 'a', copy: [null] }] },
    ]) {
      expect(cutArtifact({ ...generator, spec }, 'a')).toBeUndefined();
    }
  });
});
