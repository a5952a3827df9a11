import { buildGraph } from '../../../lib/graph/build-graph';
import { bootstrapPaths } from '../../../lib/graph/entries/bootstrap-commands';
import { codesOf, configMap, fluxKustomization, treeOf } from '../tree-of';

type Files = Readonly<Record<string, string>>;

const entriesOf = (files: Files) => buildGraph(treeOf(files)).clusters.map(({ entry }) => entry);
const pathsIn = (file: string, text: string, more: Files = {}) =>
  bootstrapPaths(treeOf({ ...more, [file]: text })).map(({ path }) => path);
const bootstrapGit = (expression: string) =>
  `resource "flux_bootstrap_git" "this" {\n  depends_on = [github_repository.this]\n\n  path = ${expression}\n}\n`;

describe('the paths that command lines give to flux bootstrap', () => {
  it.each([
    '.github/workflows/a.yml',
    '.gitea/workflows/a.yaml',
    '.forgejo/workflows/a.yaml',
    '.gitlab-ci.yml',
    '.gitlab/start.yml',
    '.circleci/config.yml',
    'bitbucket-pipelines.yml',
    'ci/azure-pipelines-start.yaml',
    '.drone.yml',
    '.woodpecker/start.yaml',
    'Jenkinsfile',
    'GNUmakefile',
    'build/start.mk',
    'Taskfile.start.yaml',
    '.justfile',
    'mise.toml',
    'start.fish',
    'start.zsh',
    'start.ps1',
    'start.txt',
    'README',
  ])('are in %s', (file) => {
    expect(pathsIn(file, 'flux bootstrap git --path=clusters/a\n')).toEqual(['clusters/a']);
  });

  it.each(['apps/github/a.yaml', 'README.rst', 'justfile.yaml', 'Makefile.bak'])('are not in %s', (file) => {
    expect(pathsIn(file, 'flux bootstrap git --path=clusters/a\n')).toEqual([]);
  });

  it.each([
    [
      'in a script',
      'a.sh',
      'flux bootstrap github --owner=me --path=clusters/a --personal\n',
      ['clusters/a'],
    ],
    ['with a space', 'a.sh', 'flux bootstrap git --path ./clusters/a\n', ['clusters/a']],
    ['in quotes', 'a.sh', `flux bootstrap git --path='clusters/a' --branch "main"\n`, ['clusters/a']],
    [
      'on continued lines',
      'README.md',
      '```\nflux bootstrap git \\\n  --path=clusters/a \\\n  --x\n```\n',
      ['clusters/a'],
    ],
    [
      'in a folded text',
      'Taskfile.yml',
      'cmd: >\n  flux bootstrap github\n  --owner=me\n  --path=clusters/a\n',
      ['clusters/a'],
    ],
    ['in code of a page', 'docs/start.md', 'Run `flux bootstrap git --path=clusters/a`.', ['clusters/a']],
    [
      'in a workflow',
      '.github/workflows/a.yaml',
      'run: flux bootstrap git --path clusters/a\n',
      ['clusters/a'],
    ],
    ['in a manifest', 'a.yaml', 'text: flux bootstrap git --path=clusters/a\n', []],
    ['with a variable', 'Makefile', '\tflux bootstrap git --path=clusters/"${NAME}"\n', ['clusters/${}']],
    [
      'with a placeholder',
      'README.md',
      'flux bootstrap git --path=clusters/<name>/flux\n',
      ['clusters/${}/flux'],
    ],
    [
      'with a value of a template',
      'Taskfile.yml',
      'flux bootstrap git --path="clusters/{{.NAME}}"\n',
      ['clusters/${}'],
    ],
    ['that is only a variable', 'a.sh', 'flux bootstrap git --path="${FLUX_PATH}"\n', []],
    ['that is the root', 'a.sh', 'flux bootstrap git --path=./\n', []],
    ['of another command', 'a.sh', 'flux bootstrap git\nflux push artifact --path=clusters/a\n', []],
    ['in a comment', 'a.sh', '  # flux bootstrap git \\\n  #   --path=clusters/a\n', []],
    ['without a path', 'a.sh', 'flux bootstrap git --branch=main\n', []],
  ])('are found %s', (_, file, text, expected) => {
    expect(pathsIn(file, text)).toEqual(expected);
  });

  it.each([
    ['itself', bootstrapGit('"clusters/a"'), ['clusters/a']],
    ['with an expression in it', bootstrapGit('"clusters/${var.name}"'), ['clusters/${}']],
    ['as a local value', bootstrapGit('local.path'), ['clusters/b']],
    ['as the default of a variable', bootstrapGit('var.path'), ['clusters/c']],
    ['as a value from elsewhere', bootstrapGit('var.other'), []],
    [
      'in the data source of older providers',
      'data "flux_sync" "this" {\n  target_path = "clusters/a"\n}\n',
      ['clusters/a'],
    ],
    [
      'of a resource after one without a path',
      'resource "flux_bootstrap_git" "a" {\n}\nresource "x" "b" {\n  path = "clusters/a"\n}\n',
      [],
    ],
    ['of another resource', 'resource "flux_git" "this" {\n  path = "clusters/a"\n}\n', []],
  ])('are found in Terraform: the path %s', (_, text, expected) => {
    const more = {
      'tf/locals.tf': 'locals {\n  path = "clusters/b"\n}\n',
      'tf/variables.tf':
        'variable "path" {\n  type = string\n  default = "clusters/c"\n}\nvariable "other" {}\n',
      'local.tf': 'locals {\n  path = "clusters/of-another-module"\n}\n',
    };
    expect(pathsIn('tf/main.tf', text, more)).toEqual(expected);
  });
});

