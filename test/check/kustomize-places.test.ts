import { checkTree } from '../../lib/check/check-tree';
import { LoadedTree } from '../../lib/tree/loaded-tree';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../graph/tree-of';
import { type Files } from './small-repositories';

/** Where findings are, as `file:line: code`, with the text of the line. */
function placesOf(files: Files): string[] {
  const all: Files = {
    ...bootstrap,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    ...files,
  };
  return checkTree(treeOf(all))
    .findings.filter(({ severity }) => severity !== 'info')
    .map(({ code, locations: [place] }) => {
      const text = all[place?.file ?? '']?.split('\n')[(place?.line ?? 0) - 1];
      return `${code} at ${place?.file}: ${text?.trim()}`;
    });
}

const kustomization = (...lines: string[]): Files => ({
  'apps/kustomization.yaml': [
    'apiVersion: kustomize.config.k8s.io/v1beta1',
    'kind: Kustomization',
    'resources: [map.yaml]',
    ...lines,
  ].join('\n'),
  'apps/map.yaml': configMap('map'),
});

describe('a problem of a build is shown at the entry that causes it', () => {
  it('for a patch that does not exist, also in patchesStrategicMerge', () => {
    const files = kustomization(
      'patches:',
      '  - not a map',
      '  - path: map.yaml',
      '  - path: mapp.yaml',
      'patchesStrategicMerge:',
      '  - one.yaml',
    );
    expect(placesOf(files)).toEqual(
      expect.arrayContaining([
        'listed-file-missing at apps/kustomization.yaml: - path: mapp.yaml',
        'listed-file-missing at apps/kustomization.yaml: - one.yaml',
      ]),
    );
  });

  it('with the path that was most likely meant', () => {
    const { findings } = checkTree(
      treeOf({
        ...bootstrap,
        'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
        ...kustomization('patches:', '  - path: patchh.yaml', 'replacements:', '  - path: other.yaml'),
        'apps/patch.yaml': configMap('map'),
      }),
    );
    expect(findings.filter(({ code }) => code === 'listed-file-missing')).toMatchObject([
      { message: 'the patch "patchh.yaml" does not exist', hint: 'did you mean "patch.yaml"?' },
      {
        message: 'the file "other.yaml" with replacements does not exist',
        hint: 'correct the path, or remove the entry',
      },
    ]);
  });

  it('without the path of a file that is listed already', () => {
    const hints = (resources: string, ...lines: string[]) =>
      checkTree(
        treeOf({
          ...bootstrap,
          'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
          ...kustomization(...lines),
          'apps/kustomization.yaml': [`resources: [${resources}]`, ...lines].join('\n'),
        }),
      ).findings.flatMap(({ code, hint }) => (code === 'listed-file-missing' ? [hint] : []));
    const none = 'correct the path, or remove the entry';
    expect(hints('map.yaml, maps.yaml')).toEqual([none]);
    expect(hints('./map.yaml', 'patches:', '  - path: maps.yaml')).toEqual([none]);
    expect(hints('maps.yaml')).toEqual(['did you mean "map.yaml"?']);
    const patched = ['patches:', '  - path: maps.yaml', '  - path: map.yaml'];
    expect(hints('', ...patched)).toEqual([none]);
    const generated = ['configMapGenerator:', '  - { name: a, files: [m=./map.yaml] }'];
    expect(hints('maps.yaml', ...generated)).toEqual([none]);
  });

  it('with the path from the folder of the kustomization file', () => {
    const hintOf = (path: string) =>
      checkTree(
        treeOf({
          ...bootstrap,
          'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
          ...kustomization(`components: [${path}]`),
          'apps/parts/one/kustomization.yaml': 'kind: Component\nresources: []\n',
          'parts/one/kustomization.yaml': 'kind: Component\nresources: []\n',
        }),
      ).findings.flatMap(({ code, hint }) => (code === 'listed-file-missing' ? [hint] : []));
    expect(hintOf('../parts/onee')).toEqual(['did you mean "../parts/one"?']);
    expect(hintOf('parts/onee')).toEqual(['did you mean "parts/one"?']);
  });

  it('with the file that was meant, also if it is not a manifest', () => {
    const told = (file: string, from: Files) => {
      const manifests = treeOf({
        ...bootstrap,
        'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
        ...kustomization('configMapGenerator:', `  - { name: a, files: [${file}] }`),
        '.sourceignore': from['.sourceignore'] ?? '',
      });
      const paths = new Set(Object.keys(from).filter((path) => path !== '.sourceignore'));
      const tree = new LoadedTree(manifests.files, paths, (path) => Buffer.from(from[path] ?? ''));
      return checkTree(tree)
        .findings.filter(({ code }) => code === 'generator-failed')
        .map(({ severity, hint }) => `${severity}: ${hint}`);
    };
    const here = { 'apps/settings.conf': 'a\n' };
    expect(told('setings.conf', here)).toEqual(['error: did you mean "settings.conf"?']);
    expect(told('key=setings.conf', here)).toEqual(['error: did you mean "settings.conf"?']);
    expect(told('settings.confg', here)).toEqual(['error: did you mean "settings.conf"?']);
    // Two letters are off, and the repository has no such files.
    expect(told('settings.conjk', here)).toEqual([expect.stringContaining('info: add the file')]);
    const elsewhere = { 'conf/settings.conf': 'a\n' };
    expect(told('setings.conf', elsewhere)).toEqual(['error: correct the path, or remove the entry']);
    const left = { ...here, '.sourceignore': 'settings.conf\n' };
    expect(told('setings.conf', left)).toEqual(['error: correct the path, or remove the entry']);
  });

  it('for a path that is not on the first line of its entry', () => {
    const files = kustomization(
      'patches:',
      '  - target: { kind: ConfigMap }',
      '    path: one.yaml',
      'replacements:',
      '  - targets: []',
      '    path: two.yaml',
      'configMapGenerator:',
      '  - name: a',
      '    env: three.yaml',
    );
    expect(placesOf(files)).toEqual([
      'listed-file-missing at apps/kustomization.yaml: path: one.yaml',
      'listed-file-missing at apps/kustomization.yaml: path: two.yaml',
      'generator-failed at apps/kustomization.yaml: env: three.yaml',
    ]);
  });

  it('for patches in the kustomization file', () => {
    const files = kustomization(
      'patches:',
      '  - path: map.yaml',
      '  - target: { kind: ConfigMap }',
      '    patch: "- { op: remove, path: /none }"',
      '  - target:',
      '      kind: Deployment',
      '      group: apps/v1',
      '    patch: "- { op: remove, path: /none }"',
      '  - target: { kind: Secret }',
    );
    expect(placesOf(files)).toEqual([
      'patch-failed at apps/kustomization.yaml: - target: { kind: ConfigMap }',
      'patch-target-unmatched at apps/kustomization.yaml: group: apps/v1',
      'patch-invalid at apps/kustomization.yaml: - target: { kind: Secret }',
    ]);
  });

  it('for patches of the Flux Kustomization, in its file', () => {
    const files = {
      ...kustomization('patches:', '  - path: map.yaml'),
      'clusters/prod/apps.yaml': `${fluxKustomization('apps', './apps')}  patches:
    - patch: |
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: map, namespace: default }
    - target: { kind: ConfigMap }
      patch: "- { op: remove, path: /none }"
`,
    };
    expect(placesOf(files)).toEqual([
      'patch-failed at clusters/prod/apps.yaml: - target: { kind: ConfigMap }',
    ]);
  });

  it('for the objects of a patch file', () => {
    const files = {
      ...kustomization('patches:', '  - path: patch.yaml'),
      'apps/patch.yaml': `${configMap('map').replace('map', 'none')}---\n${configMap('map')}`,
    };
    expect(placesOf(files)).toEqual(['patch-target-missing at apps/patch.yaml: apiVersion: v1']);
    const second = {
      ...files,
      'apps/patch.yaml': `${configMap('map')}---\n{ apiVersion: v1, kind: Secret, metadata: { name: none } }\n`,
    };
    expect(placesOf(second)).toEqual([
      'patch-target-missing at apps/patch.yaml: { apiVersion: v1, kind: Secret, metadata: { name: none } }',
    ]);
  });

  it('for generators and their files', () => {
    const files = kustomization(
      'configMapGenerator:',
      '  - name: one',
      '    files:',
      '      - map.yaml',
      '      - none.yaml',
      '  - name: two',
      '    envs: [none.yaml]',
      '  - name: three',
      '    literals: [nothing]',
      'secretGenerator:',
      '  - name: four',
      '    literals: [a=b]',
      '  - name: five',
      '    behavior: merge',
    );
    expect(placesOf(files)).toEqual([
      'generator-failed at apps/kustomization.yaml: - none.yaml',
      'generator-failed at apps/kustomization.yaml: envs: [none.yaml]',
      'generator-failed at apps/kustomization.yaml: - name: three',
      'generator-failed at apps/kustomization.yaml: - name: five',
    ]);
    expect(
      placesOf(kustomization('secretGenerator:', '  - name: four', '  - name: five', '    behavior: merge')),
    ).toEqual(['generator-failed at apps/kustomization.yaml: - name: five']);
  });

  it('for replicas', () => {
    const files = kustomization('replicas:', '  - { name: none, count: 1 }');
    expect(placesOf(files)).toEqual([
      'replicas-unmatched at apps/kustomization.yaml: - { name: none, count: 1 }',
    ]);
  });

  it('for replacements, also in files of their own', () => {
    const files = {
      ...kustomization(
        'replacements:',
        '  - path: replacements.yaml',
        '  - source: { kind: ConfigMap, name: map }',
      ),
      'apps/replacements.yaml': '# one\n- source: { kind: ConfigMap, name: none }\n  targets: [{}]\n',
    };
    expect(placesOf(files)).toEqual([
      'replacement-failed at apps/kustomization.yaml: - source: { kind: ConfigMap, name: map }',
      'replacement-failed at apps/replacements.yaml: - source: { kind: ConfigMap, name: none }',
    ]);
  });

  it('for the configuration of a plugin, at the plugin', () => {
    const files = {
      ...kustomization('transformers: [patch.yaml]'),
      'apps/patch.yaml':
        '# a plugin\napiVersion: builtin\nkind: PatchTransformer\nmetadata: { name: a }\npath: none.yaml\n',
    };
    expect(placesOf(files)).toEqual(['listed-file-missing at apps/patch.yaml: apiVersion: builtin']);
  });
});
