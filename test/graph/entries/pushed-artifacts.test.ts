import { artifactPushedTo } from '../../../lib/graph/entries/pushed-artifacts';
import type { Tree } from '../../../lib/tree/tree';
import { configMap, fluxKustomization, graphOf, kustomizationFrom, treeOf } from '../tree-of';

const URL = 'oci://ghcr.io/acme/fleet/apps';
const push = (address: string, path: string, file = 'push.sh') => ({
  [file]: `flux push artifact ${address} --path=${path} --source=x\n`,
});
const folderPushedTo = (tree: Tree, url: string) => artifactPushedTo(tree, url)?.folder;
const folders = { 'deploy/apps/a.yaml': configMap('a'), 'infra/b.yaml': configMap('b') };

describe('the folder that CI pushes to an address', () => {
  it.each([
    [`${URL}:v1`, 'deploy/apps'],
    [URL, 'deploy/apps'],
    [`"${URL}@sha256:abc"`, 'deploy/apps'],
    ['oci://ghcr.io/${{ github.repository }}/apps:${{ github.sha }}', 'deploy/apps'],
    ['oci://$REGISTRY/acme/fleet/apps:$(git rev-parse HEAD)', 'deploy/apps'],
    ['oci://ghcr.io/{{ .ORG }}/fleet/apps', 'deploy/apps'],
    // Another address, or one that may be.
    ['oci://ghcr.io/acme/fleet/apps-2:v1', undefined],
    ['oci://ghcr.io/acme/fleet:v1', undefined],
    ['oci://quay.io/$ORG/apps:v1', undefined],
    ['oci://ghcr.io/$ORG/more-apps:v1', undefined],
    ['oci://ghcr.io/acme/fleet/$APP:v1', undefined],
    ['oci://ghcr.io/acme/fleet/${PREFIX}apps:v1', undefined],
    ['$URL', undefined],
  ])('is known: %s', (address, expected) => {
    expect(folderPushedTo(treeOf({ ...folders, ...push(address, './deploy/apps') }), URL)).toBe(expected);
  });

  it.each([
    ['of which there are two', { ...push(URL, 'infra'), ...push(URL, 'deploy/apps', 'other.sh') }],
    ['that does not exist', push(URL, 'dist')],
    ['with a variable', push(URL, '$DIR')],
    [
      'that may lie in two places',
      { ...push(URL, 'infra', 'ci/push.sh'), 'ci/infra/c.yaml': configMap('c') },
    ],
    ['of no command', {}],
  ])('is unknown: one %s', (_, files) => {
    expect(folderPushedTo(treeOf({ ...folders, ...files }), URL)).toBeUndefined();
  });

  it('may be named from the folder of the file, and by several commands', () => {
    const files = { ...push(URL, 'apps', 'deploy/push.sh'), ...push(URL, 'deploy/apps') };
    expect(folderPushedTo(treeOf({ ...folders, ...files }), URL)).toBe('deploy/apps');
  });
});