describe('a repository without a bootstrap whose files have its command line', () => {
  const files: Files = {
    'clusters/a/dev/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/map.yaml': configMap('map'),
  };
  const command = (path: string) => `flux bootstrap git --path=${path}\n`;

  it('starts at the path, instead of a guess inside it', () => {
    expect(entriesOf(files)).toEqual(['clusters/a/dev']);
    const graph = buildGraph(treeOf({ ...files, 'README.md': command('clusters/a') }));
    expect(graph.clusters.map(({ entry }) => entry)).toEqual(['clusters/a']);
    expect(graph.findings).toMatchObject([
      {
        code: 'entry-told',
        message: 'assumed that Flux starts from "clusters/a", as "README.md" says',
      },
    ]);
  });

  it('starts at the path if nothing else shows one', () => {
    expect(entriesOf({ 'admin/map.yaml': configMap('map'), 'start.sh': command('admin') })).toEqual([
      'admin',
    ]);
  });

  it('keeps its guess if the path does not exist, or is an example', () => {
    expect(entriesOf({ ...files, 'README.md': command('clusters/b') })).toEqual(['clusters/a/dev']);
    const example = { ...files, 'examples/a/apps.yaml': fluxKustomization('apps', './apps') };
    expect(entriesOf({ ...example, 'README.md': command('examples/a') })).toEqual(['clusters/a/dev']);
  });

  it('keeps guesses beside the path, and no others', () => {
    const more = {
      'clusters/b/apps.yaml': fluxKustomization('apps', './apps'),
      'other/apps.yaml': fluxKustomization('other', './apps'),
      'README.md': command('clusters/a'),
    };
    const graph = buildGraph(treeOf({ ...files, ...more }));
    expect(graph.clusters.map(({ entry }) => entry)).toEqual(['clusters/a', 'clusters/b']);
    expect(codesOf(graph.findings).slice(0, 2)).toEqual(['entry-told', 'entry-guessed']);
  });

  it('starts at each folder with objects of Flux that fits a path with a variable', () => {
    const more = {
      'clusters/b/apps.yaml': fluxKustomization('apps', './apps'),
      'clusters/base/map.yaml': configMap('map'),
      'start.sh': command('clusters/$NAME'),
    };
    expect(entriesOf({ ...files, ...more })).toEqual(['clusters/a', 'clusters/b']);
  });
});

describe('a guessed entry with references to several sources that are missing', () => {
  const source =
    '---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: helo-world, namespace: flux-system}\nspec: {interval: 1m, url: "https://example.com/hello.git"}\n';
  const from = (name: string) =>
    fluxKustomization(name, './apps').replace(/(sourceRef:[\s\S]*name: )flux-system/, `$1${name}`);
  const sources = (...names: string[]) => {
    const files = {
      'clusters/a/all.yaml': names.map(from).join('') + source,
      'apps/map.yaml': configMap('map'),
    };
    return buildGraph(treeOf(files)).clusters.map(({ syncSource }) => syncSource.name);
  };

  it('does not take a mistyped one for that of bootstrap', () => {
    expect(sources('hello-world', 'hallo-world')).toEqual(['flux-system']);
  });

  it('takes the only one, or one with a name of its own', () => {
    expect(sources('hello-world')).toEqual(['hello-world']);
    expect(sources('hello-world', 'fleet')).toEqual(['fleet']);
  });
});
