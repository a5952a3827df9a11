import { byTopFolder, findUnreadFiles } from '../../../../lib/check/facts/files/unread-files';
import { sharedObjects } from '../../../../lib/check/facts/shared-objects';
import { leftVariables } from '../../../../lib/check/facts/config/variable-uses';
import { versionMovers } from '../../../../lib/check/facts/images/version-movers';
import { fluxKustomization } from '../../../graph/tree-of';
import { contextOf, object, type Files } from '../../small-repositories';

const map = object('v1', 'ConfigMap', 'm', 'default');

describe('a file that nothing reads', () => {
  const unread = (files: Files) => {
    const { tree, graph } = contextOf({ 'apps/m.yaml': map, ...files });
    return findUnreadFiles(tree, graph, () => []);
  };
  const paths = (files: Files) => unread(files).map(({ file: { path } }) => path);

  it('is none that another cluster builds', () => {
    const remote = (path: string) => ({
      'clusters/prod/spoke.yaml': fluxKustomization('spoke', './spoke', [
        'kubeConfig: { secretRef: { name: k } }',
      ]),
      'spoke/apps.yaml': fluxKustomization('spoke-apps', path),
      'more/a.yaml': map,
      'other/inner.yaml': fluxKustomization('inner', './more/'),
    });
    expect(paths(remote('./other'))).toEqual([]);
    expect(paths(remote('./other/site-${SITE}/x'))).toEqual([]);
    expect(paths(remote('./${SITE}'))).toEqual(['more/a.yaml', 'other/inner.yaml']);
    expect(paths({ ...remote('./none'), 'other/inner.yaml': map })).toEqual([
      'more/a.yaml',
      'other/inner.yaml',
    ]);
    const own = { ...remote('./none'), 'clusters/prod/spoke.yaml': fluxKustomization('spoke', './spoke') };
    expect(paths(own)).toEqual(['more/a.yaml', 'other/inner.yaml']);
  });

  it.each([
    ['without a name', ''],
    ['with a name', 'metadata: { name: web }'],
  ])('is none of a kustomization %s whose file is listed instead of its folder', (_, metadata) => {
    const listed = (entry: string) => ({
      'clusters/prod/all.yaml': fluxKustomization('all', './all'),
      'all/kustomization.yaml': `resources: [${entry}]\n`,
      'all/m.yaml': map,
      'all/web/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${metadata}\nresources: [a.yaml]\n`,
      'all/web/a.yaml': map,
    });
    expect(paths(listed('m.yaml'))).toEqual(['all/web/a.yaml']);
    expect(paths(listed('m.yaml, web/kustomization.yaml'))).toEqual([]);
  });

  it.each([
    ['other/a.yaml', true],
    ['other/a.yml', true],
    ['other/a.json', false],
    ['other/kustomization.yaml', false],
    // Folders for readers, tests and other programs.
    ['.hidden/a.yaml', false],
    ['x/.h/a.yaml', false],
    ['_x/a.yaml', false],
    ['_/a.yaml', false],
    ['_long-name/a.yaml', false],
    ['docs/a.yaml', false],
    ['doc/a.yaml', false],
    ['Example/a.yaml', false],
    ['x/tests/y/a.yaml', false],
    ['test/a.yaml', false],
    ['samples/a.yaml', false],
    ['templates/a.yaml', false],
    ['script/a.yaml', false],
    ['schema/a.yaml', false],
    ['charts/a.yaml', false],
    ['taskfile/a.yaml', false],
    ['archive/a.yaml', false],
    ['archived/a.yaml', false],
    ['my-docs/a.yaml', true],
    ['docs2/a.yaml', true],
    ['x_y/a.yaml', true],
    // Files for readers and other programs.
    ['other/_a.yaml', false],
    ['other/.a.yaml', false],
    ['other/a.example.yaml', false],
    ['other/a-sample.yml', false],
    ['other/a_disabled.yaml', false],
    ['other/a.tmpl.yaml', false],
    ['other/a.dec.yaml', false],
    ['other/example.yaml', true],
    ['other/a-tmpl.yaml', true],
    ['other/a.example.yaml.yaml', true],
    // Where bootstrap writes.
    ['clusters/prod/flux-system/gotk-x.yaml', false],
    ['clusters/prod/flux-system/m.yaml', false],
  ])('is reported by its path: %s', (path, expected) => {
    const files = path.startsWith('clusters/')
      ? { [path]: map, 'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n' }
      : { [path]: map };
    expect(paths(files)).toEqual(expected ? [path] : []);
  });

  it('is no manifest if all of it is a comment', () => {
    expect(paths({ 'other/a.yaml': '# apiVersion: v1\n# kind: ConfigMap\n' })).toEqual([]);
  });

  it.each([
    ['the key for decryption', 'Secret', 'keys', false],
    ['another kind of that name', 'ConfigMap', 'keys', true],
    ['a Secret of another name', 'Secret', 'key', true],
    ['a Secret with the name of a missing source', 'Secret', 'gone', true],
    ['a copy of a Secret that Flux applies', 'Secret', 'login', true],
  ])('is or is not one that Flux awaits: %s', (_, kind, name, isReported) => {
    const files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
        'decryption: { provider: sops, secretRef: { name: keys } }',
      ]),
      'clusters/prod/more.yaml': fluxKustomization('more', './').replace(
        '    name: flux-system',
        '    name: gone',
      ),
      'clusters/prod/source.yaml': object(
        'source.toolkit.fluxcd.io/v1',
        'HelmRepository',
        'charts',
        'flux-system',
        'spec: { interval: 1h, url: "https://example.com", secretRef: { name: login } }',
      ),
      'apps/login.yaml': object('v1', 'Secret', 'login', 'flux-system'),
      'other/a.yaml': object('v1', kind, name, 'flux-system'),
    };
    expect(paths(files)).toEqual(isReported ? ['other/a.yaml'] : []);
  });

  it('is reported beside the start if it has an object of Flux', () => {
    const files = {
      'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
      'clusters/prod/flux-system/more.yaml': fluxKustomization('more', './apps'),
      'clusters/prod/flux-system/gotk-more.yaml': fluxKustomization('more', './apps'),
    };
    expect(paths(files)).toEqual(['clusters/prod/flux-system/more.yaml']);
  });

  const manifest = (text: string) => paths({ 'other/a.yaml': text });
  it.each([
    ['an object', map, true],
    ['two objects', map + map.replace('name: m', 'name: n'), true],
    ['an object and something else', `${map}---\na: b\n`, false],
    ['no version', map.replace('apiVersion: v1', 'version: v1 # apiVersion:'), false],
    ['no kind', map.replace('kind: ConfigMap', 'sort: ConfigMap # kind:'), false],
    ['a list as its kind', map.replace('kind: ConfigMap', 'kind: [ConfigMap]'), false],
    ['a list as its version', map.replace('apiVersion: v1', 'apiVersion: [v1]'), false],
    ['no metadata', 'apiVersion: v1\nkind: ConfigMap\n', false],
    ['null as its metadata', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n', false],
    ['a text as its metadata', 'apiVersion: v1\nkind: ConfigMap\nmetadata: name\n', false],
    ['no name', map.replace('name: m, ', ''), false],
    ['the configuration of kind', map.replace('v1', 'kind.x-k8s.io/v1alpha4'), false],
    ['the configuration of skaffold', map.replace('v1', 'skaffold/v4beta1'), false],
    ['a kustomize file', map.replace('v1', 'kustomize.config.k8s.io/v1beta1'), false],
    ['a plugin of kustomize', map.replace('v1', 'builtin'), false],
    ['another group', map.replace('v1', 'akind.y-k8s.io/v1'), true],
    ['no YAML', `${map}a: [`, false],
  ])('is reported by its text: %s', (_, text, expected) => {
    expect(manifest(text)).toEqual(expected ? ['other/a.yaml'] : []);
  });

  it.each([
    [
      'clusters/prod/other.yaml.x',
      './other/prod',
      ['base/c.yaml', 'elsewhere/d.yaml', 'other/prod-2/e.yaml'],
    ],
    ['clusters/prod/other.yaml~', './other/prod', ['base/c.yaml', 'elsewhere/d.yaml', 'other/prod-2/e.yaml']],
    [
      'clusters/prod/other.off.yml.bak',
      '"other/prod/"',
      ['base/c.yaml', 'elsewhere/d.yaml', 'other/prod-2/e.yaml'],
    ],
    [
      'elsewhere/other-disabled.yaml',
      './elsewhere',
      ['base/c.yaml', 'other/base/b.yaml', 'other/prod-2/e.yaml', 'other/prod/a.yaml'],
    ],
    ['clusters/prod/other.txt', './other/prod', 'all'],
    ['clusters/prod/other.yaml.x', './', 'all'],
    ['clusters/prod/other.yaml.x', './other/${stage}', 'all'],
    ['clusters/prod/other.yaml.x', '../other/prod', 'all'],
  ])(
    'is not reported where a Kustomization that is put aside builds it: %s with %s',
    (file, path, expected) => {
      const files = {
        'other/prod/kustomization.yaml': 'resources: [a.yaml, ../base]\n',
        'other/prod/a.yaml': map,
        'other/base/kustomization.yaml': 'resources: [b.yaml]\n',
        'other/base/b.yaml': map,
        'base/c.yaml': map,
        'elsewhere/d.yaml': map,
        'other/prod-2/e.yaml': map,
      };
      const all = Object.keys(files)
        .filter((name) => !name.endsWith('kustomization.yaml'))
        .sort();
      const aside = { [file]: fluxKustomization('other', path) };
      expect(paths({ ...files, ...aside }).sort()).toEqual(expected === 'all' ? all : expected);
      expect(
        paths({ ...files, [file]: map.replace('name: m', `name: m }\n  path: ${path} #{`) }).sort(),
      ).toEqual(all);
    },
  );

  it('belongs to the topmost folder of which nothing is read', () => {
    const files = {
      'apps/m.yaml': map,
      'apps/kustomization.yaml': 'resources: [m.yaml]\n',
      'apps/x/y/a.yaml': map,
      'apps/n.yaml': map,
      'other/x/a.yaml': map,
      'other/b.yaml': map,
      'c.yaml': map,
    };
    const groups = byTopFolder(unread(files), contextOf(files).graph);
    expect([...groups].map(([folder, all]) => `${folder} ${all.length}`)).toEqual([
      'apps/n.yaml 1',
      'apps/x 1',
      'c.yaml 1',
      'other 2',
    ]);
    const found = unread(files).map(({ file, kustomization, isBuilt }) => [
      file.path,
      kustomization,
      isBuilt,
    ]);
    expect(found).toContainEqual(['apps/x/y/a.yaml', 'apps/kustomization.yaml', true]);
    expect(found).toContainEqual(['c.yaml', undefined, false]);
  });
});