describe('the folder in which the command runs', () => {
  const command = `flux push artifact ${URL}:v1 --path=./apps`;
  const steps = (...lines: string[]) =>
    ['jobs:', '  push:', '    steps:', ...lines.map((line) => `      ${line}`), ''].join('\n');
  const workflow = '.github/workflows/push.yaml';
  const more = { 'apps/c.yaml': configMap('c') };

  it.each([
    ['a script that changes it', 'push.sh', `set -e\ncd deploy\n${command}\n`],
    ['the same line', 'Makefile', `push:\n\tcd "deploy" && ${command}\n`],
    ['a script in another folder', 'hack/push.sh', `cd deploy\n${command}\n`],
    ['the folder of the script', 'deploy/hack/push.sh', `cd "$(dirname "$0")/.."\n${command}\n`],
    ['the folder above that of the script', 'deploy/bin/push.sh', `cd ..\n${command}\n`],
    ['a variable', 'push.sh', `ROOT=deploy\npushd $ROOT\n${command}\n`],
    ['a step', workflow, steps('- name: push', '  working-directory: ./deploy', `  run: ${command}`)],
    ['a step, below the command', workflow, steps(`- run: ${command}`, '  working-directory: ./deploy')],
    [
      'the job',
      workflow,
      `defaults:\n  run:\n    working-directory: deploy\n${steps('- run: make', `- run: ${command}`)}`,
    ],
    ['a step of Azure', 'azure-pipelines.yml', `- bash: ${command}\n  workingDirectory: deploy\n`],
    [
      'a step of CircleCI',
      '.circleci/config.yml',
      `- run:\n    working_directory: deploy\n    command: ${command}\n`,
    ],
    ['a block of Jenkins', 'Jenkinsfile', `dir('deploy') { sh '${command}' }\n`],
    ['a task of mise', 'mise.toml', `[tasks.push]\nrun = '${command}'\ndir = "deploy"\n`],
    ['a task', 'Taskfile.yml', `tasks:\n  push:\n    cmds:\n      - ${command}\n    dir: deploy\n`],
  ])('is known from %s', (_, file, text) => {
    expect(folderPushedTo(treeOf({ ...folders, [file]: text }), URL)).toBe('deploy/apps');
    // It may also be the root.
    expect(folderPushedTo(treeOf({ ...folders, ...more, [file]: text }), URL)).toBeUndefined();
  });

  it.each([
    ['another step', workflow, steps('- run: cd deploy', `- run: ${command}`)],
    [
      'another step, below',
      workflow,
      steps(`- run: ${command}`, '- run: make', '  working-directory: deploy'),
    ],
    ['what comes later', 'push.sh', `${command}\ncd deploy\n`],
    ['a comment', 'push.sh', `# cd deploy\n${command}\n`],
    ['an unknown folder', 'push.sh', `cd "$1"\n${command}\n`],
  ])('is not that of %s', (_, file, text) => {
    expect(folderPushedTo(treeOf({ ...folders, ...more, [file]: text }), URL)).toBe('apps');
  });

  it('is the root for a CI system, whose files have folders of their own', () => {
    const all = `flux push artifact ${URL}:v1 --path=.\n`;
    expect(folderPushedTo(treeOf({ ...folders, [workflow]: steps(`- run: ${all}`) }), URL)).toBe('');
    expect(folderPushedTo(treeOf({ ...folders, 'hack/push.sh': all }), URL)).toBeUndefined();
  });
});

describe('what pushes', () => {
  const action = (repository: string, path: string) =>
    [
      'steps:',
      '  - uses: controlplaneio-fluxcd/distribution/actions/push@main',
      '    with:',
      `      repository: ${repository}`,
      `      path: ${path}`,
      '',
    ].join('\n');

  it.each([
    ['ghcr.io/acme/fleet/apps', './deploy/apps'],
    ['"ghcr.io/acme/fleet/apps"', "'./deploy/apps'"],
    ['ghcr.io/acme/fleet/apps # all', 'deploy/apps # the rest'],
  ])('is an action with %s', (repository, path) => {
    const files = { ...folders, '.github/workflows/push.yaml': action(repository, path) };
    expect(folderPushedTo(treeOf(files), URL)).toBe('deploy/apps');
    const windows = {
      ...files,
      '.github/workflows/push.yaml': action(repository, path).replaceAll('\n', '\r\n'),
    };
    expect(folderPushedTo(treeOf(windows), URL)).toBe('deploy/apps');
  });

  it('is no comment', () => {
    const old = `# flux push artifact ${URL}:v1 --path=infra\n`;
    expect(folderPushedTo(treeOf({ ...folders, 'push.sh': old }), URL)).toBeUndefined();
    const files = { ...folders, 'push.sh': `${old}flux push artifact ${URL}:v1 --path=deploy/apps\n` };
    expect(folderPushedTo(treeOf(files), URL)).toBe('deploy/apps');
    const steps = action('ghcr.io/acme/fleet/apps', 'infra').replace(/^/gm, '# ');
    expect(folderPushedTo(treeOf({ ...folders, '.github/workflows/a.yaml': steps }), URL)).toBeUndefined();
  });

  it('is not for two sources whose addresses a variable may stand for', () => {
    const source = (url: string) => `kind: OCIRepository\nmetadata: { name: x }\nspec:\n  url: ${url} # x\n`;
    const files = { ...folders, ...push('oci://ghcr.io/$OWNER/fleet/apps', 'infra') };
    const own = { ...files, 'a.yaml': source(URL) };
    expect(folderPushedTo(treeOf(own), URL)).toBe('infra');
    expect(
      folderPushedTo(treeOf({ ...own, 'b.yaml': source('"oci://ghcr.io/other/fleet/apps"') }), URL),
    ).toBeUndefined();
    expect(folderPushedTo(treeOf({ ...own, 'b.yaml': source('oci://ghcr.io/other/fleet/more') }), URL)).toBe(
      'infra',
    );
  });
});

