import { proveEqual } from '../../lib/shared/prove-equal';
import { shareTree } from '../../lib/shared/share-tree';
import type { ManifestObject } from '../../lib/tree/manifest';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';
import {
  configMap,
  kustomization,
  renderedFleet,
  sharedFiles,
  textsOf,
  type RenderedCluster,
} from './rendered-fleet';

const web = (name: string, data: object, groups: readonly string[] = []): RenderedCluster => ({
  name,
  groups,
  apps: { web: [configMap('settings', { a: '1', b: '2', ...data })] },
});

/** The paths at which two results differ. */
function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]).sort();
}

function proved(clusters: readonly RenderedCluster[]): string[] {
  const { tree, units } = renderedFleet(clusters);
  return proveEqual(tree, shareTree(tree, units)).map(({ message }) => message);
}

describe('clusters that share files', () => {
  it('have a base with their shared content, to which the Kustomization of an equal directory points', () => {
    const files = sharedFiles([web('a', {}), web('b', {}), web('c', { b: '3' })]);
    expect(Object.keys(files)).toEqual([
      'apps/c/web/kustomization.yaml',
      'clusters/a/shared/kustomization.yaml',
      'clusters/b/shared/kustomization.yaml',
      'clusters/c/shared/kustomization.yaml',
      'shared/clusters/base/kustomization.yaml',
      'shared/clusters/base/web.yaml',
      'shared/web/base/kustomization.yaml',
      'shared/web/base/objects.yaml',
    ]);
    expect(files['shared/clusters/base/web.yaml']).toContain('path: ./shared/web/base\n');
    expect(files['apps/c/web/kustomization.yaml']).toBe(`resources:
  - ../../../shared/web/base
patches:
  - target:
      kind: ConfigMap
      name: settings
    patch: |
      - { op: replace, path: /data/b, value: "3" }
`);
    expect(files['clusters/c/shared/kustomization.yaml']).toContain('value: ./apps/c/web }\n');
  });

  it('have an overlay for each group that differs from the base in the same way', () => {
    const clusters = ['a', 'b', 'c'].map((name) => web(name, { size: 'large' }, ['production']));
    const staging = ['x', 'y'].map((name) => web(name, { size: 'small' }, ['staging']));
    const files = sharedFiles([...clusters, ...staging]);
    expect(files['shared/web/base/objects.yaml']).toContain('size: large\n');
    expect(files['shared/web/staging/kustomization.yaml']).toContain('- ../base\n');
    expect(files['shared/web/staging/kustomization.yaml']).toContain('value: small }\n');
    expect(files['shared/clusters/staging/kustomization.yaml']).toContain('value: ./shared/web/staging }\n');
    expect(files['clusters/x/shared/kustomization.yaml']).toBe(`resources:
  - ../../../shared/clusters/staging
`);
    expect(Object.keys(files).filter((path) => path.startsWith('apps/'))).toEqual([]);
  });

  it('leave values without a majority out of the base, so that no cluster is the model for the others', () => {
    const files = sharedFiles(['a', 'b', 'c'].map((name) => web(name, { cluster: name })));
    expect(files['shared/web/base/objects.yaml']).not.toContain('cluster');
    for (const name of ['a', 'b', 'c'])
      expect(files[`apps/${name}/web/kustomization.yaml`]).toContain(
        `path: /data/cluster, value: ${name} }\n`,
      );
  });

  it('change nothing for others when one cluster is added or changes', () => {
    const before = [web('a', {}), web('b', {}), web('c', { b: '3' }), web('d', {}), web('z', {})];
    expect(changed(sharedFiles(before), sharedFiles([...before, web('e', {})]))).toEqual([
      'clusters/e/shared/kustomization.yaml',
    ]);
    const one = before.map((cluster) => (cluster.name === 'd' ? web('d', { a: '7' }) : cluster));
    expect(changed(sharedFiles(before), sharedFiles(one))).toEqual([
      'apps/d/web/kustomization.yaml',
      'clusters/d/shared/kustomization.yaml',
    ]);
  });

  it('remove and add objects that only some of them have', () => {
    const extra = configMap('extra', { x: 'y' });
    const clusters: RenderedCluster[] = [
      { name: 'a', apps: { web: [configMap('settings', { a: '1' }), extra] } },
      { name: 'b', apps: { web: [configMap('settings', { a: '1' }), extra] } },
      { name: 'c', apps: { web: [configMap('settings', { a: '1' }), configMap('own', { z: '1' })] } },
    ];
    const files = sharedFiles(clusters);
    expect(files['apps/c/web/kustomization.yaml']).toContain('$patch: delete');
    expect(files['apps/c/web/objects.yaml']).toContain('name: own');
    expect(proved(clusters)).toEqual([]);
  });

  it('keep an encrypted Secret unchanged, beside the overlay that lists it', () => {
    const clusters = ['a', 'b'].map((name) => ({
      ...web(name, {}),
      secrets: { 'web/secret.yaml': `secret of ${name}\n` },
    }));
    const files = sharedFiles(clusters);
    expect(files['apps/a/web/secret.yaml']).toBe('secret of a\n');
    expect(files['apps/a/web/kustomization.yaml']).toContain(
      'resources:\n  - ../../../shared/web/base\n  - secret.yaml\n',
    );
    expect(files['clusters/a/shared/kustomization.yaml']).toContain('value: ./apps/a/web }\n');
  });

  it('have no kustomization.yaml if there are only encrypted Secrets', () => {
    const clusters = ['a', 'b'].map((name) => ({
      ...web(name, {}),
      apps: { keys: [], web: [configMap('settings', {})] },
      secrets: { 'keys/one.yaml': `secret of ${name}\n`, 'keys/deep/two.yml': `secret of ${name}\n` },
    }));
    const { tree, units } = renderedFleet(clusters);
    const keysOf = (rendered: Tree, shared = shareTree(rendered, units)): string[] =>
      shared.tree.files.flatMap(({ path, owner }) =>
        path.startsWith('apps/a/keys/') ? [`${path.slice(12)}: ${owner}`] : [],
      );
    expect(keysOf(tree)).toEqual(['deep/two.yml: clusters/a', 'one.yaml: clusters/a']);
    const withFile = (path: string, object: object): Tree => {
      const more = TreeFile.fromDocuments(path, [{ object: object as ManifestObject }], { owner: 'x' });
      return new Tree([...tree.files, more]);
    };
    const kept = 'kustomization.yaml: clusters/a';
    expect(keysOf(withFile('apps/a/keys/more.yaml', configMap('more', {})))).toContain(kept);
    expect(keysOf(withFile('apps/all/kustomization.yaml', { resources: ['../a/keys'] }))).toContain(kept);
    expect(keysOf(withFile('clusters/a/x.yaml', kustomization('x', 'apps/a/keys')))).toContain(kept);
  });

  it.each(['one.json', '.one.yaml', '.deep/one.yaml'])(
    'have one if Flux would not find the Secret %s',
    (file) => {
      const clusters = ['a', 'b'].map((name) => ({
        name,
        apps: { keys: [] },
        secrets: { [`keys/${file}`]: `secret of ${name}\n` },
      }));
      expect(sharedFiles(clusters)['apps/a/keys/kustomization.yaml']).toContain(`- ${file}\n`);
    },
  );

  it('do not patch an encrypted Secret with the name of an object in the base', () => {
    const secret = (name: string, value: string): ManifestObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: 'web' },
      type: 'Opaque',
      stringData: { value },
    });
    const clusters = ['a', 'b', 'c'].map((name): RenderedCluster => ({
      name,
      apps: { web: [secret('token', name)] },
      secrets: {
        'web/token.yaml': `apiVersion: v1\nkind: "Secret"\nmetadata:\n  name: token\n  namespace: other\nstringData:\n  value: ENC[${name}]\n`,
      },
    }));
    expect(sharedFiles(clusters)['apps/a/web/kustomization.yaml']).toContain('namespace: web\n');
    expect(proved(clusters)).toEqual([]);
  });

  it('keep a field that image automation edits in a file of the cluster, even if it is equal', () => {
    const clusters = ['a', 'b', 'c'].map((name): RenderedCluster => ({
      name,
      apps: {
        web: [
          {
            object: configMap('settings', { a: '1', image: 'web:1' }),
            comments:
              name === 'a' ? new Map([['/data/image', '{"$imagepolicy": "flux-system:web"}']]) : undefined,
          },
        ],
      },
    }));
    const files = sharedFiles(clusters);
    expect(files['shared/web/base/objects.yaml']).toContain('image: web:1\n');
    expect(files['apps/a/web/objects.patch.yaml']).toContain(
      'image: web:1 # {"$imagepolicy": "flux-system:web"}\n',
    );
    expect(files['apps/a/web/kustomization.yaml']).toContain('patches:\n  - path: objects.patch.yaml\n');
  });

  it('do not share what is deployed once, what has its own bases, and what comes from another source', () => {
    const once = sharedFiles([web('a', {}), { name: 'b', apps: {} }]);
    expect(once['apps/a/web/objects.yaml']).toContain('name: settings');
    const elsewhere = ['a', 'b'].map((name) => ({
      ...web(name, {}),
      spec: { sourceRef: { kind: 'OCIRepository', name: 'web' } },
    }));
    expect(sharedFiles(elsewhere)['apps/a/web/objects.yaml']).toContain('name: settings');
    const { tree, units } = renderedFleet([web('a', {}), web('b', {})]);
    const based = new Tree(
      tree.files.map((file) =>
        file.path === 'apps/a/web/kustomization.yaml'
          ? TreeFile.fromDocuments(file.path, [
              {
                object: {
                  ...file.documents[0]?.object,
                  namePrefix: 'x-',
                } as never,
              },
            ])
          : file,
      ),
    );
    expect(textsOf(shareTree(based, units).tree)['apps/a/web/objects.yaml']).toContain('name: settings');
  });

  it('keep a directory in its place if components are relative to it', () => {
    const clusters = ['a', 'b'].map((name) => ({ ...web(name, {}), spec: { components: ['../x'] } }));
    const files = sharedFiles(clusters);
    expect(files['apps/a/web/kustomization.yaml']).toContain('- ../../../shared/web/base\n');
    expect(files['apps/a/web/objects.yaml']).toBeUndefined();
  });

  it('keep a directory if Flux notes on each object the file that it comes from', () => {
    const spec = { buildMetadata: ['originAnnotations'] };
    const files = sharedFiles(['a', 'b'].map((name) => ({ ...web(name, {}), spec })));
    expect(files['apps/a/web/objects.yaml']).toContain('name: settings');
  });

  it('have separate folders if a group has the same name as one in another group', () => {
    const groups = [['prod', 'prod-eu'], ['prod', 'prod-us'], ['prod-eu'], ['Prod']];
    const clusters = groups.flatMap((own, index) =>
      ['a', 'b'].map((id): RenderedCluster => ({
        name: `${id}${index}`,
        groups: own,
        apps: { web: [configMap('settings', { same: 'x', own: String(index) })] },
      })),
    );
    const folders = Object.keys(sharedFiles(clusters)).filter((path) => /^shared\/web\/.*\/kust/.test(path));
    expect(folders.sort()).toEqual(
      ['Prod', 'base', 'prod-eu-2', 'prod-eu', 'prod-us'].map(
        (one) => `shared/web/${one}/kustomization.yaml`,
      ),
    );
    expect(proved(clusters)).toEqual([]);
  });

  it('patch only the right one of two objects with the same kind and name', () => {
    const service = (apiVersion: string, value: unknown, namespace?: string): ManifestObject => ({
      apiVersion,
      kind: 'Service',
      metadata: { name: 'same', ...(namespace !== undefined && { namespace }) },
      spec: { value },
    });
    const clusters = [null, 1, 1].map((value, index): RenderedCluster => {
      const web = [
        service('v1', value),
        service('v1', 7, 'other'),
        service('serving.knative.dev/v1', value),
        service('serving.knative.dev/v2', 8),
      ];
      return { name: `c${index}`, apps: { web } };
    });
    const overlay = sharedFiles(clusters)['apps/c0/web/kustomization.yaml'];
    expect(overlay).toContain('group: ^$\n      version: v1\n');
    expect(overlay).toContain('group: serving\\.knative\\.dev\n      version: v1\n');
    expect(proved(clusters)).toEqual([]);
  });

  it('keep a directory that has nothing of the base, or two objects with the same name', () => {
    const other: RenderedCluster = { name: 'c', apps: { web: [configMap('other', { x: '1' })] } };
    const twice: RenderedCluster = {
      name: 'd',
      apps: { web: [configMap('settings', {}), configMap('settings', { a: '1' })] },
    };
    const files = sharedFiles([web('a', {}), web('b', {}), other, twice]);
    for (const name of ['c', 'd'])
      expect(files[`apps/${name}/web/kustomization.yaml`]).toContain('resources:\n  - objects.yaml\n');
  });

  it('keep a directory in its place if something else names it', () => {
    const { tree, units } = renderedFleet([web('a', {}), web('b', {}), web('c', {})]);
    const listing = {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: ['../a/web'],
    };
    tree.add(TreeFile.fromDocuments('apps/all/kustomization.yaml', [{ object: listing as ManifestObject }]));
    const second = kustomization('second', 'apps/b/web');
    tree.add(TreeFile.fromDocuments('clusters/b/second.yaml', [{ object: second, constructPath: 'b/x' }]));
    const files = textsOf(shareTree(tree, units).tree);
    for (const name of ['a', 'b'])
      expect(files[`apps/${name}/web/kustomization.yaml`]).toContain('- ../../../shared/web/base\n');
    expect(files['apps/c/web/kustomization.yaml']).toBeUndefined();
  });

  it('keep an entry path in which the folder is already used', () => {
    const taken = { 'shared/x.yaml': [configMap('x', {})] };
    const files = sharedFiles([
      { ...web('a', {}), entry: taken },
      { ...web('b', {}), entry: taken },
    ]);
    expect(files['clusters/a/web.yaml']).toContain('path: ./shared/web/base\n');
  });

  it('list all files of a cluster in one record', () => {
    const { tree, units } = renderedFleet([web('a', {}), web('b', {}), web('c', { b: '3' })]);
    const owners = shareTree(tree, units).tree.files.map(({ path, owner }) => `${path}: ${owner}`);
    expect(owners).toContain('apps/c/web/kustomization.yaml: clusters/c');
    expect(owners).toContain('shared/web/base/objects.yaml: shared/web');
  });
});

