import { checkTree } from '../../../../lib/check/check-tree';
import {
  bootstrap,
  configMap,
  fluxKustomization,
  kustomizationFrom,
  listing,
  treeOf,
} from '../../../graph/tree-of';
import type { Files } from '../../small-repositories';

const found = (code: string, files: Files, entries?: readonly string[]) =>
  checkTree(treeOf(files), { entries })
    .findings.filter((one) => one.code === code)
    .map(({ severity }) => severity);

const waits = (name: string) => fluxKustomization('web', './web', [`dependsOn: [{name: ${name}}]`]);
const namespaced = (namespace: string) =>
  configMap('map').replace('metadata:', `metadata:\n  namespace: ${namespace}`);

/** Repositories without a bootstrap, in which a finding rests on the guessed entry path `run`. */
const doubtful: readonly [string, string, Files][] = [
  [
    'a Kustomization that no file has',
    'dependency-missing',
    { 'run/web.yaml': waits('databases'), 'web/map.yaml': namespaced('default') },
  ],
  [
    'a source that no file has',
    'source-missing',
    {
      'run/web.yaml':
        fluxKustomization('web', './web') + kustomizationFrom('GitRepository', 'elsewhere', './'),
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'a Kustomization in a file that nothing reads',
    'dependency-missing',
    {
      'run/kustomization.yaml': listing('web.yaml'),
      'run/web.yaml': waits('databases'),
      'run/databases.yaml': fluxKustomization('databases', './web'),
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'a Kustomization that another repository may bring',
    'dependency-missing',
    {
      'run/web.yaml': waits('databases'),
      'run/team.yaml':
        '---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: team, namespace: flux-system}\nspec: {interval: 1m, url: "https://example.com/team.git"}\n' +
        kustomizationFrom('GitRepository', 'team', './deploy'),
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'a namespace that nothing creates',
    'namespace-missing',
    { 'run/web.yaml': fluxKustomization('web', './web'), 'web/map.yaml': namespaced('shop') },
  ],
  [
    'an object without a namespace in the entry path',
    'namespace-missing',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/map.yaml': configMap('map'),
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'an object in a namespace that a Kustomization in the entry path creates',
    'namespace-race',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/map.yaml': namespaced('shop'),
      'web/shop.yaml': '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
    },
  ],
  [
    'paths that all are missing',
    'path-missing',
    { 'run/web.yaml': fluxKustomization('web', './web'), 'run/map.yaml': namespaced('default') },
  ],
  [
    'paths that all are missing beside the root of the repository',
    'path-missing',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/map.yaml': namespaced('default'),
      'run/all.yaml': fluxKustomization('all', './'),
      'kustomization.yaml': listing(),
    },
  ],
  [
    'the path of Flux itself, which bootstrap creates',
    'path-missing',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/flux.yaml': fluxKustomization('flux-system', './clusters/prod'),
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'a path that two Kustomizations in a folder without a kustomization file build',
    'path-overlap',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/old.yaml': fluxKustomization('old', './web'),
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'an object of two Kustomizations in such a folder',
    'duplicate-owner',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/old.yaml': fluxKustomization('old', './old'),
      'web/map.yaml': namespaced('default'),
      'old/map.yaml': namespaced('default'),
    },
  ],
  [
    'an object that the entry path has twice',
    'object-duplicate',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/a/map.yaml': namespaced('default'),
      'run/b/map.yaml': namespaced('default'),
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'a Helm chart in the entry path',
    'manifest-invalid',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'web/map.yaml': namespaced('default'),
    },
  ],
];

describe('a finding that rests on the path from which Flux starts', () => {
  it.each(doubtful)('is an info if that path is guessed: %s', (_, code, files) => {
    expect([...new Set(found(code, files))]).toEqual(['info']);
  });

  it.each(doubtful)('is no info if that path is known: %s', (_, code, files) => {
    expect(found(code, files, ['run'])).toContainEqual(expect.stringMatching(/^(?:error|warning)$/));
  });
});

