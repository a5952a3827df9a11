import { foldersPutAside } from '../../../../lib/check/facts/files/put-aside';
import { LoadedTree } from '../../../../lib/tree/loaded-tree';
import { fluxKustomization } from '../../../graph/tree-of';

describe('the folders of Kustomizations that are put aside', () => {
  it('are known from files that are read only when they are asked for', () => {
    const tree = new LoadedTree([], new Set(['apps.yaml.x', 'apps.txt']), (path) =>
      Buffer.from(fluxKustomization('apps', `./of/${path}`)),
    );
    expect(foldersPutAside(tree)).toEqual(['of/apps.yaml.x']);
  });

  it.each([
    ['with a comment', './of/it # later', ['of/it']],
    ['in quotes, with a comment', '"./of/it" # later', ['of/it']],
    ['with line ends of Windows', './of/it\r', ['of/it']],
    ['which has a space', './of/it later', []],
  ])('are known from paths %s', (_, path, expected) => {
    const tree = new LoadedTree([], new Set(['apps.yaml.x']), () =>
      Buffer.from(fluxKustomization('apps', path)),
    );
    expect(foldersPutAside(tree)).toEqual(expected);
  });
});
