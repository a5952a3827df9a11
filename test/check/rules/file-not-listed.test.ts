import { checkTree } from '../../../lib/check/check-tree';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { line, lines, object, resourceSet, type Files } from '../small-repositories';

const map = (name: string) => object('v1', 'ConfigMap', name, 'default');
const list = (...resources: readonly string[]) => `resources: [${resources.join(', ')}]\n`;

describe('file-not-listed', () => {
  /** A folder with a kustomization file, whose text is given, and more files. */
  const told = (kustomization: string, more: Files, folder = 'apps') =>
    lines('file-not-listed', {
      'clusters/prod/apps.yaml': fluxKustomization('apps', `./${folder}`),
      [`${folder}/kustomization.yaml`]: kustomization,
      [`${folder}/map.yaml`]: map('map'),
      ...more,
    });

  it('shows the file and the list', () => {
    expect(told(list('map.yaml'), { 'apps/web.yaml': map('web') + map('more') })).toEqual([
      line(
        'at apps/web.yaml:4, apps/kustomization.yaml (ConfigMap web ) "apps/kustomization.yaml" does not list this file, so Flux',
        '=> list it under resources, or remove it',
      ),
    ]);
  });

  it('ignores another form of an encrypted file', () => {
    const secret = (value: string) =>
      object('v1', 'Secret', 's', 'default', `stringData: { password: "${value}" }`);
    const encrypted = `${secret('ENC[AES256_GCM,data:a]')}sops:\n  mac: ENC[AES256_GCM,data:a]\n`;
    const files = (original: string) => ({
      'apps/s.yaml': original,
      'apps/s.clear.yaml': secret('<password>'),
    });
    expect(told(list('map.yaml', 's.yaml'), files(encrypted))).toEqual([]);
    expect(told(list('map.yaml', 's.yaml'), files(secret('x')))).toHaveLength(1);
  });

  it('takes an object that the build has already for a patch', () => {
    const patch = { 'apps/web.yaml': map('map') };
    expect(told(list('map.yaml'), patch)).toEqual([
      line('=> list it under patches, because another file there already has ConfigMap "default/map"; or'),
    ]);
    const elsewhere = {
      'clusters/prod/more.yaml': fluxKustomization('more', './more'),
      'more/map.yaml': map('other'),
    };
    expect(told(list('map.yaml'), { ...elsewhere, 'apps/web.yaml': map('other') })).toEqual([
      line('=> list it under resources'),
    ]);
  });

  it.each([
    ['a comment names it', `${list('map.yaml')}# - web.yaml\n`, { 'apps/web.yaml': map('web') }, 0],
    [
      'a comment names it with its folder',
      `${list('map.yaml')}# see ./web.yaml\n`,
      { 'apps/web.yaml': map('web') },
      0,
    ],
    [
      'a longer name is listed',
      list('map.yaml', 'my-web.yaml'),
      { 'apps/my-web.yaml': map('my'), 'apps/web.yaml': map('web') },
      1,
    ],
    ['another name ends like it', list('map.yaml'), { 'apps/p.yaml': map('web') }, 1],
    [
      'a longer name is listed, and it as well',
      list('my-web.yaml', 'web.yaml', 'map.yaml'),
      { 'apps/my-web.yaml': map('my'), 'apps/web.yaml': map('web') },
      0,
    ],
    [
      'its keys are quoted',
      list('map.yaml'),
      { 'apps/web.yaml': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "web"}}' },
      1,
    ],
    [
      'a task applies it, with a variable for the folder',
      list('map.yaml'),
      {
        'apps/web.yaml': map('web'),
        'Taskfile.yaml': 'tasks: { a: { cmds: ["kubectl apply -f {{.ROOT}}/apps/web.yaml"] } }\n',
      },
      0,
    ],
    ['it is in a folder below', list('map.yaml'), { 'apps/web/web.yaml': map('web') }, 0],
    ['its name says that it is an example', list('map.yaml'), { 'apps/web.example.yaml': map('web') }, 0],
    ['its name says that it is a template', list('map.yaml'), { 'apps/web.template.yml': map('web') }, 0],
    ['its name is that of a chart', list('map.yaml'), { 'apps/app-template.yaml': map('web') }, 1],
    ['its name says that it is decrypted', list('map.yaml'), { 'apps/web.dec.yaml': map('web') }, 0],
    ['its name says that it is put aside', list('map.yaml'), { 'apps/_web.yaml': map('web') }, 0],
    ['its name begins with such a word', list('map.yaml'), { 'apps/example-web.yaml': map('web') }, 1],
    ['its name contains such a word', list('map.yaml'), { 'apps/web-samplers.yaml': map('web') }, 1],
    [
      'CI pushes the folder, which a cluster reads',
      list('map.yaml'),
      {
        'apps/web.yaml': map('web'),
        '.github/workflows/push.yaml': 'run: flux push artifact oci://example.com/apps --path ./apps\n',
      },
      1,
    ],
    ['it is in a folder that is listed', list('map.yaml', 'web'), { 'apps/web/web.yaml': map('web') }, 0],
    [
      'the list has its name with the other ending',
      list('map.yaml', 'web.yml'),
      { 'apps/web.yaml': map('web') },
      0,
    ],
    ['the list has the other ending of it', list('map.yaml', 'web.yaml'), { 'apps/web.yml': map('web') }, 0],
    [
      'a comment has the other ending of it',
      `${list('map.yaml')}# web.yaml\n`,
      { 'apps/web.yml': map('web') },
      0,
    ],
    ['a comment has the other ending', `${list('map.yaml')}# web.yml\n`, { 'apps/web.yaml': map('web') }, 0],
    [
      'both endings are there',
      list('map.yaml', 'web.yml'),
      { 'apps/web.yaml': map('web'), 'apps/web.yml': map('web2') },
      1,
    ],
    [
      'both are there the other way round',
      list('map.yaml', 'web.yaml'),
      { 'apps/web.yml': map('web'), 'apps/web.yaml': map('web2') },
      1,
    ],
    [
      'only the ending may change',
      `${list('map.yaml')}# a.ymlx.yaml\n`,
      { 'apps/a.yamlx.yaml': map('web') },
      1,
    ],
    [
      'and not elsewhere in a name',
      `${list('map.yaml')}# a.yamlx.yml\n`,
      { 'apps/a.ymlx.yml': map('web') },
      1,
    ],
    [
      'and not where nothing changes',
      `${list('map.yaml')}# a.yml.b.yaml\n`,
      { 'apps/a.yaml.b.yaml': map('web') },
      1,
    ],
  ])('where %s', (_, kustomization, more, expected) => {
    expect(told(kustomization, more)).toHaveLength(expected);
  });

  it('looks at a folder at the root, and at names in folders', () => {
    const root = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './'),
      'kustomization.yaml': list('map.yaml'),
      'map.yaml': map('map'),
      'web.yaml': map('web'),
    };
    const similar = { ...root, 'kustomization.yaml': `${list('map.yaml')}# eb.yaml\n` };
    expect(lines('file-not-listed', similar)).toHaveLength(1);
    expect(lines('file-not-listed', root)).toEqual([line('at web.yaml:4, kustomization.yaml (')]);
    expect(told(`${list('map.yaml')}# web.yaml\n`, { 'a/b/web.yaml': map('web') }, 'a/b')).toEqual([]);
    expect(told(`${list('map.yaml')}# eb.yaml\n`, { 'a/b/web.yaml': map('web') }, 'a/b')).toHaveLength(1);
  });

  it('passes the Kustomization and the source that start the folder, which someone applies by hand', () => {
    const source = object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', 'flux-system');
    const files = (path: string) => ({
      'site/kustomization.yaml': list('map.yaml'),
      'site/map.yaml': map('map'),
      'site/source.yaml': source,
      'site/start.yaml': fluxKustomization('site', path),
      'other/map.yaml': map('other'),
    });
    const unlisted = (path: string) =>
      checkTree(treeOf(files(path))).findings.filter(({ code }) => code === 'file-not-listed');
    expect([unlisted('./site'), unlisted('./other').map(({ object: of }) => of?.name)]).toEqual([
      [],
      ['flux-system', 'site'],
    ]);
  });

  it('passes a list that nothing builds', () => {
    const more = {
      'other/kustomization.yaml': list('a.yaml'),
      'other/a.yaml': map('a'),
      'other/b.yaml': map('b'),
    };
    expect(told(list('map.yaml'), more)).toEqual([]);
  });
});

