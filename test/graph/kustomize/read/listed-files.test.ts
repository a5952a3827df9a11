import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph } from '../../../../lib/graph/build-graph';
import { KustomizeBuilder } from '../../../../lib/graph/kustomize/accumulate';
import { buildListedFiles } from '../../../../lib/graph/kustomize/read/listed-files';
import { RepositoryView } from '../../../../lib/graph/sources/repository-view';
import type { ManifestDocument, ManifestObject } from '../../../../lib/tree/manifest';
import { loadTree } from '../../../../lib/tree/load-tree';
import { directoryOf, joinPath } from '../../../../lib/tree/path';
import { Tree } from '../../../../lib/tree/tree';
import { TreeFile } from '../../../../lib/tree/tree-file';

const ROOT = join(__dirname, '..', '..', '..', '..');
const published = ['.', ...readdirSync(join(ROOT, 'examples')).map((name) => join('examples', name))]
  .map((folder) => join(folder, 'cluster-resources'))
  .filter((folder) => existsSync(join(ROOT, folder)));

/** Published files as in a plan: printed from objects, except encrypted ones. */
function asPlanned(folder: string): Tree {
  const planned = loadTree(folder).tree.files.map((file) => {
    const path = joinPath('cluster-resources', file.path);
    const documents = file.documents.map(({ object }): ManifestDocument => ({ object }));
    return documents.some(({ object }) => object['sops'] !== undefined)
      ? TreeFile.fromBytes(path, file.bytes)
      : TreeFile.fromDocuments(path, documents);
  });
  return new Tree(planned);
}

/** Plain data without the lines of files, which a printed file does not have. */
function withoutLines(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, entry: unknown) => (key === 'line' ? undefined : entry)));
}

/** The result of the fast path, and the result of kustomize's steps. */
function bothWays(tree: Tree, folder: string) {
  const view = new RepositoryView(tree, () => true);
  const builder = new KustomizeBuilder(view);
  const full = builder.build(folder, { change: (kustomization) => kustomization });
  return { short: buildListedFiles(view, folder), built: builder.build(folder), full };
}

describe.each(published)('what is published to %s', (published) => {
  const tree = asPlanned(join(ROOT, published));

  it('gives the same on the fast path as in kustomize', () => {
    const folders = [...new Set(tree.files.map(({ path }) => directoryOf(path)))];
    const results = folders.map((folder) => bothWays(tree, folder));
    for (const { built, full } of results) expect(built).toEqual(full);
    expect(results.some(({ short }) => short !== undefined)).toBe(true);
  });

  it('has the same graph as if it is read from its bytes', () => {
    const read = new Tree(tree.files.map(({ path, bytes }) => TreeFile.fromBytes(path, bytes)));
    const [planned, whole] = [buildGraph(tree), buildGraph(read)];
    expect(withoutLines(planned)).toEqual(withoutLines(whole));
    expect(planned.clusters.flatMap(({ nodes }) => nodes).length).toBeGreaterThan(3);
    expect(planned.findings.filter(({ code }) => code === 'path-missing')).toEqual([]);
  });
});

function configMap(name: string, metadata: object = {}): ManifestObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata } };
}

function file(path: string, ...objects: readonly ManifestObject[]): TreeFile {
  return TreeFile.fromDocuments(
    path,
    objects.map((object) => ({ object })),
  );
}

function kustomization(resources: readonly string[], more: object = {}): TreeFile {
  const head = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
  return file('app/kustomization.yaml', { ...head, resources, ...more });
}

describe('buildListedFiles', () => {
  it('reads the files in the order of the list', () => {
    const tree = new Tree([
      kustomization(['b.yaml', 'a/c.yaml']),
      file('app/a/c.yaml', configMap('c'), configMap('d')),
      file('app/b.yaml', configMap('b')),
      file('app/unlisted.yaml', configMap('e')),
    ]);
    const { short, full } = bothWays(tree, 'app');
    expect(short).toEqual(full);
    expect(short?.resources.map(({ object }) => object.metadata?.name)).toEqual(['b', 'c', 'd']);
    expect(short?.reads).toEqual(['app', 'app/b.yaml', 'app/a/c.yaml']);
  });

  it('takes a list without apiVersion and kind for that of a kustomization', () => {
    const listing = file('app/kustomization.yaml', { resources: ['a.yaml'] } as unknown as ManifestObject);
    const { short, full } = bothWays(new Tree([listing, file('app/a.yaml', configMap('a'))]), 'app');
    expect(short).toEqual(full);
    expect(short?.resources).toHaveLength(1);
  });

  it('reads all files if nothing lists them', () => {
    const tree = new Tree([file('app/b.yaml', configMap('b')), file('app/a.yaml', configMap('a'))]);
    const { short, full } = bothWays(tree, 'app');
    expect(short).toEqual(full);
    expect(short?.resources).toHaveLength(2);
  });

  const plain = file('app/a.yaml', configMap('a'));
  const odd = JSON.parse('{"__proto__": "x"}') as object;
  const list = { apiVersion: 'v1', kind: 'List', items: [configMap('a')] } as ManifestObject;
  it.each<[string, readonly TreeFile[]]>([
    ['a kustomization that changes something', [kustomization(['a.yaml'], { namePrefix: 'x-' }), plain]],
    ['a component', [kustomization(['a.yaml'], { kind: 'Component' }), plain]],
    ['an empty list', [kustomization([]), plain]],
    ['two kustomizations', [kustomization(['a.yaml']), file('app/Kustomization', configMap('k')), plain]],
    ['a file that is missing', [kustomization(['a.yaml', 'b.yaml']), plain]],
    ['a path with dots', [kustomization(['../app/a.yaml']), plain]],
    ['a file that is listed twice', [kustomization(['a.yaml', 'a.yaml']), plain]],
    ['a file as it was read', [kustomization(['a.yaml']), TreeFile.fromBytes('app/a.yaml', plain.bytes)]],
    ['an object that is there twice', [file('app/a.yaml', configMap('a'), configMap('a'))]],
    ['a list of objects', [file('app/a.yaml', list)]],
    ['an object without a name', [file('app/a.yaml', configMap(''))]],
    ['an object without a kind', [file('app/a.yaml', { ...configMap('a'), kind: '' })]],
    ['an object without a version', [file('app/a.yaml', { ...configMap('a'), apiVersion: '' })]],
    ['an annotation that is no text', [file('app/a.yaml', configMap('a', { annotations: { n: 1 } }))]],
    ['annotations that are no map', [file('app/a.yaml', configMap('a', { annotations: null }))]],
    [
      'configuration for local tools',
      [
        file(
          'app/a.yaml',
          configMap('a', { annotations: { 'config.kubernetes.io/local-config': 'true' } }),
          configMap('b'),
        ),
      ],
    ],
    ['a key that means something to JavaScript', [file('app/a.yaml', configMap('a', { labels: odd }))]],
  ])('leaves %s to the steps of kustomize', (_, files) => {
    const { short, built, full } = bothWays(new Tree(files), 'app');
    expect(short).toBeUndefined();
    expect(built).toEqual(full);
  });
});
