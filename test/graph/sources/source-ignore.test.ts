import { artifactFilter, gitFilter } from '../../../lib/graph/sources/source-ignore';
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
