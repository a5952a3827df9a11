import { FindingsError } from '../../lib/findings/findings-error';
import {
  baseName,
  directoryOf,
  isBelow,
  isGitName,
  isSimplePath,
  joinPath,
  repositoryPath,
  resolvePath,
} from '../../lib/tree/path';

function refusal(path: string, location?: { file: string }) {
  try {
    repositoryPath(path, location);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings.map(({ code, locations }) => ({ code, files: locations.map(({ file }) => file) }));
  }
  return [];
}

describe('a path in a repository', () => {
  it.each([
    ['a/b', 'a/b'],
    ['./a/b', 'a/b'],
    ['/a/b', 'a/b'],
    ['a//b/', 'a/b'],
    ['a/./b', 'a/b'],
    ['a/../b', 'b'],
    ['a/b/../../c', 'c'],
    ['', ''],
    ['.', ''],
    ['./', ''],
    ['a/..', ''],
    ['.a/..b', '.a/..b'],
    ['a b/c.d', 'a b/c.d'],
    ['a./b'.replace('.', '-'), 'a-/b'],
    ['ä/😀', 'ä/😀'],
    ['a\u0020b', 'a b'],
  ])('%j is spelt %j', (path, expected) => {
    expect(repositoryPath(path)).toBe(expected);
  });

  it.each(['a', 'abc', 'a.b', 'ab.cd.ef', 'a-b/c_d.e.f', 'aa/bb.cc/dd', 'aa.bb/cc.dd.ee/ff'])(
    'is simple: %j',
    (path) => {
      expect([isSimplePath(path), repositoryPath(path)]).toEqual([true, path]);
    },
  );

  it.each([
    ...['', '.', '.a', 'a.', 'a..b', 'a/', '/a', 'a//b', 'a/.b', 'a./b', 'a/b.', 'a/b..c', 'a b', 'a.b c'],
    ...[
      'a.$',
      'a/b.$',
      'ä',
      'a/ä',
      'a\n',
      'a\\b',
      'a.\\b',
      'a/b.\\c',
      'a./../../b',
      'a/b./../../../c',
      '../a',
    ],
  ])('is not simple: %j', (path) => {
    expect(isSimplePath(path)).toBe(false);
  });

  it.each(['..', '../a', 'a/../..', 'a/../../b', '/..'])('fails if it leads out: %j', (path) => {
    expect(refusal(path)).toEqual([{ code: 'path-outside-repository', files: [] }]);
  });

  it.each([
    'a\\b',
    'C:/a',
    'a*',
    'a?',
    'a"b',
    'a<b',
    'a>b',
    'a|b',
    'a\nb',
    'a\u0000',
    'a\u001fb',
    'a.',
    'a ',
    'b/a./c',
    '...',
  ])('fails if not every system can store it: %j', (path) => {
    expect(refusal(path)).toEqual([{ code: 'path-invalid', files: [] }]);
  });

  it('fails with the place that names it', () => {
    expect(refusal('../a', { file: 'x.yaml' })).toEqual([
      { code: 'path-outside-repository', files: ['x.yaml'] },
    ]);
    expect(refusal('a*', { file: 'x.yaml' })).toEqual([{ code: 'path-invalid', files: ['x.yaml'] }]);
  });

  it.each([
    ['a/b/c', 'a/b'],
    ['a', ''],
    ['', ''],
    ['a/b', 'a'],
  ])('%j is in the folder %j', (path, expected) => {
    expect(directoryOf(path)).toBe(expected);
  });

  it.each([
    ['a/b/c.yaml', 'c.yaml'],
    ['a', 'a'],
    ['', ''],
  ])('the name of %j is %j', (path, expected) => {
    expect(baseName(path)).toBe(expected);
  });

  it.each([
    [['a', 'b'], 'a/b'],
    [['', 'b'], 'b'],
    [['a', '', 'b', ''], 'a/b'],
    [[''], ''],
    [[], ''],
  ])('of the parts %j is %j', (parts, expected) => {
    expect(joinPath(...parts)).toBe(expected);
  });

  it.each([
    ['a/b', 'a', true],
    ['a', 'a', true],
    ['ab', 'a', false],
    ['a', 'a/b', false],
    ['b/a/', 'a', false],
    ['a', '', true],
    ['', '', true],
    ['', 'a', false],
  ])('%j is below %j: %s', (path, folder, expected) => {
    expect(isBelow(path, folder)).toBe(expected);
  });
});

describe('the folder of git', () => {
  it.each(['.git', '.git/hooks/x.md', 'a/.GIT/x', 'git~1/x', 'GIT~23', 'a/.g\u200cit/x', 'a/../.git'])(
    'fails on %j, which leads into it',
    (path) => {
      expect(() => repositoryPath(path)).toThrow(/^error: path-invalid\n.*git keeps its own files/);
    },
  );

  it('is not confused with similar names', () => {
    const names = ['.gitignore', '.github', 'git', '.git2', 'git~', 'git~x', 'a-git~1', 'git~1x'];
    expect(names.map((name) => repositoryPath(name))).toEqual(names);
    expect(names.some(isGitName)).toBe(false);
  });

  it.each(['../.git'])('fails on %j, which leads out of the repository', (path) => {
    expect(() => repositoryPath(path)).toThrow(/^error: path-outside-repository/);
  });
});

describe('resolvePath', () => {
  it.each([
    ['a/b', 'c.yaml', 'a/b/c.yaml'],
    ['a/b', './c/./d', 'a/b/c/d'],
    ['a/b', '/c', 'c'],
    ['a/b', '../c', 'a/c'],
    ['a/b', '../../c', 'c'],
    ['a/b', '../../../c', undefined],
    ['', 'c', 'c'],
  ])('from %j, %j is %j', (folder, path, expected) => {
    expect(resolvePath(folder, path)).toBe(expected);
  });
});
