import { buildFolder, configMap } from './tree-of';

describe('a kustomization', () => {
  it.each([
    ['one object', configMap('x'), 'ConfigMap "x" is in the build twice'],
    [
      'three',
      ['x', 'y', 'z'].map((name) => configMap(name)).join(''),
      'ConfigMap "x" and 2 more are in the build twice',
    ],
  ])('names once what it includes twice, for %s', (_, objects, words) => {
    const files = {
      'a/base/kustomization.yaml': 'resources: [all.yaml]\n',
      'a/base/all.yaml': objects,
      'a/over/kustomization.yaml': 'resources: [../base]\n',
    };
    const found = buildFolder(files, 'a').findings;
    expect(found.map(({ message }) => message)).toEqual([
      `${words}: the build of "a" has them already where it includes "a/over"`,
    ]);
    expect(found[0]?.hint).toContain('remove "over"');
    const [repeated] = buildFolder({ 'a/one.yaml': objects, 'a/two.yaml': objects }, 'a').findings;
    expect(repeated).toMatchObject({
      message: words,
      hint: expect.stringContaining('remove one of the two'),
    });
  });
});
