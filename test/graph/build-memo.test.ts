import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph } from '../../lib/graph/build-graph';
import type { GraphNode } from '../../lib/graph/graph';
import { BuildMemo } from '../../lib/graph/sources/build-memo';
import { loadTree } from '../../lib/tree/load-tree';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';
import { bootstrap, configMap, fluxKustomization, treeOf } from './tree-of';

function crd(scope: string): string {
  return `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: things.example.com }\nspec: { group: example.com, scope: ${scope}, names: { kind: Thing, plural: things }, versions: [] }\n`;
}

const files: Readonly<Record<string, string>> = {
  ...bootstrap,
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
    'targetNamespace: shop',
    'components: [../extra]',
    'ignoreMissingComponents: true',
    'postBuild: { substitute: { color: red } }',
  ]),
  'clusters/prod/base.yaml': fluxKustomization('base', './base'),
  'clusters/prod/plain.yaml': fluxKustomization('plain', './plain'),
  'plain/thing.yaml':
    'apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: thing, namespace: shop }\nspec: {}\n',
  'clusters/prod/crd.yaml': crd('Namespaced'),
  'apps/kustomization.yaml':
    'resources: [../base]\nconfigMapGenerator:\n- name: script\n  files: [run.sh]\nnamePrefix: a-\n',
  'apps/run.sh': 'echo 1\n',
  'base/kustomization.yaml': 'resources: [map.yaml]\n',
  'base/map.yaml': configMap('map', { color: '${color}' }),
};

/** The tree with files of the other one wherever they are equal, as in a diff. */
function sharing(tree: Tree, other: Tree): Tree {
  return new Tree(tree.files.map((file) => sharedFile(file, other.get(file.path))));
}

function sharedFile(file: TreeFile, other: TreeFile | undefined): TreeFile {
  return other?.bytes.equals(file.bytes) ? other : file;
}

describe('a graph that uses the builds of another tree', () => {
  it.each([
    ['nothing', {}],
    ['a manifest of a base', { 'base/map.yaml': configMap('map', { color: 'blue' }) }],
    ['a kustomization', { 'apps/kustomization.yaml': 'resources: [../base]\nnamePrefix: b-\n' }],
    ['a script of a generator', { 'apps/run.sh': 'echo 2\n' }],
    ['a component that was missing', { 'extra/kustomization.yaml': 'kind: Component\nnamePrefix: c-\n' }],
    ['a variable', { 'clusters/prod/apps.yaml': files['clusters/prod/apps.yaml']?.replace('red', 'green') }],
    ['what git leaves out of the artifact', { 'base/.sourceignore': 'map.yaml\n' }],
    ['the file of a folder', { 'plain/thing.yaml': undefined, 'plain/other.yaml': configMap('other') }],
    ['the scope of a kind', { 'clusters/prod/crd.yaml': crd('Cluster') }],
    ['a file beside others of a plain folder', { 'plain/more.yaml': configMap('more', { a: 'b' }) }],
    ['what a plain folder holds', { 'plain/thing.yaml': undefined }],
    ['the folder of a Kustomization', { 'clusters/prod/plain.yaml': fluxKustomization('plain', './base') }],
    [
      'what the source leaves out',
      {
        'clusters/prod/flux-system/gotk-sync.yaml': (
          bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
        ).replace('  interval: 1m', '  ignore: thing.yaml\n  interval: 1m'),
      },
    ],
    ['a file that is listed and missing', { 'base/kustomization.yaml': 'resources: [gone.yaml]\n' }],
  ])('is the same as one of its own if %s changes', (_what, changed) => {
    const first = treeOf(files);
    const present = Object.entries({ ...files, ...changed }).flatMap(([path, text]) =>
      text === undefined ? [] : [[path, text] as const],
    );
    const second = sharing(treeOf(Object.fromEntries(present)), first);
    const memo = new BuildMemo();
    buildGraph(first, { memo });
    expect(buildGraph(second, { memo })).toEqual(buildGraph(second));
    expect(buildGraph(first, { memo })).toEqual(buildGraph(first));
  });

  it('builds equal parts once', () => {
    const memo = new BuildMemo();
    const tree = treeOf(files);
    const [one, other] = [buildGraph(tree, { memo }), buildGraph(sharing(treeOf(files), tree), { memo })];
    const mapOf = ({ clusters }: typeof one) =>
      clusters[0]?.nodes.find(({ identity }) => identity.name === 'apps')?.build?.inventory[0]?.object;
    expect(mapOf(one)).toBeDefined();
    expect(mapOf(other)).toBe(mapOf(one));
  });

  it('has the node of a Kustomization where nothing of it is different', () => {
    const memo = new BuildMemo();
    const tree = treeOf(files);
    const changed = { ...files, 'plain/thing.yaml': configMap('map') };
    const [one, other] = [tree, sharing(treeOf(changed), tree)].map((each) => nodesOf(each, memo));
    expect(other?.get('apps')).toBe(one?.get('apps'));
    expect(other?.get('plain')).not.toBe(one?.get('plain'));
  });

  it.each([
    [
      'something refers to an object of it',
      {
        'clusters/prod/release.yaml':
          'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: r, namespace: shop }\nspec: { valuesFrom: [{ kind: ConfigMap, name: a-map }] }\n',
      },
    ],
    ['another Kustomization applies it too', { 'plain/apps.yaml': files['clusters/prod/apps.yaml'] }],
  ])('has a node of its own where %s', (_what, changed) => {
    const memo = new BuildMemo();
    const tree = treeOf(files);
    const second = sharing(treeOf({ ...files, ...changed } as Record<string, string>), tree);
    const [one, other] = [tree, second].map((each) => nodesOf(each, memo));
    expect(other?.get('apps')).not.toBe(one?.get('apps'));
    expect(other).toEqual(nodesOf(second));
  });

  const repositories = process.env['FLUX_REPOS'];
  const names =
    repositories === undefined ? [] : readdirSync(repositories).filter((name) => name.includes('__'));
  (names.length === 0 ? it.skip : it)('is the same as one of its own in real repositories', () => {
    for (const name of names) {
      const { tree } = loadTree(join(repositories ?? '', name));
      // Every tenth file is different.
      const changed = new Tree(tree.files.map((file, index) => (index % 10 === 3 ? without(file) : file)));
      const memo = new BuildMemo();
      buildGraph(tree, { memo });
      expect([name, buildGraph(changed, { memo })]).toEqual([name, buildGraph(changed)]);
    }
  });
});

/** The Kustomizations of the only cluster of a tree, by name. */
function nodesOf(tree: Tree, memo?: BuildMemo): ReadonlyMap<string, GraphNode> {
  const nodes = buildGraph(tree, { memo }).clusters[0]?.nodes ?? [];
  return new Map(nodes.map((node) => [node.identity.name, node]));
}

/** A file with another image or interval, if it has one. */
function without(file: TreeFile): TreeFile {
  const text = file.bytes.toString('utf8');
  return TreeFile.fromBytes(
    file.path,
    text.replace(/interval: \S+/, 'interval: 17m').replace(/tag: .*/, 'tag: "1"'),
  );
}