describe('objects that several Kustomizations apply', () => {
  const shared = (one: string, two: string, files: Files, spec: readonly string[] = []) => {
    const [facts] = contextOf({
      'clusters/prod/apps.yaml': fluxKustomization('one', one) + fluxKustomization('two', two, spec),
      ...files,
    }).clusters;
    return facts
      ? sharedObjects(facts).map(({ owners, objects, overlaps }) => [owners.length, objects.length, overlaps])
      : [];
  };
  const nested = { 'a/m.yaml': map, 'a/b/n.yaml': map.replace('name: m', 'name: n') };

  it.each([
    ['one path', './a', './a', nested, [[2, 2, true]]],
    ['a path and a folder in it', './a', './a/b', nested, [[2, 1, true]]],
    ['a folder and the path around it', './a/b', './a', nested, [[2, 1, true]]],
    ['two paths', './a', './b', { 'a/m.yaml': map, 'b/m.yaml': map }, [[2, 1, false]]],
    [
      'two paths with other objects',
      './a',
      './b',
      { 'a/m.yaml': map, 'b/m.yaml': map.replace('name: m', 'name: n') },
      [],
    ],
    [
      'a path and a folder that it does not build',
      './a',
      './a/b',
      { 'a/kustomization.yaml': 'resources: [m.yaml]\n', 'a/m.yaml': map, 'a/b/m.yaml': map },
      [[2, 1, false]],
    ],
  ])('are known: %s', (_, one, two, files: Files, expected) => {
    expect(shared(one, two, files)).toEqual(expected);
    expect(shared(one, two, files, ['suspend: true'])).toEqual([]);
  });
});