describe('the proof', () => {
  it('fails an overlay that does not build to the objects of its cluster', () => {
    const { tree, units } = renderedFleet([web('a', {}), web('b', {}), web('c', { b: '3' })]);
    const shared = shareTree(tree, units);
    expect(proveEqual(tree, shared)).toEqual([]);
    const extra = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\n  namespace: default\ndata:';
    const faults: readonly (readonly [path: string, from: string, to: string])[] = [
      ['apps/c/web/kustomization.yaml', 'value: "3"', 'value: "4"'],
      ['apps/c/web/kustomization.yaml', 'name: settings', 'name: other'],
      ['shared/web/base/objects.yaml', 'a: "1"', 'a: "2"'],
      ['shared/web/base/objects.yaml', 'a: "1"', `a: "1"\n  b: "2"\n---\n${extra}\n  a: "1"`],
      ['clusters/c/shared/kustomization.yaml', './apps/c/web', './apps/b/web'],
      ['shared/clusters/base/web.yaml', 'prune: true', 'prune: false'],
    ];
    for (const [path, from, to] of faults) {
      const files = shared.tree.files.map((file) => {
        const text = file.bytes.toString('utf8');
        if (file.path !== path) return file;
        expect(text).toContain(from);
        return TreeFile.fromBytes(path, text.replace(from, to));
      });
      const found = proveEqual(tree, { ...shared, tree: new Tree(files) });
      expect(found.map(({ code }) => code)).toContain('shared-not-equal');
    }
  });
});
