import { checkTree } from '../../../lib/check/check-tree';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { line, lines, object, resourceSet, type Files } from '../small-repositories';

const CODE = 'path-of-other-cluster';
const sync = bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '';
const settings = object('v1', 'ConfigMap', 'settings', 'default');

/** Two clusters, the paths that they build, and folders with manifests. */
const repository = (prod: string, staging: string, ...folders: readonly string[]): Files => ({
  'clusters/staging/flux-system/gotk-sync.yaml': sync.replaceAll('clusters/prod', 'clusters/staging'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', prod),
  'clusters/staging/apps.yaml': fluxKustomization('apps', staging),
  ...Object.fromEntries(folders.map((folder) => [`${folder}/settings.yaml`, settings])),
});

describe('path-of-other-cluster', () => {
  it('finds the folder of another cluster where that of its own is forgotten', () => {
    const files = repository('./apps/staging/eu', './apps/staging/eu', 'apps/staging/eu', 'apps/prod/eu');
    expect(lines(CODE, files)).toEqual([
      line(
        'warning at clusters/prod/apps.yaml:',
        '(Kustomization apps spec.path)',
        'the cluster "prod" builds "apps/staging/eu", as the cluster "staging" does, and nothing builds "apps/prod/eu"',
        '=> set spec.path to "./apps/prod/eu", or remove that folder if it is no longer used',
      ),
    ]);
  });

  it('finds an overlay that has a kustomization file and no manifests', () => {
    const overlay = { 'apps/prod/kustomization.yaml': 'resources: [../base]\n' };
    const files = {
      ...repository('./apps/staging', './apps/staging', 'apps/staging', 'apps/base'),
      ...overlay,
    };
    expect(lines(CODE, files)).toEqual([line('nothing builds "apps/prod"')]);
    expect(lines(CODE, { ...files, '.sourceignore': 'apps/prod\n' })).toEqual([]);
  });

  it('finds it where the entry paths differ in another folder', () => {
    const files = repository('./eu/apps', './us/apps', 'us/apps', 'eu/apps');
    const moved = Object.entries(files).map(([path, text]) => [
      path.replace('clusters/staging', 'eu/prod'),
      text.replaceAll('clusters/staging', 'eu/prod'),
    ]);
    const more = {
      'us/prod/flux-system/gotk-sync.yaml': sync.replaceAll('clusters/prod', 'us/prod'),
      'us/prod/apps.yaml': fluxKustomization('apps', './us/apps'),
      'clusters/prod/apps.yaml': '',
    };
    expect(lines(CODE, { ...Object.fromEntries(moved), ...more })).toEqual([
      line('at eu/prod/apps.yaml:', 'nothing builds "eu/apps"'),
    ]);
  });

  it.each([
    ['each builds its own', repository('./apps/prod', './apps/staging', 'apps/prod', 'apps/staging')],
    ['both build a common folder', repository('./apps/base', './apps/base', 'apps/base', 'apps/prod')],
    ['its own folder does not exist', repository('./apps/staging', './apps/staging', 'apps/staging')],
    [
      'the other cluster builds its own',
      repository('./apps/staging', './x', 'apps/staging', 'apps/prod', 'x'),
    ],
    [
      'something else builds its own folder',
      {
        ...repository('./apps/staging', './apps/staging', 'apps/staging', 'apps/prod'),
        'clusters/prod/more.yaml': fluxKustomization('more', './apps/prod'),
      },
    ],
    [
      'an overlay reads a file of its own folder',
      {
        ...repository('./apps/staging', './apps/staging', 'apps/staging', 'apps/prod'),
        'apps/staging/kustomization.yaml': 'resources: [settings.yaml, ../prod/other]\n',
        'apps/prod/other/kustomization.yaml': 'resources: [a.yaml]\n',
        'apps/prod/other/a.yaml': object('v1', 'ConfigMap', 'a', 'default'),
      },
    ],
    [
      'its own folder has no manifests',
      { ...repository('./apps/staging', './apps/staging', 'apps/staging'), 'apps/prod/README.md': 'x' },
    ],
  ])('passes where %s', (_, files: Files) => {
    expect(lines(CODE, files)).toEqual([]);
  });

  const forgotten = repository('./apps/staging', './apps/staging', 'apps/staging', 'apps/prod');

  it.each([
    ['a script names its own folder', { 'deploy.sh': 'kubectl apply -f apps/prod\n' }],
    ['a Kustomization of it is put aside', { 'clusters/prod/own.yaml.bak': 'path: ./apps/prod\n' }],
    [
      'it applies to another cluster',
      {
        'clusters/prod/apps.yaml': fluxKustomization('apps', './apps/staging', [
          'kubeConfig: { secretRef: { name: staging } }',
        ]),
      },
    ],
    [
      'the other cluster applies it elsewhere',
      {
        'clusters/staging/apps.yaml': fluxKustomization('apps', './apps/staging', [
          'kubeConfig: { secretRef: { name: hub } }',
        ]),
      },
    ],
    [
      'a ResourceSet creates Kustomizations',
      {
        'clusters/prod/set.yaml': resourceSet(
          'inputsFrom: [{ kind: ResourceSetInputProvider, name: x }]',
          'resources: [{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: { name: a } }]',
        ),
      },
    ],
    [
      'a path is unknown',
      {
        'clusters/prod/layer.yaml': fluxKustomization('layer', './layer', [
          'postBuild: { substituteFrom: [{ kind: ConfigMap, name: unseen }] }',
        ]),
        'layer/own.yaml': fluxKustomization('own', './apps/${ENV}'),
      },
    ],
    [
      'a source is unknown',
      {
        'clusters/prod/own.yaml': fluxKustomization('own', './own').replace(
          '    name: flux-system\n',
          '    name: unseen\n',
        ),
      },
    ],
    [
      'a path has a variable that nothing replaces',
      { 'clusters/prod/own.yaml': fluxKustomization('own', './apps/${ENV}') },
    ],
    [
      'the clusters read other branches',
      {
        'clusters/staging/flux-system/gotk-sync.yaml': sync
          .replaceAll('clusters/prod', 'clusters/staging')
          .replace(/( +)url:/, '$1ref: { branch: staging }\n$1url:'),
      },
    ],
    [
      'its own folder lists nothing',
      { 'apps/prod/settings.yaml': '', 'apps/prod/kustomization.yaml': 'resources: []\n' },
    ],
    [
      'the build that may use its own folder fails',
      { 'apps/staging/kustomization.yaml': 'resources: [settings.yaml, ../prod]\n' },
    ],
    ['its own folder is for another program', { 'apps/prod/settings.yaml': '- hosts: all\n' }],
  ])('passes where %s', (_, more: Files) => {
    expect(lines(CODE, forgotten)).toHaveLength(1);
    expect(lines(CODE, { ...forgotten, ...more })).toEqual([]);
  });

  it.each([
    ['documentation names the folder', { 'README.md': 'apps/prod has the apps\n' }],
    ['a file names another folder', { 'deploy.sh': 'kubectl apply -f apps/prod-eu\n' }],
    [
      'the build has resources of another repository',
      { 'apps/staging/kustomization.yaml': 'resources: [settings.yaml, "https://example.com/all.yaml"]\n' },
    ],
  ])('reports it although %s', (_, more: Files) => {
    expect(lines(CODE, { ...forgotten, ...more })).toHaveLength(1);
  });

  it.each([
    ['main', 'main', 1],
    ['main', 'staging', 0],
  ])('looks at what FluxInstances read: %s and %s', (prod, staging, expected) => {
    const instance = (cluster: string, ref: string) =>
      object(
        'fluxcd.controlplane.io/v1',
        'FluxInstance',
        'flux',
        'flux-system',
        `spec: { distribution: { version: 2.x, registry: ghcr.io/fluxcd }, sync: { kind: GitRepository, url: "https://example.com/x", ref: refs/heads/${ref}, path: clusters/${cluster} } }`,
      );
    const { 'clusters/staging/flux-system/gotk-sync.yaml': _, ...rest } = forgotten;
    const files = {
      ...rest,
      'clusters/prod/flux.yaml': instance('prod', prod),
      'clusters/staging/flux.yaml': instance('staging', staging),
    };
    const codes = checkTree(treeOf(files)).findings.map(({ code }) => code);
    expect(codes.filter((code) => code === CODE)).toHaveLength(expected);
  });

  it('passes where the entry paths are assumed', () => {
    const { 'clusters/staging/flux-system/gotk-sync.yaml': _, ...files } = repository(
      './apps/staging',
      './apps/staging',
      'apps/staging',
      'apps/prod',
    );
    const codes = checkTree(treeOf(files)).findings.map(({ code }) => code);
    expect(codes).toContain('entry-guessed');
    expect(codes).not.toContain(CODE);
  });
});
