import { FolderListing, kustomizationFileIn } from '../../../lib/graph/sources/folder-listing';

describe('the path that one which does not exist probably means', () => {
  const listing = new FolderListing([
    'apps/web/release.yaml',
    'apps/webs.yaml',
    'apps/Shop/release.yaml',
    'apps/shop/release.yaml',
  ]);

  it.each([
    ['a folder that exists', 'apps/web', 'apps/web'],
    ['a mistyped folder', 'aps/web', 'apps/web'],
    ['a mistyped file in a mistyped folder', 'aps/webb/relase.yaml', 'apps/web/release.yaml'],
    ['a folder, not a file, in the middle', 'apps/webs.yml/release.yaml', undefined],
    ['a mistyped file in a folder that has folders', 'apps/webs.yml', 'apps/webs.yaml'],
    ['a folder beside one in other letters', 'apps/shop/releas.yaml', 'apps/shop/release.yaml'],
    ['a folder that resembles nothing', 'clusters/web', undefined],
    ['a file in a folder that has none', 'apps/web/release/notes.yaml', undefined],
  ])('is %s', (_, path, meant) => {
    expect(listing.likely(path)).toBe(meant);
  });
});

it.each([
  ['none', [], undefined],
  ['one', ['a/Kustomization'], 'a/Kustomization'],
  [
    'the first in the order of kustomize',
    ['a/kustomization.yml', 'a/kustomization.yaml'],
    'a/kustomization.yaml',
  ],
  ['one in another folder', ['a/b/kustomization.yaml'], undefined],
])('the kustomization file of a folder that has %s', (_, paths, expected) => {
  expect(kustomizationFileIn(new Set(paths), 'a')).toBe(expected);
});
