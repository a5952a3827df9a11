import { foldersPutAside } from '../../../lib/check/facts/put-aside';
import { LoadedTree } from '../../../lib/tree/loaded-tree';
import { fluxKustomization } from '../../graph/tree-of';

describe('the folders of Kustomizations that are put aside', () => {
  it('are known from files that are read only when they are asked for', () => {
    const tree = new LoadedTree([], new Set(['apps.yaml.x', 'apps.txt']), (path) =>
      Buffer.from(fluxKustomization('apps', `./of/${path}`)),
    );
    expect(foldersPutAside(tree)).toEqual(['of/apps.yaml.x']);
  });
});
