import { FindingsError } from '../../lib/findings/findings-error';
import { LoadedTree } from '../../lib/tree/loaded-tree';
import { apiGroup, identityOf, type ManifestObject } from '../../lib/tree/manifest';
import { providedGroups } from '../../lib/tree/provides';
import { optsOutOfSubstitution } from '../../lib/tree/substitution';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';

const file = (path: string, constructPath?: string) => TreeFile.fromBytes(path, path, { constructPath });
const object = (fields: object): ManifestObject => ({ apiVersion: 'v1', kind: 'X', ...fields });
const withMeta = (metadata: unknown) => object({ metadata });

describe('a tree', () => {
  it('returns its files in order of their paths, including those that are added later', () => {
    const tree = new Tree([file('b'), file('a/c')]);
    expect(tree.files.map(({ path }) => path)).toEqual(['a/c', 'b']);
    expect(tree.add(file('a/b'))).toBeUndefined();
    expect(tree.files.map(({ path }) => path)).toEqual(['a/b', 'a/c', 'b']);
    expect([...tree.paths].sort()).toEqual(['a/b', 'a/c', 'b']);
    expect(tree.size).toBe(3);
    expect(new Tree().size).toBe(0);
    expect([tree.has('b'), tree.has('c'), tree.get('b')?.path, tree.get('c')]).toEqual([
      true,
      false,
      'b',
      undefined,
    ]);
  });

  it('fails if two files have the same path, or differ only in the case of letters, and keeps the first', () => {
    const tree = new Tree([file('a/b', 'app/one')]);
    const where = { first: { constructPath: 'app/one', file: 'a/b' } };
    expect(tree.add(file('a/b', 'app/two'))).toMatchObject({
      code: 'file-collision',
      locations: [where.first, { constructPath: 'app/two', file: 'a/b' }],
    });
    expect(tree.add(file('A/b', 'app/two'))).toMatchObject({
      code: 'file-case-collision',
      locations: [where.first, { constructPath: 'app/two', file: 'A/b' }],
    });
    expect([tree.size, tree.get('a/b')?.constructPath, tree.has('A/b')]).toEqual([1, 'app/one', false]);
  });

  it('of a folder reads other files on demand, once', () => {
    const asked: string[] = [];
    const tree = new LoadedTree([file('a')], new Set(['x', 'gone']), (path) => {
      asked.push(path);
      return path === 'x' ? Buffer.from('content') : undefined;
    });
    expect([...tree.paths]).toEqual(['a', 'x', 'gone']);
    expect([tree.has('a'), tree.has('x'), tree.has('y')]).toEqual([true, true, false]);
    expect(asked).toEqual([]);
    expect(
      [tree.get('a'), tree.get('x'), tree.get('x'), tree.get('gone'), tree.get('gone'), tree.get('y')].map(
        (each) => each?.bytes.toString(),
      ),
    ).toEqual(['a', 'content', 'content', undefined, undefined, undefined]);
    expect(asked).toEqual(['x', 'gone']);
    expect(tree.size).toBe(1);
  });
});

describe('a file', () => {
  it('is printed from objects', () => {
    const made = TreeFile.fromDocuments('a.yaml', [{ object: object({}) }], { owner: 'o' });
    expect(made.bytes.toString()).toBe('apiVersion: v1\nkind: X\n');
    expect(made.bytes).toBe(made.bytes);
    expect(made).toMatchObject({ path: 'a.yaml', isPrinted: true, owner: 'o' });
  });

  it('is read from bytes, each document with its line; empty ones are left out', () => {
    const kept = TreeFile.fromBytes('a.yaml', '# c\n---\na: 1\n---\n---\nb: 2\n---\nnull\n', {
      constructPath: 'c',
      madeFrom: Buffer.from('m'),
    });
    expect(kept.documents).toEqual([
      { object: { a: 1 }, line: 3 },
      { object: { b: 2 }, line: 6 },
    ]);
    expect(kept.documents).toBe(kept.documents);
    expect(kept).toMatchObject({
      isPrinted: false,
      constructPath: 'c',
      madeFrom: Buffer.from('m'),
    });
    expect(kept.owner).toBeUndefined();
  });

  it('keeps its bytes whatever happens to the buffer', () => {
    const buffer = Buffer.from('abc');
    const kept = TreeFile.fromBytes('a', buffer);
    buffer[0] = 0;
    expect(kept.bytes.toString()).toBe('abc');
  });

  it('fails if objects are requested from invalid YAML, at the line', () => {
    const broken = TreeFile.fromBytes('a.yaml', 'a: 1\nb: [\n');
    expect(() => broken.documents).toThrow(/yaml-invalid/);
  });

  it('fails in the same way each time without reading invalid YAML again', () => {
    const broken = TreeFile.fromBytes('a.yaml', 'a: 1\nb: [\n');
    const outcome = (): unknown => {
      try {
        return broken.documents;
      } catch (error) {
        return error;
      }
    };
    expect(outcome()).toBeInstanceOf(FindingsError);
    expect(outcome()).toBe(outcome());
  });
});

describe('an object', () => {
  it.each([
    ['v1', ''],
    ['apps/v1', 'apps'],
    ['a.b/v1/c', 'a.b'],
    ['/v1', ''],
  ])('of %j is of the group %j', (apiVersion, expected) => {
    expect(apiGroup(apiVersion)).toBe(expected);
  });

  it.each([
    ['a name', { name: 'n' }, { name: 'n' }],
    ['a namespace', { name: 'n', namespace: 's' }, { name: 'n', namespace: 's' }],
    ['a number for a name', { name: 5, namespace: true }, { name: '5', namespace: 'true' }],
    ['a list for a name', { name: ['n'], namespace: null }, { name: '', namespace: '' }],
    ['no metadata', undefined, { name: '' }],
  ])('with %s has an identity', (_name, metadata, expected) => {
    expect(identityOf(withMeta(metadata))).toEqual({ group: '', kind: 'X', ...expected });
  });

  it.each([
    ['no metadata', undefined, []],
    ['annotations that are null', { annotations: null }, []],
    ['no annotation', { annotations: {} }, []],
    ['a number', { annotations: { 'cdk8s-flux/provides': 5 } }, []],
    ['one group', { annotations: { 'cdk8s-flux/provides': 'a.io' } }, ['a.io']],
    ['several', { annotations: { 'cdk8s-flux/provides': ' a.io , b.io,,' } }, ['a.io', 'b.io']],
  ])('with %s defines these groups', (_name, metadata, expected) => {
    expect(providedGroups(withMeta(metadata))).toEqual(expected);
  });

  it.each([
    ['no metadata', undefined, false],
    ['a label', { labels: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } }, true],
    ['an annotation', { annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } }, true],
    ['another value', { labels: { 'kustomize.toolkit.fluxcd.io/substitute': 'enabled' } }, false],
    ['another label', { labels: { x: 'disabled' } }, false],
    [
      'null for labels, and an annotation',
      { labels: null, annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } },
      true,
    ],
    ['a text for labels', { labels: 'disabled' }, false],
  ])('with %s opts out of substitution: %s', (_name, metadata, expected) => {
    expect(optsOutOfSubstitution(withMeta(metadata))).toBe(expected);
  });
});
