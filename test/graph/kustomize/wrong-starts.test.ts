import { checkTree } from '../../../lib/check/check-tree';
import { byCause } from '../../../lib/findings/causes';
import { bootstrap, buildFolder, configMap, fluxKustomization, treeOf } from '../tree-of';

const bases = {
  'bases/one/kustomization.yaml': 'resources: [map.yaml]\n',
  'bases/one/map.yaml': configMap('one'),
  'bases/two/kustomization.yaml': 'resources: [map.yaml]\n',
  'bases/two/map.yaml': configMap('two'),
};

describe('a path that starts at the wrong folder', () => {
  const hintOf = (folder: string, path: string, files = {}) =>
    buildFolder({ ...bases, ...files, [`${folder}/kustomization.yaml`]: `resources: [${path}]\n` }, folder)
      .findings[0]?.hint;

  it.each([
    [
      'too low',
      'clusters/home/full',
      '../../bases/one',
      'start the path with "../../../bases" instead of "../../bases"',
    ],
    [
      'too high',
      'clusters/home',
      '../../../bases/one',
      'start the path with "../../bases" instead of "../../../bases"',
    ],
    ['at the root', 'clusters/home', 'bases/one', 'start the path with "../../bases" instead of "bases"'],
    [
      'at the kustomization',
      'clusters/home',
      './bases/one',
      'start the path with "../../bases" instead of "bases"',
    ],
    [
      'a file',
      'apps/home',
      '../bases/one/map.yaml',
      'start the path with "../../bases" instead of "../bases"',
    ],
    [
      'one name above',
      'apps/home/web',
      '../bases',
      'start the path with "../../../bases" instead of "../bases"',
    ],
  ])('has the right start: %s', (_, folder, path, hint) => {
    expect(hintOf(folder, path)).toBe(hint);
  });

  it('has the folder beside it', () => {
    const files = { 'apps/home/parts/kustomization.yaml': 'resources: [../../bases/one]\n' };
    expect(hintOf('apps/home', '../parts', files)).toBe('start the path with "parts" instead of "../parts"');
  });

  it.each([
    ['one name', 'apps/home', 'bases', {}],
    ['what is nowhere', 'apps/home', '../bases/three', {}],
    ['what is at two places', 'apps/home/web', '../bases/one', { 'apps/bases/one/kustomization.yaml': '' }],
    ['the folder itself', 'bases/one', '../../../one', {}],
    ['what is around the folder', 'bases/one/web', '../../bases', {}],
    ['what is listed already', 'apps/home', '../bases/one, ../../bases/one', {}],
  ])('is not guessed: %s', (_, folder, path, files) => {
    expect(hintOf(folder, path, files)).toBe('correct the path, or remove the entry');
  });

  it('is one finding for all that start so', () => {
    const { findings } = checkTree(
      treeOf({
        ...bootstrap,
        ...bases,
        'clusters/prod/one.yaml': fluxKustomization('one', './sets/home/one'),
        'clusters/prod/two.yaml': fluxKustomization('two', './sets/home/two'),
        'sets/home/one/kustomization.yaml': 'resources: [../../bases/one, ../../bases/two]\n',
        'sets/home/two/kustomization.yaml': 'resources: [../../bases/two]\n',
      }),
    );
    const missing = byCause(findings.filter(({ code }) => code === 'listed-file-missing'));
    expect(missing).toMatchObject([{ message: 'what is listed below "../../bases" does not exist' }]);
    expect(missing[0]?.occurrences?.map(({ message }) => message)).toEqual([
      '"../../bases/one" is listed but does not exist',
      '"../../bases/two" is listed but does not exist',
      '"../../bases/two" is listed but does not exist',
    ]);
  });
});
