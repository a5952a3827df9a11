import { checkTree } from '../../../lib/check/check-tree';
import { bootstrap, buildFolder, configMap, fluxKustomization, treeOf } from '../tree-of';

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

describe('a common namespace', () => {
  const kept = (kind: string, name: string, namespace?: string) =>
    `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`}}\n---\n`;
  const found = (objects: string, namespace = 'all') =>
    buildFolder(
      {
        'over/kustomization.yaml': `namespace: ${namespace}\nresources: [../base]\n`,
        'base/kustomization.yaml': 'resources: [objects.yaml]\n',
        'base/objects.yaml': objects,
      },
      'over',
    ).findings;

  it.each([
    [
      'Namespaces',
      kept('Namespace', 'a') + kept('Namespace', 'b') + kept('Namespace', 'all'),
      'Namespace "a", Namespace "b" and Namespace "all"',
      'as this one renames every Namespace, or move the Namespaces to a Kustomization without it',
    ],
    [
      'five Namespaces',
      ['a', 'b', 'c', 'd', 'e'].map((name) => kept('Namespace', name)).join(''),
      'Namespace "a", Namespace "b", Namespace "c" and 2 more',
      'as this one renames every Namespace, or move the Namespaces to a Kustomization without it',
    ],
    [
      'objects of several namespaces',
      kept('ConfigMap', 'x', 'a') + kept('ConfigMap', 'x', 'b'),
      'ConfigMap "x" in namespace "a" and ConfigMap "x" in namespace "b"',
      'or rename one of them',
    ],
    [
      'more of these',
      ['x', 'y', 'z'].map((name) => kept('ConfigMap', name, 'a') + kept('ConfigMap', name, 'b')).join(''),
      'ConfigMap "x" in namespace "a" and ConfigMap "x" in namespace "b", and 2 more such objects',
      'or rename one of them',
    ],
  ])('names once the %s that it makes one', (_, objects, words, way) => {
    const [first, ...more] = found(objects);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      code: 'object-duplicate',
      message: `the namespace "all" makes one object of ${words}`,
      hint: `give the objects their own namespaces instead, ${way}; kustomize refuses the whole build`,
    });
    expect(first?.locations[0]).toMatchObject({ file: 'over/kustomization.yaml' });
    expect(first?.locations[1]).toMatchObject({ file: 'base/objects.yaml', line: 1 });
  });

  it.each([
    ['a Flux Kustomization', '', ['targetNamespace: all'], 'clusters/prod/apps.yaml', 'spec.targetNamespace'],
    [
      'a Flux Kustomization, for another',
      'namespace: mine\n',
      ['targetNamespace: all'],
      'clusters/prod/apps.yaml',
      'spec.targetNamespace',
    ],
    ['a kustomization', 'namespace: all\n', [], 'apps/kustomization.yaml', 'namespace'],
    [
      'a transformer',
      'transformers: ["{apiVersion: builtin, kind: NamespaceTransformer, metadata: {name: t, namespace: all}, fieldSpecs: [{path: metadata/name, kind: Namespace, create: true}]}"]\n',
      [],
      'apps/kustomization.yaml',
      'metadata.namespace',
    ],
  ])('of %s is shown there', (_, line, spec, file, field) => {
    const files = {
      ...bootstrap,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
      'apps/kustomization.yaml': `${line}resources: [ns.yaml]\n`,
      'apps/ns.yaml': kept('Namespace', 'a') + kept('Namespace', 'b'),
    };
    const { findings } = checkTree(treeOf(files), { objects: () => false });
    const duplicates = findings.filter(({ code }) => code === 'object-duplicate');
    expect(duplicates).toMatchObject([{ field, locations: [{ file }, {}, {}] }]);
  });

  it('accepts objects of other names or kinds', () => {
    expect(found(kept('Namespace', 'a') + kept('ConfigMap', 'a', 'a') + kept('ConfigMap', 'b', 'b'))).toEqual(
      [],
    );
  });
});
