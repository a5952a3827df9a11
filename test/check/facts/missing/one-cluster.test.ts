import { checkTree } from '../../../../lib/check/check-tree';
import { configMap, kustomizationFrom, listing, treeOf } from '../../../graph/tree-of';
import { inLine, line, type Files } from '../../small-repositories';

const source =
  '---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: shop, namespace: flux-system}\nspec: {interval: 1m, url: "https://example.com/shop.git"}\n';
const from = (name: string, path: string, waitsFor?: string) =>
  kustomizationFrom('GitRepository', 'shop', path, name).replace(
    'spec:',
    waitsFor === undefined ? 'spec:' : `spec:\n  dependsOn: [{name: ${waitsFor}}]`,
  );
const missing = (files: Files) =>
  checkTree(treeOf(files))
    .findings.filter(({ code }) => code === 'dependency-missing')
    .map(inLine);

describe('a reference to what only another guessed entry has', () => {
  const files: Files = {
    'run/platform/kustomization.yaml': listing('source.yaml', 'base.yaml'),
    'run/platform/source.yaml': source,
    'run/platform/base.yaml': from('base', './base'),
    'run/websites/kustomization.yaml': listing('web.yaml'),
    'run/websites/web.yaml': from('web', './web', 'base'),
    'base/map.yaml': configMap('base'),
    'web/map.yaml': configMap('web'),
  };

  it('is an info, because both may be one cluster', () => {
    expect(missing(files)).toEqual([
      line(
        'info',
        'web',
        'which nothing in this cluster applies, but "platform" does: they may be one cluster',
      ),
    ]);
  });

  it('is an error if both have a Kustomization of the same name, as two environments do', () => {
    const twice = { ...files, 'run/platform/base.yaml': from('base', './base') + from('web', './web') };
    expect(missing(twice)).toEqual([line('error', 'which nothing in the cluster applies')]);
  });

  it('is an info if neither has it, because someone may apply it by hand', () => {
    expect(missing({ ...files, 'run/websites/web.yaml': from('web', './web', 'elsewhere') })).toEqual([
      line('info', 'which nothing in the cluster applies; someone may apply it by hand'),
    ]);
  });

  it('is an error if the repository says where Flux starts', () => {
    const settings = { entries: ['run/platform', 'run/websites'] };
    const { findings } = checkTree(treeOf(files), settings);
    expect(findings.filter(({ code }) => code === 'dependency-missing').map(inLine)).toEqual([line('error')]);
  });
});