/** The same, where the files show the defect. */
const certain: readonly [string, string, string, Files][] = [
  [
    'an object twice in a folder that the guessed path does not build',
    'object-duplicate',
    'error',
    {
      'run/kustomization.yaml': listing('web.yaml'),
      'run/web.yaml': fluxKustomization('web', './run/web'),
      'run/web/a/map.yaml': namespaced('default'),
      'run/web/b/map.yaml': namespaced('default'),
    },
  ],
  [
    'a Helm chart that a Kustomization builds',
    'manifest-invalid',
    'error',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    },
  ],
  [
    'a file in the entry path that is no manifest',
    'manifest-invalid',
    'error',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/other.yaml': 'a: b\n',
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'a reference that lacks a letter',
    'dependency-missing',
    'error',
    {
      'run/web.yaml': waits('databses'),
      'run/databases.yaml': fluxKustomization('databases', './databases'),
      'web/map.yaml': namespaced('default'),
      'databases/map.yaml': namespaced('kube-system'),
    },
  ],
  [
    'a reference of which two letters are swapped',
    'dependency-missing',
    'error',
    {
      'run/web.yaml': waits('databsaes'),
      'run/databases.yaml': fluxKustomization('databases', './databases'),
      'web/map.yaml': namespaced('default'),
      'databases/map.yaml': namespaced('kube-system'),
    },
  ],
  [
    'an object without a namespace that a Kustomization in the files applies',
    'namespace-missing',
    'error',
    { 'run/web.yaml': fluxKustomization('web', './web'), 'web/map.yaml': configMap('map') },
  ],
  [
    'one of several paths of a source',
    'path-missing',
    'error',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/old.yaml': fluxKustomization('old', './old'),
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'the path of a Kustomization that has only the name of that of Flux',
    'path-missing',
    'error',
    {
      'run/web.yaml': fluxKustomization('web', './web'),
      'web/flux.yaml': fluxKustomization('flux-system', './clusters/prod'),
      'web/map.yaml': namespaced('default'),
    },
  ],
  [
    'a path of two Kustomizations that one kustomization file lists',
    'path-overlap',
    'warning',
    {
      'run/kustomization.yaml': listing('web.yaml', 'old.yaml'),
      'run/web.yaml': fluxKustomization('web', './web'),
      'run/old.yaml': fluxKustomization('old', './web'),
      'web/map.yaml': namespaced('default'),
    },
  ],
];

describe('a finding that rests on the path of one of several clusters', () => {
  it('is an info', () => {
    const files = {
      'run/one/kustomization.yaml': listing('one.yaml', 'source.yaml'),
      'run/one/one.yaml': kustomizationFrom('GitRepository', 'shop', './one', 'one'),
      'run/one/source.yaml':
        '---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: shop, namespace: flux-system}\nspec: {interval: 1m, url: "https://example.com/shop.git"}\n',
      'run/two/web.yaml': kustomizationFrom('GitRepository', 'shop', './web', 'web'),
      'run/two/old.yaml': kustomizationFrom('GitRepository', 'shop', './web', 'old'),
      'one/map.yaml': namespaced('default'),
      'web/map.yaml': namespaced('default'),
    };
    expect(checkTree(treeOf(files)).findings.filter(({ code }) => code === 'entry-guessed')).not.toEqual([]);
    expect(found('path-overlap', files)).toEqual(['info']);
  });
});

describe('a finding that does not rest on a guessed path', () => {
  it.each(certain)('keeps its severity: %s', (_, code, severity, files) => {
    expect(found(code, files)).toEqual([severity]);
  });

  it('includes those of a path that a command line gives to flux bootstrap', () => {
    const files = { 'run/web.yaml': waits('databases'), 'web/map.yaml': namespaced('default') };
    const told = { ...files, 'README.md': 'flux bootstrap git --path=run\n' };
    expect([found('dependency-missing', files), found('dependency-missing', told)]).toEqual([
      ['info'],
      ['error'],
    ]);
  });

  it('includes those of an object that is in another namespace', () => {
    const files = {
      'run/web.yaml': waits('databases'),
      'run/databases.yaml': fluxKustomization('databases', './db').replace(
        'namespace: flux-system',
        'namespace: shop',
      ),
      'web/map.yaml': namespaced('default'),
      'db/map.yaml': namespaced('shop'),
    };
    expect(found('dependency-missing', files)).toEqual(['error']);
  });

  it('includes those of what bootstrap applies', () => {
    const files = {
      ...bootstrap,
      'clusters/prod/web.yaml': waits('databases'),
      'web/map.yaml': namespaced('default'),
    };
    expect(found('dependency-missing', files)).toEqual(['error']);
  });
});
