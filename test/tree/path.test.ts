import { isGitName, repositoryPath } from '../../lib/tree/path';

describe('repositoryPath', () => {
  it('has one spelling for each path', () => {
    expect(['./a//b/', '/a/./b', 'a/c/../b', 'a/b'].map((path) => repositoryPath(path))).toEqual(
      Array(4).fill('a/b'),
    );
    expect(repositoryPath('.')).toBe('');
  });

  it.each(['.git', '.git/hooks/x.md', 'a/.GIT/x', 'git~1/x', 'a/.g\u200cit/x', 'a/../.git'])(
    'fails on %j, which leads into the folder of git',
    (path) => {
      expect(() => repositoryPath(path)).toThrow(/^path-invalid\n.*git keeps its own files/);
    },
  );

  it('takes names that only look like the folder of git', () => {
    const names = ['.gitignore', '.github', 'git', '.git2', 'git~12'];
    expect(names.map((name) => repositoryPath(name))).toEqual(names);
    expect(names.some(isGitName)).toBe(false);
  });

  it.each(['..', 'a/../../b', '../.git'])('fails on %j, which leads out of the repository', (path) => {
    expect(() => repositoryPath(path)).toThrow(/^path-outside-repository/);
  });

  it.each(['a\\b', 'C:/x', 'a/con?', 'a./b', 'a \0b', 'a\nb'])(
    'fails on %j, which not every system can store',
    (path) => {
      expect(() => repositoryPath(path)).toThrow(/^path-invalid/);
    },
  );
});
