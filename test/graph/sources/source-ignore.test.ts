import { gitFilter } from '../../../lib/graph/sources/git-ignore';
import { artifactFilter } from '../../../lib/graph/sources/source-ignore';
import { treeOf } from '../tree-of';

describe('artifactFilter', () => {
  it('leaves out what the controller always leaves out', () => {
    const holds = artifactFilter(treeOf({}));
    expect(['.github/workflows/x.yaml', '.sops.yaml', 'a/.sops.yaml', 'a/b.png'].filter(holds)).toEqual([]);
    expect(['a/x.yaml', 'github/x.yaml', 'a/sops.yaml'].filter(holds)).toHaveLength(3);
  });

  it('includes a folder again although everything else is left out', () => {
    const holds = artifactFilter(treeOf({}), '# all\n/*\n!/kubernetes/main\n');
    expect(holds('kubernetes/main/x.yaml')).toBe(true);
    expect(holds('kubernetes/other/x.yaml')).toBe(false);
    expect(holds('x.yaml')).toBe(false);
  });

  it('reads .sourceignore files of subfolders relative to these', () => {
    const holds = artifactFilter(
      treeOf({ '.sourceignore': 'docs/\n*.txt\n', 'a/.sourceignore': '/b\nc.yaml\n!keep.txt\n' }),
    );
    expect(['docs/x.yaml', 'a/docs/x.yaml', 'a/b/x.yaml', 'a/d/c.yaml', 'x.txt'].filter(holds)).toEqual([]);
    expect(['b/x.yaml', 'c.yaml', 'a/keep.txt', 'a/x/b/y.yaml'].filter(holds)).toHaveLength(4);
  });

  it('understands wildcards, classes and double stars', () => {
    const holds = artifactFilter(treeOf({}), 'a/**/z.yaml\n[xy]?.yaml\n/deploy/**/*.md\n');
    expect(['a/z.yaml', 'a/b/c/z.yaml', 'x1.yaml', 'q/y2.yaml', 'deploy/a/b.md'].filter(holds)).toEqual([]);
    expect(['b/z.yaml', 'x.yaml', 'z1.yaml'].filter(holds)).toHaveLength(3);
  });
});

/** What the package sourceignore of Flux answers: a pattern, paths that it leaves out, and paths that it keeps. */
describe('patterns as Flux reads them', () => {
  it.each<[string, string[], string[]]>([
    ['/*', ['a', 'a/b'], []],
    ['/**', [], ['a', 'a/b']],
    ['**', ['a', 'a/b'], []],
    ['a/**', ['a/b', 'a/b/c'], ['b/a/c', 'ab/c']],
    ['a/b**', [], ['a/b', 'a/bc']],
    ['a**', ['ab', 'x/ac/d'], ['ba']],
    ['**/a/b', ['a/b', 'x/a/b/c'], ['a/x/a/b', 'a']],
    ['a/**/b', ['a/b', 'a/x/y/b'], ['a/x', 'x/a/b']],
    ['**/a/', ['x/a/y', 'a/y'], ['x/a', 'a']],
    ['a/', ['a/b', 'x/a/b'], ['a', 'x/a']],
    ['a/b/', ['a/b/c'], ['a/b', 'x/a/b/c']],
    ['a/ ', ['a/b'], ['a']],
    ['a.yaml  ', ['a.yaml', 'x/a.yaml'], ['b.yaml']],
    ['a\\ ', ['a ', 'x/a /b'], ['a']],
    ['[!a].yaml', ['a.yaml', '!.yaml'], ['b.yaml']],
    ['[^a].yaml', ['b.yaml'], ['a.yaml', 'bb.yaml']],
    ['[a-c]?', ['ax', 'cé'], ['d1', 'a']],
    ['[\\]a]', [']', 'a'], ['b']],
    ['[c-a]', [], ['a', 'b', 'c']],
    ['[^c-a]', ['a', 'x/y'], ['ab']],
    ['[a', [], ['[a', 'a']],
    ['[a-]', [], ['a', '-']],
    ['[]a]', [], [']', 'a']],
    ['a\\', [], ['a', 'a\\']],
    ['{a,b}', ['{a,b}'], ['a', 'b']],
    ['*.a.*', ['x.a.b', 'y/x.a.b'], ['x.a']],
    ['a*c', ['ac', 'abc'], ['a', 'acd']],
    ['*', ['a', 'a/b'], []],
    ['/', [], ['a', 'a/b']],
    ['//a', ['a', 'a/b'], ['b/a']],
    ['./a', [], ['a']],
    ['\\#a', ['#a'], ['a']],
    [' a', [' a'], ['a']],
  ])('%j', (pattern, left, kept) => {
    const holds = artifactFilter(treeOf({}), pattern);
    expect(left.filter(holds)).toEqual([]);
    expect(kept.filter(holds)).toEqual(kept);
    const below = artifactFilter(treeOf({ 'f/.sourceignore': pattern }));
    expect(left.filter((path) => below(`f/${path}`))).toEqual([]);
    expect([...left, ...kept].filter((path) => below(`g/${path}`))).toEqual([...left, ...kept]);
  });

  it('reads a file with other line ends', () => {
    const holds = artifactFilter(treeOf({}), '/*\r\n!/apps\r\n');
    expect(['apps/a.yaml', 'b.yaml'].filter(holds)).toEqual(['apps/a.yaml']);
  });
});

describe('gitFilter', () => {
  it('reads .gitignore files, those of subfolders last', () => {
    const keeps = gitFilter(
      treeOf({
        'talos/config/.gitignore': '!all.yaml\nhome.yaml\n',
        '.gitignore': '*.key\n/kubeconfig.yaml\nall.yaml\n',
        'other.gitignore': 'other.yaml\n',
      }),
    );
    const kept = ['a/kubeconfig.yaml', 'home.yaml', 'talos/config/all.yaml', 'other.yaml', 'a/x.png'];
    expect(kept.filter(keeps)).toEqual(kept);
    expect(['kubeconfig.yaml', 'a/all.yaml', 'talos/config/home.yaml', 'a/b.key'].filter(keeps)).toEqual([]);
  });
});
