import { filesIn } from '../../lib/oci/contents';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';

it('leaves out the file through which git finds the repository of a worktree or a submodule', () => {
  const paths = ['.git', 'apps/module/.git', 'apps/module/a.yaml', 'apps/x.git'];
  const tree = new Tree(paths.map((path) => TreeFile.fromBytes(path, 'a: b\n')));
  expect(filesIn(tree, [''])).toEqual(['apps/module/a.yaml', 'apps/x.git']);
});