describe('a tag', () => {
  it.each([
    ['latest', true],
    ['1-main', true],
    ['a_dev', true],
    ['a.prod', true],
    ['v1', true],
    ['v1.25', true],
    ['12', true],
    ['12.30', true],
    ['adev', false],
    ['main-1', false],
    ['v1.2.3', false],
    ['xv1', false],
    ['1.2-rc', false],
  ])('moves by its name: %s', (tag, expected) => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'OCIRepository',
      's',
      'default',
      `spec: { url: "oci://x.io/a", ref: { tag: "${tag}" } }`,
    );
    expect(versionMovers(contextOf({ 'apps/s.yaml': source }))).toHaveLength(expected ? 1 : 0);
  });
});

describe('a variable that is left', () => {
  const left = (text: string, spec: readonly string[]) =>
    leftVariables(
      contextOf({
        'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
        'apps/m.yaml': `${map}${text}`,
      }),
    ).map(({ name, why, isProgram, isOwn, field }) =>
      [name, why, ...(isProgram ? ['program'] : []), ...(isOwn ? ['own'] : []), field].join(' '),
    );
  const defining = ['postBuild: { substitute: { X: "1" } }'];
  const program = (line: string) => `data:\n  a: |\n    #!/bin/sh\n    ${line}\n`;

  it.each([
    ['nothing defines it', 'data: { a: "${A}" }\n', defining, ['A undefined data.a']],
    ['a default defines it', 'data: { a: "${A:=b}" }\n', defining, []],
    ['it is defined', 'data: { a: "${X}" }\n', defining, []],
    [
      'a source is not in the files',
      'data: { a: "${A}" }\n',
      ['postBuild: { substituteFrom: [{ kind: Secret, name: s }] }'],
      ['A unknown data.a'],
    ],
    ['Flux substitutes nothing', 'data: { a: "${A}" }\n', [], []],
    ['it is in a program', program('echo ${A}'), defining, ['A undefined program data.a']],
    ['the program sets it', program('A=b; echo ${A}'), defining, ['A undefined program own data.a']],
    ['the program sets another', program('AA=b; echo ${A}'), defining, ['A undefined program data.a']],
    ['the program reads it', program('read -r A; echo ${A}'), defining, ['A undefined program own data.a']],
    [
      'the program loops over it',
      program('for A in b; do echo ${A}; done'),
      defining,
      ['A undefined program own data.a'],
    ],
  ])('is known where %s', (_, text, spec, expected) => {
    expect(left(text, spec)).toEqual(expected);
  });
});
