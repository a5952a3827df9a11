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

  const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;
  const base = (name: string, ...lines: string[]) => ({
    [`base/${name}/kustomization.yaml`]: ['resources: [object.yaml]', ...lines, ''].join('\n'),
  });
  const all = { 'all/kustomization.yaml': 'resources: [../base/api, ../base/web]\n' };
  const [api, web] = ['base/api/object.yaml', 'base/web/object.yaml'];

  it.each([
    [
      'another name',
      namespace('api'),
      namespace('web'),
      'namespace: web',
      'Namespace "web"',
      'Namespace "api"',
    ],
    [
      'another namespace',
      configMap('x').replace('name: x', 'name: x\n  namespace: api'),
      configMap('x').replace('name: x', 'name: x\n  namespace: web'),
      'namespace: web',
      'ConfigMap "x" in namespace "web"',
      'ConfigMap "x" in namespace "api"',
    ],
    ['a prefix', configMap('x'), configMap('my-x'), 'namePrefix: my-', 'ConfigMap "my-x"', 'ConfigMap "x"'],
  ])('names the object that got %s, and what it was', (_, first, second, line, words, former) => {
    const files = { ...all, ...base('api', line), ...base('web'), [api]: first, [web]: second };
    expect(buildFolder(files, 'all').findings).toMatchObject([
      {
        message: `${words} is in the build twice: a kustomization makes it from ${former} in "${api}"`,
        hint: `correct the namespace or name that the kustomization of "${api}" sets; kustomize refuses the whole build`,
        locations: [{ file: api }, { file: web }],
      },
    ]);
    const swapped = { ...all, ...base('api'), ...base('web', line), [api]: second, [web]: first };
    expect(buildFolder(swapped, 'all').findings).toMatchObject([
      {
        message: expect.stringContaining(`from ${former} in "${web}"`) as string,
        locations: [{ file: web }, { file: api }],
      },
    ]);
  });

  it.each([
    ['keep', []],
    ['change', ['namespace: all']],
  ])('names both files if the objects had the same name in them, and %s it', (_, lines) => {
    const files = {
      ...all,
      ...base('api', ...lines),
      ...base('web', ...lines),
      [api]: namespace('web'),
      [web]: namespace('web'),
    };
    expect(buildFolder(files, 'all').findings).toMatchObject([
      {
        message: expect.stringMatching(/ is in the build twice$/) as string,
        hint: 'remove one of the two; kustomize refuses the whole build',
        locations: [{ file: web }, { file: api }],
      },
    ]);
  });
});