describe('a variable in the command that pushes', () => {
  const command = (path: string) => `flux push artifact ${URL}:v1 --path="${path}"`;
  const folder = (files: Readonly<Record<string, string>>) =>
    folderPushedTo(treeOf({ ...folders, ...files }), URL);

  it.each([
    ['of a script', 'push.sh', `DIR=deploy/apps\n${command('$DIR')}\n`],
    ['in quotes', 'push.sh', `export DIR="./deploy" # all\n${command('./${DIR}/apps')}\n`],
    ['of the same line', 'push.sh', `set -e; DIR='deploy/apps' && ${command('$DIR')}\n`],
    ['of another variable', 'push.sh', `ROOT=deploy\nDIR=\${ROOT}/apps\n${command('$DIR')}\n`],
    ['below the root', 'push.sh', `ROOT=$(pwd)\nDIR=$ROOT/deploy/apps\n${command('$DIR')}\n`],
    ['before a comment', 'Makefile', `DIR := deploy/apps # all\npush:\n\t${command('$(DIR)')}\n`],
    [
      'of a workflow',
      '.github/workflows/push.yaml',
      `env:\n  DIR: ./deploy/apps\njobs:\n  push:\n    steps:\n      - run: ${command('${{ env.DIR }}')}\n`,
    ],
    [
      'of a step, in its shell',
      '.github/workflows/push.yaml',
      `jobs:\n  push:\n    steps:\n      - env:\n          DIR: deploy/apps\n        run: |\n          ${command('${DIR}')}\n`,
    ],
    [
      'in the input of an action',
      '.github/workflows/push.yaml',
      `env:\n  DIR: deploy/apps\nsteps:\n  - uses: controlplaneio-fluxcd/distribution/actions/push@main\n    with:\n      repository: ghcr.io/acme/fleet/apps\n      path: \${{ env.DIR }}\n`,
    ],
    ['of a Makefile', 'Makefile', `DIR ?= deploy/apps\npush:\n\t${command('$(DIR)')}\n`],
    [
      'of another one of a Makefile',
      'Makefile',
      `ROOT := deploy\nDIR := $(ROOT)/apps\npush:\n\t${command('$(DIR)')}\n`,
    ],
    ['of a rule', 'Makefile', `push:\n\tDIR=deploy/apps; ${command('$$DIR')}\n`],
    ['of a justfile', 'justfile', `dir := "deploy/apps"\npush:\n  ${command('{{ dir }}')}\n`],
    ['of a Taskfile', 'Taskfile.yaml', `vars:\n  DIR: deploy/apps\ncmds:\n  - ${command('{{.DIR}}')}\n`],
    ['of another shell', 'push.zsh', `DIR=deploy/apps\n${command('$DIR')}\n`],
    ['of mise', '.mise.toml', `[env]\nDIR = "deploy/apps"\n[tasks.push]\nrun = '${command('$DIR')}'\n`],
  ])('has the value %s', (_, file, text) => {
    expect(folder({ [file]: text })).toBe('deploy/apps');
  });

  it('has its value in the address, too', () => {
    const push = 'flux push artifact oci://$REGISTRY/fleet/apps:v1 --path infra\n';
    expect(folder({ 'push.sh': `REGISTRY=ghcr.io/acme\n${push}` })).toBe('infra');
    expect(folder({ 'push.sh': `REGISTRY=ghcr.io/other\n${push}` })).toBeUndefined();
  });

  it.each([
    ['two of them', { 'push.sh': `DIR=infra\n${command('$DIR')}\nDIR=deploy/apps\n` }],
    ['one that a command prints', { 'push.sh': `DIR=$(cat dir)\n${command('$DIR')}\n` }],
    ['more than one', { 'push.sh': `DIR=infra\nDIR+=/x\n${command('$DIR')}\n` }],
    ['one of a loop', { 'push.sh': `DIR=infra\nfor DIR in a b; do ${command('$DIR')}; done\n` }],
    ['one that someone types', { 'push.sh': `DIR=infra\nread -r DIR\n${command('$DIR')}\n` }],
    ['an empty one', { Makefile: `DIR := \npush:\n\t${command('$(DIR)')}\n` }],
    ['a long one', { 'push.sh': `DIR=${'./'.repeat(200)}infra\n${command('$DIR')}\n` }],
    ['a long one of others', { 'push.sh': `A=${'./'.repeat(90)}\nDIR=$A/$A/$A/infra\n${command('$DIR')}\n` }],
    ['itself', { 'push.sh': `DIR=$DIR\n${command('$DIR')}\n` }],
    [
      'an input',
      { '.github/workflows/a.yaml': `env: \n  DIR: \${{ inputs.dir }}\nrun: ${command('$DIR')}\n` },
    ],
    ['a key of YAML', { '.github/workflows/a.yaml': `with:\n  dir: infra\nrun: ${command('$dir')}\n` }],
    [
      'one that another file replaces',
      { Makefile: `DIR = infra\npush:\n\t${command('$(DIR)')}\n`, 'all.sh': 'make -s push DIR=deploy\n' },
    ],
    ['none in this file', { 'push.sh': `${command('$DIR')}\n`, 'other.sh': 'DIR=infra\n' }],
  ])('has no known value if it has %s', (_, files) => {
    expect(folder(files)).toBeUndefined();
  });
});

