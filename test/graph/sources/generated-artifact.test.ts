import { cutArtifact } from '../../../lib/graph/sources/generated-artifact';
import { appliedBy, codesOf, configMap, fluxKustomization, graphOf } from '../tree-of';

/** An ArtifactGenerator with one artifact of these copies, and a Kustomization of that artifact. */
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
  it('that copies a folder is followed into it', () => {
    const { graph, cluster } = graphOf(generated(['{ from: "@repo/apps/**", to: "@artifact/" }'], './prod'));
    expect(appliedBy(cluster, 'apps')).toEqual(['ConfigMap//prod-settings']);
    expect(codesOf(graph.findings)).toEqual([]);
    const node = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/apps');
    expect(node?.build).toMatchObject({ source: 'repository', path: 'apps/prod' });
  });

  it('that creates an artifact of some folders leaves out the others', () => {
    const copies = ['base', 'prod'].map(
      (name) => `{ from: "@repo/apps/${name}/**", to: "@artifact/${name}/" }`,
    );
    expect(appliedBy(graphOf(generated(copies, './prod')).cluster, 'apps')).toEqual([
      'ConfigMap//prod-settings',
    ]);
    const { graph } = graphOf(generated(copies, './other'));
    expect(codesOf(graph.findings)).toEqual(['path-missing']);
    expect(graph.findings[0]?.message).toBe(
      'Kustomization "apps" builds "apps/other", which the ExternalArtifact "apps" does not contain',
    );
    expect(graph.findings[0]?.hint).toContain('add the path to the ArtifactGenerator');
    const alone = graphOf(generated(copies.slice(1), './prod'));
    expect(codesOf(alone.graph.findings)).toEqual(['listed-file-missing']);
    const file = '{ from: "@repo/apps/base/kustomization.yaml", to: "@artifact/base/kustomization.yaml" }';
    const lacking = graphOf(generated([...copies.slice(1), file], './prod'));
    expect(codesOf(lacking.graph.findings)).toEqual(['listed-file-missing']);
  });

  it('is in the graph between its source and the artifact that it creates', () => {
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
    [
      'the contents of a folder under another name',
      ['{ from: "@repo/apps/**", to: "@artifact/x/" }'],
      './x/prod',
    ],
    ['a folder into the root', ['{ from: "@repo/apps/", to: "@artifact/" }'], './apps/prod'],
    ['a folder into one of its name', ['{ from: "@repo/apps/", to: "@artifact/apps/" }'], './apps/apps/prod'],
    [
      'folders that are moved against each other',
      [
        '{ from: "@repo/apps/base/", to: "@artifact/x/" }',
        '{ from: "@repo/apps/prod/**", to: "@artifact/x/top/" }',
      ],
      './x/top',
    ],
    [
      'single files, some of them under other names',
      [
        '{ from: "@repo/apps/base/map.yaml", to: "@artifact/x/base/map.yaml" }',
        '{ from: "@repo/apps/base/kustomization.yaml", to: "@artifact/x/base/" }',
        '{ from: "@repo/apps/prod/kustomization.yaml", to: "@artifact/x/prod/kustomization.yaml" }',
      ],
      './x/prod',
    ],
    [
      'single files where they lie in the source',
      [
        '{ from: "@repo/apps/base/map.yaml", to: "@artifact/apps/base/map.yaml" }',
        '{ from: "@repo/apps/base/kustomization.yaml", to: "@artifact/apps/base/" }',
        '{ from: "@repo/apps/prod/**", to: "@artifact/apps/prod/" }',
      ],
      './apps/prod',
    ],
    [
      'a folder over another one',
      ['{ from: "@repo/apps/other/**", to: "@artifact/p/" }', '{ from: "@repo/apps/**", to: "@artifact/" }'],
      './prod',
    ],
  ])('that copies %s is followed', (_, copies, path) => {
    const { graph, cluster } = graphOf(generated(copies, path));
    expect(codesOf(graph.findings)).toEqual([]);
    expect(appliedBy(cluster, 'apps')).toEqual(['ConfigMap//prod-settings']);
    const node = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/apps');
    expect(node?.build?.path).toBe('apps/prod');
    expect(node?.build?.reads).toEqual(
      expect.arrayContaining(['apps/prod', 'apps/base', 'apps/base/map.yaml']),
    );
    expect(node?.build?.inventory[0]?.location.file).toBe('apps/base/map.yaml');
  });

  it('that copies a folder into one of the same name leaves nothing at the folder’s own path', () => {
    const { graph } = graphOf(generated(['{ from: "@repo/apps/", to: "@artifact/apps/" }'], './apps/prod'));
    expect(codesOf(graph.findings)).toEqual(['path-missing']);
  });

  it('has a file without an ending that is copied into a folder', () => {
    const copies = [
      '{ from: "@repo/apps/base/", to: "@artifact/" }',
      '{ from: "@repo/scripts/run", to: "@artifact/base/" }',
    ];
    const files = {
      ...generated(copies, './base'),
      'apps/base/kustomization.yaml':
        'configMapGenerator: [{ name: run, files: [run], options: { disableNameSuffixHash: true } }]\n',
      'scripts/run': 'echo\n',
    };
    expect(appliedBy(graphOf(files).cluster, 'apps')).toEqual(['ConfigMap//run']);
  });

  it('that copies one file over another keeps the later one', () => {
    const copies = [
      '{ from: "@repo/apps/base/**", to: "@artifact/m/" }',
      '{ from: "@repo/apps/other/**", to: "@artifact/m/" }',
    ];
    expect(appliedBy(graphOf(generated(copies, './m')).cluster, 'apps')).toEqual(['ConfigMap//other']);
  });

  it.each([
    ['a pattern', ['{ from: "@repo/apps/*/map.yaml", to: "@artifact/" }']],
    ['what may be a file', ['{ from: "@repo/apps/base/map", to: "@artifact/map.yaml" }']],
    ['what is excluded', ['{ from: "@repo/apps/**", to: "@artifact/", exclude: ["*.md"] }']],
    ['a merge', ['{ from: "@repo/apps/**", to: "@artifact/", strategy: Merge }']],
    ['the whole source as a folder', ['{ from: "@repo/", to: "@artifact/" }']],
    [
      'two sources',
      ['{ from: "@repo/apps/**", to: "@artifact/" }', '{ from: "@more/**", to: "@artifact/" }'],
    ],
  ])('is a leaf, and reported, if it copies %s', (_, copies) => {
    const { graph, cluster } = graphOf(generated(copies, './prod'));
    expect(appliedBy(cluster, 'apps')).toEqual([]);
    expect(codesOf(graph.findings)).toEqual(['made-in-cluster']);
  });

  it('is reported apart from ResourceSets', () => {
    const { graph } = graphOf({
      ...generated(['{ from: "@repo/", to: "@artifact/" }'], './prod'),
      'clusters/prod/set.yaml':
        'apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: set, namespace: default }\nspec: { inputsFrom: [{ kind: ResourceSetInputProvider, name: more }], resources: [{ apiVersion: v1, kind: ConfigMap }] }\n',
    });
    expect(codesOf(graph.findings)).toEqual(['made-in-cluster', 'made-in-cluster']);
  });

  it('is a leaf if its source is another repository', () => {
    const copies = ['{ from: "@repo/apps/**", to: "@artifact/" }'];
    expect(appliedBy(graphOf(generated(copies, './prod', 'other')).cluster, 'apps')).toEqual([]);
  });

  it('with odd fields causes no crash', () => {
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
