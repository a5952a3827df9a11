import { proveEqual } from '../../lib/shared/prove-equal';
import { shareTree } from '../../lib/shared/share-tree';
import type { ManifestObject } from '../../lib/tree/manifest';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';
import { configMap, renderedFleet, sharedFiles, textsOf, type RenderedCluster } from './rendered-fleet';

describe('directories with kustomize fields of their author', () => {
  const base = ['kustomization.yaml', 'settings.yaml'].map((name) =>
    TreeFile.fromDocuments(`base/web/${name}`, [
      {
        object:
          name === 'settings.yaml'
            ? configMap('base', { a: '1' })
            : ({ resources: ['settings.yaml'] } as unknown as ManifestObject),
      },
    ]),
  );
  const based = (name: string, more: object = {}, data: object = {}): RenderedCluster => ({
    name,
    apps: { web: [configMap('settings', { a: '1', b: '2', ...data })] },
    kustomize: { web: { resources: ['../../../base/web'], namePrefix: 'x-', ...more } },
  });
  const provedWithBase = (clusters: readonly RenderedCluster[]): string[] => {
    const { tree: own, units } = renderedFleet(clusters);
    const tree = new Tree([...own.files, ...base]);
    return proveEqual(tree, shareTree(tree, units)).map(({ message }) => message);
  };

  it('are shared as a whole, if more than half of the clusters have the same ones', () => {
    const clusters = [based('a'), based('b'), based('c', { namePrefix: 'y-' })];
    const files = sharedFiles(clusters, base);
    expect(files['shared/web/base/kustomization.yaml']).toBe(
      'resources:\n  - ../../../base/web\n  - objects.yaml\nnamePrefix: x-\n',
    );
    expect(files['shared/web/base/objects.yaml']).toContain('name: settings\n');
    expect(files['shared/clusters/base/web.yaml']).toContain('path: ./shared/web/base\n');
    expect(Object.keys(files).filter((path) => path.startsWith('apps/'))).toEqual([
      'apps/c/web/kustomization.yaml',
      'apps/c/web/objects.yaml',
    ]);
    expect(provedWithBase(clusters)).toEqual([]);
  });

  it('refer to bases by the path from the shared folder', () => {
    const clusters = ['a', 'b'].map((name): RenderedCluster => ({
      name,
      apps: { 'team/web': [configMap('settings', {})] },
      kustomize: { 'team/web': { resources: ['../../../../base/web'], components: [] } },
    }));
    const { tree: own, units } = renderedFleet(clusters);
    const tree = new Tree([...own.files, ...base]);
    const shared = shareTree(
      tree,
      units.map((unit) => ({ ...unit, cluster: { ...unit.cluster, folder: 'deep/shared' } })),
    );
    expect(textsOf(shared.tree)['deep/shared/team/web/base/kustomization.yaml']).toContain(
      '- ../../../../../base/web\n',
    );
    expect(proveEqual(tree, shared)).toEqual([]);
  });

  const image = new Map([['/data/a', '{"$imagepolicy": "flux-system:web"}']]);
  const two = (more: object): RenderedCluster[] => ['a', 'b'].map((name) => based(name, more));
  it.each<[string, readonly RenderedCluster[]]>([
    [
      'only half of them have the same ones',
      [based('a'), based('b'), based('c', { namePrefix: 'y-' }), based('d', {}, { a: '2' })],
    ],
    ['they have a field that we do not know', two({ sortOptions: { order: 'fifo' } })],
    ['a patch is in a file', two({ patches: [{ path: 'x.yaml' }] })],
    ['a generator reads a file', two({ configMapGenerator: [{ name: 'x', files: ['x.txt'] }] })],
    ['a base is not published', two({ components: ['../../../elsewhere'] })],
    ['a base is remote', two({ resources: ['https://example.com/x'] })],
    ['a base is in the directory', two({ resources: ['../web'] })],
    ['they do not build', two({ patches: [{ patch: '[' }] })],
    ['a Secret is encrypted', two({}).map((one) => ({ ...one, secrets: { 'web/secret.yaml': 'x' } }))],
    [
      'image automation edits a file',
      two({}).map((one) => ({
        ...one,
        apps: { web: [{ object: configMap('settings', { a: '1' }), comments: image }] },
      })),
    ],
    ['components are relative to them', two({}).map((one) => ({ ...one, spec: { components: ['../x'] } }))],
    [
      'Flux notes where objects come from',
      two({}).map((one) => ({ ...one, spec: { buildMetadata: ['originAnnotations'] } })),
    ],
  ])('stay as they are if %s', (_what, clusters) => {
    const files = sharedFiles(clusters, base);
    for (const { name } of clusters)
      expect(files[`apps/${name}/web/kustomization.yaml`]).toContain('apiVersion: kustomize');
    expect(Object.keys(files).filter((path) => path.startsWith('shared/web'))).toEqual([]);
  });

  it('stay as they are if a directory below them is one of their bases', () => {
    const below = ['a', 'b'].flatMap((name) =>
      base.map(({ path, documents }) =>
        TreeFile.fromDocuments(path.replace('base/web', `apps/${name}/web/deep`), documents),
      ),
    );
    const files = sharedFiles(two({ resources: ['deep'] }), below);
    expect(files['apps/a/web/kustomization.yaml']).toContain('- deep\n');
    expect(files['shared/web/base/kustomization.yaml']).toBeUndefined();
  });
});