describe('a Kustomization of an artifact', () => {
  const source = [
    '---',
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: OCIRepository',
    'metadata: { name: apps, namespace: flux-system }',
    `spec: { interval: 1h, url: ${URL} }`,
    '',
  ].join('\n');
  const buildOf = (path: string, files: Readonly<Record<string, string>>) => {
    const { cluster, graph } = graphOf({
      'clusters/prod/apps.yaml': source + kustomizationFrom('OCIRepository', 'apps', path, 'apps'),
      'clusters/prod/more.yaml': fluxKustomization('more', './infra'),
      ...folders,
      'deploy/apps/web/c.yaml': configMap('c'),
      ...files,
    });
    const build = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/apps')?.build;
    const names = build?.inventory.map(({ identity }) => identity.name);
    return [build?.source, names, graph.findings.map(({ code }) => code)];
  };
  const pushed = push(`${URL}:latest`, './deploy/apps');

  it.each([
    ['./', pushed, ['repository', ['a', 'c'], []]],
    ['./web', pushed, ['repository', ['c'], []]],
    ['./', { ...pushed, 'deploy/apps/.sourceignore': 'web/\n' }, ['repository', ['a'], []]],
    ['./', {}, ['outside', [], []]],
    ['./', push(`${URL} --ignore-paths="*.md,web"`, 'deploy/apps'), ['repository', ['a'], []]],
    ['./', push(`${URL} --ignore-paths=/web/,b.yaml`, 'deploy/apps'), ['repository', ['a'], []]],
    ['./', push(`${URL} --ignore-paths '$IGNORED'`, 'deploy/apps'), ['outside', [], []]],
    [
      './',
      { ...push(`${URL} --ignore-paths=web`, 'deploy/apps'), ...push(URL, 'deploy/apps', 'other.sh') },
      ['outside', [], []],
    ],
    // CI may make more files.
    ['./api', pushed, ['outside', [], []]],
    ['./infra', pushed, ['outside', [], []]],
  ])('builds from the folder that CI pushes to its address: %s', (path, files, expected) => {
    expect(buildOf(path, files)).toEqual(expected);
  });

  it.each([
    ['of the source', 'ignore: "/web"'],
    ['in any folder', 'ignore: "c.yaml"'],
    ['and takes back others', 'ignore: "/*\\n!/a.yaml"'],
  ])('leaves out what patterns exclude: %s', (_, spec) => {
    const ignoring = source.replace('interval: 1h', `interval: 1h, ${spec}`);
    const text = ignoring + kustomizationFrom('OCIRepository', 'apps', './', 'apps');
    expect(buildOf('./', { ...pushed, 'clusters/prod/apps.yaml': text })).toEqual(['repository', ['a'], []]);
  });

  it('may contain a file that CI makes before', () => {
    const kustomization = (...resources: string[]) => ({
      'deploy/apps/kustomization.yaml': `resources: [${resources.join(', ')}]\n`,
    });
    const told = (files: Readonly<Record<string, string>>) => {
      const { graph, cluster } = graphOf({
        'clusters/prod/apps.yaml': source + kustomizationFrom('OCIRepository', 'apps', './', 'apps'),
        ...folders,
        ...pushed,
        ...files,
      });
      const build = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/apps')?.build;
      return [
        build?.complete,
        build?.failure,
        ...graph.findings.map(({ severity, message }) => [severity, message]),
      ];
    };
    expect(told(kustomization('a.yaml', 'rendered.yaml'))).toEqual([
      false,
      undefined,
      [
        'info',
        '"rendered.yaml" is listed but does not exist, unless CI makes it before it pushes the folder',
      ],
    ]);
    // Nothing that CI makes is outside of the folder.
    expect(
      told({
        ...kustomization('a.yaml', '../../infra'),
        'infra/kustomization.yaml': 'resources: [b.yaml]\n',
      }),
    ).toEqual([false, 'build-refused', ['error', '"../../infra" is listed but does not exist']]);
    const typo = { ...kustomization('a.yaml', 'servce.yaml'), 'deploy/apps/service.yaml': configMap('s') };
    expect(told(typo)).toEqual([
      false,
      'build-refused',
      ['error', '"servce.yaml" is listed but does not exist'],
    ]);
  });
});
