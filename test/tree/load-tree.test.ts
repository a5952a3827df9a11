import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadTree, type LoadTreeOptions } from '../../lib/tree/load-tree';

describe('loadTree', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'load-tree-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, content: string | Buffer = 'a: b\n') {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  function load(options?: LoadTreeOptions) {
    const { tree, findings } = loadTree(root, options);
    return {
      tree,
      paths: tree.files.map(({ path }) => path),
      findings: findings.map(({ code, locations }) => [code, locations[0]?.file]),
    };
  }

  it('reads manifests, kustomization and ignore files, and nothing of git or node_modules', () => {
    for (const path of [
      'a/x.yaml',
      'a/y.yml',
      'a/Kustomization',
      '.sourceignore',
      '.git/x.yaml',
      'node_modules/m/x.yaml',
      'a/s.sh',
    ]) {
      write(path);
    }
    expect(load().paths).toEqual(['.sourceignore', 'a/Kustomization', 'a/x.yaml', 'a/y.yml']);
  });

  it('keeps bytes, and reads other files on demand', () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x3a, 0x0d, 0x0a, 0xff]);
    write('x.yaml', bytes);
    write('script.sh', bytes);
    const { tree } = load();
    expect(tree.get('x.yaml')?.bytes).toEqual(bytes);
    expect([tree.has('script.sh'), tree.has('other.sh')]).toEqual([true, false]);
    expect(tree.get('script.sh')?.bytes).toEqual(bytes);
    expect(tree.get('other.sh')).toBeUndefined();
  });

  it('accepts files that are not valid YAML until they are parsed', () => {
    write('chart/templates/x.yaml', '{{- if .Values.x }}\n');
    expect(load().paths).toEqual(['chart/templates/x.yaml']);
  });

  it('leaves out symbolic links, with a finding each', () => {
    write('a/x.yaml');
    symlinkSync('/etc', join(root, 'out'));
    symlinkSync('..', join(root, 'a/loop'));
    symlinkSync('x.yaml', join(root, 'a/y.yaml'));
    // Not part of the content, whether it is a folder or a link to one.
    symlinkSync('/etc', join(root, 'a/node_modules'));
    const { paths, findings } = load();
    expect(paths).toEqual(['a/x.yaml']);
    expect(findings.sort()).toEqual([
      ['symlink-ignored', 'a/loop'],
      ['symlink-ignored', 'a/y.yaml'],
      ['symlink-ignored', 'out'],
    ]);
  });

  it('leaves out what is too large or too deep, with a finding each', () => {
    write('large.yaml', 'x'.repeat(101));
    write('a/b/c/x.yaml');
    write('ok.yaml', 'x'.repeat(100));
    const { paths, findings } = load({ maxFileBytes: 100, maxDepth: 2 });
    expect(paths).toEqual(['ok.yaml']);
    expect(findings.sort()).toEqual([
      ['file-too-large', 'large.yaml'],
      ['folder-too-deep', 'a/b/c'],
    ]);
  });

  it('reads a file and a folder of the maximum size and depth', () => {
    write('a/b/x.yaml', 'x'.repeat(100));
    write('big.txt', 'x'.repeat(101));
    write('small.txt', 'x'.repeat(100));
    const { paths, findings, tree } = load({ maxFileBytes: 100, maxDepth: 2 });
    expect([paths, findings]).toEqual([['a/b/x.yaml'], []]);
    expect([tree.get('small.txt')?.bytes.length, tree.get('big.txt')]).toEqual([100, undefined]);
  });

  it('reads files with any case of .yaml, and files whose names are those of skipped folders', () => {
    for (const path of ['a.YAML', 'b.Yml', 'c.yaml.bak', 'node_modules', 'd/Kustomization.txt']) write(path);
    const { paths, tree } = load();
    expect(paths).toEqual(['a.YAML', 'b.Yml']);
    expect(tree.has('node_modules')).toBe(true);
    expect(tree.has('c.yaml.bak')).toBe(true);
  });

  it('leaves out the given paths, files and folders', () => {
    for (const path of ['a/x.yaml', 'a/y.yaml', 'b/x.yaml']) write(path);
    expect(load({ except: (path) => path === 'a/x.yaml' || path === 'b' }).paths).toEqual(['a/y.yaml']);
  });

  it('has limits by default: 64 folders, 16 MiB', () => {
    const deep = (levels: number) => Array(levels).fill('d').join('/');
    write(`${deep(64)}/x.yaml`);
    expect(load().findings).toEqual([]);
    write(`${deep(65)}/x.yaml`);
    write('exact.yaml', Buffer.alloc(16 * 1024 * 1024, 'x'));
    write('more.yaml', Buffer.alloc(16 * 1024 * 1024 + 1, 'x'));
    expect(load().findings.sort()).toEqual([
      ['file-too-large', 'more.yaml'],
      ['folder-too-deep', deep(65)],
    ]);
    expect(load().paths).toContain('exact.yaml');
  });

  it('has a finding if two files differ only in the case of letters', () => {
    write('a.yaml');
    write('A.yaml');
    if (readdirSync(root).length === 1) return; // The system has no such files.
    expect(load().findings.map(([code]) => code)).toEqual(['file-case-collision']);
  });

  it('fails if the folder cannot be read', () => {
    expect(() => loadTree(join(root, 'gone'))).toThrow('ENOENT');
  });
});