describe('the files of Flux that are not listed', () => {
  const sync = bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '';
  const COMPONENTS = 'clusters/prod/flux-system/gotk-components.yaml';
  const unlisted = (more = '') => ({
    'clusters/prod/kustomization.yaml': `resources: [map.yaml${more}]\n`,
    'clusters/prod/map.yaml': map('m'),
    [COMPONENTS]: map('c'),
  });
  const told = (files: Files) => lines('file-not-listed', files).filter((text) => text.includes('gotk-sync'));
  const set = resourceSet('resources: [{ kind: Kustomization }]');

  it('are found', () => {
    expect(told(unlisted())).toEqual([
      line('at clusters/prod/flux-system/gotk-sync.yaml', '=> list flux-system under resources'),
    ]);
  });

  it('are found at the root of the repository', () => {
    const files = {
      'flux-system/gotk-sync.yaml': sync.replace('path: ./clusters/prod', 'path: ./'),
      'flux-system/gotk-components.yaml': map('c'),
      'kustomization.yaml': 'resources: [map.yaml]\n',
      'map.yaml': map('m'),
      'clusters/prod/flux-system/gotk-sync.yaml': '',
    };
    expect(told(files)).toEqual([
      line('at flux-system/gotk-sync.yaml', '=> list flux-system under resources'),
    ]);
  });

  it.each([
    ['they are listed', unlisted(', flux-system/gotk-sync.yaml')],
    ['there is no list', { 'clusters/prod/map.yaml': map('m'), [COMPONENTS]: map('c') }],
    ['the list is not known in full', unlisted(', "https://example.com/a.yaml"')],
    ['a ResourceSet makes Kustomizations', { ...unlisted(', set.yaml'), 'clusters/prod/set.yaml': set }],
    [
      'the file has another name',
      {
        ...unlisted(),
        'clusters/prod/flux-system/gotk-sync.yaml': '',
        'clusters/prod/flux-system/sync.yaml': sync,
      },
    ],
    [
      'they are beside the list',
      {
        ...unlisted(),
        'clusters/prod/flux-system/gotk-sync.yaml': '',
        'clusters/prod/gotk-sync.yaml': sync,
        'clusters/prod/gotk-components.yaml': map('c'),
      },
    ],
    [
      'they are outside of the path',
      {
        ...unlisted(),
        'clusters/prod/flux-system/gotk-sync.yaml': '',
        'boot/flux-system/gotk-sync.yaml': sync,
        'boot/flux-system/gotk-components.yaml': map('c'),
      },
    ],
  ])('are right where %s', (_, files: Files) => {
    expect(told(files)).toEqual([]);
  });
});
