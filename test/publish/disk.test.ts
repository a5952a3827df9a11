import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { Disk } from '../../lib/publish/disk';
import { Repository, removeRepositories } from './repository';

afterAll(removeRepositories);

const KIB = 1024;

/** A repository with one of everything that can be at a path. */
function repository(): Repository {
  const made = new Repository('out', { git: true });
  made.write('out/file', 'text\n');
  made.write('folder/inner/file', 'text\n');
  symlinkSync('folder', made.path('link'));
  symlinkSync('nowhere', made.path('dangling'));
  symlinkSync('/', made.path('outside'));
  symlinkSync('.git', made.path('to-git'));
  symlinkSync('.', made.path('to-root'));
  spawnSync('mkfifo', [made.path('fifo')]);
  return made;
}

describe('a disk', () => {
  const disk = new Disk(repository().root);

  it.each([
    ['out/file', 'file'],
    ['folder/inner', 'folder'],
    ['link', 'link'],
    ['dangling', 'link'],
    ['fifo', 'other'],
    ['missing', undefined],
    ['missing/below', undefined],
    ['out/file/below', undefined],
    ['link/inner/file', 'file'],
    ['to-root/out/file', 'file'],
    ['outside/etc', undefined],
  ])('has at %s: %s', (path, kind) => {
    expect(disk.kind(path)).toBe(kind);
  });

  it.each([
    ['folder/new', undefined],
    ['missing/deep/new', undefined],
    ['link/new', undefined],
    ['to-root/new', undefined],
    ['out/file/new', { state: 'file', cause: 'out/file' }],
    ['out/file/deep/new', { state: 'file', cause: 'out/file' }],
    ['fifo/new', { state: 'file', cause: 'fifo' }],
    ['dangling/new', { state: 'outside', cause: 'dangling' }],
    ['outside/new', { state: 'outside', cause: 'outside' }],
    ['to-git/new', { state: 'outside', cause: 'to-git' }],
  ])('says what prevents a file at %s', (path, obstacle) => {
    expect(disk.obstacle(path)).toEqual(obstacle);
  });

  it('does not take a folder beside the repository, whose name begins as its own, for the inside', () => {
    const made = new Repository();
    mkdirSync(`${made.root}-beside`);
    symlinkSync(`${made.root}-beside`, made.path('beside'));
    expect(new Disk(made.root).obstacle('beside/new')).toEqual({ state: 'outside', cause: 'beside' });
    spawnSync('rmdir', [`${made.root}-beside`]);
  });
});

describe('a file on disk', () => {
  const made = new Repository();
  const equals = (found: string | undefined, wanted: string): boolean => {
    if (found !== undefined) made.write('file', found);
    return new Disk(made.root).equals(found === undefined ? 'missing' : 'file', Buffer.from(wanted));
  };

  it.each([
    ['is equal', 'a: 1\n', 'a: 1\n', true],
    ['is empty, as planned', '', '', true],
    ['is longer by one byte', 'a: 1\n\n', 'a: 1\n', false],
    ['is shorter by one byte', 'a: 1', 'a: 1\n', false],
    ['differs in its last byte', 'a: 1', 'a: 2', false],
    ['is missing', undefined, '', false],
  ])('%s', (_, found, wanted, expected) => {
    expect(equals(found, wanted)).toBe(expected);
  });

  it.each([64 * KIB - 1, 64 * KIB, 64 * KIB + 1, 300 * KIB])('may have %j bytes', (length) => {
    const text = 'x'.repeat(length);
    expect([equals(text, text), equals(`${text}y`, text), equals(text, `${text}y`)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is not equal if it is a folder', () => {
    mkdirSync(made.path('folder'));
    expect(new Disk(made.root).equals('folder', Buffer.from(''))).toBe(false);
  });

  (process.platform === 'linux' ? it : it.skip)('is closed after the comparison', () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    for (const found of ['a', 'b', 'ab']) equals(found, 'a');
    expect(open()).toBe(before);
  });
});
