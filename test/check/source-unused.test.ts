import { checkTree } from '../../lib/check/check-tree';
import { bootstrap, fluxKustomization, treeOf } from '../graph/tree-of';

const source =
  '---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: shop, namespace: shop}\nspec: {interval: 1h, url: "oci://ghcr.io/example/shop"}\n';

function found(more: string): string[] {
  const files = { ...bootstrap, 'clusters/prod/all.yaml': source + more };
  const { findings } = checkTree(treeOf(files), { objects: false });
  return findings
    .filter(({ code }) => code === 'source-unused')
    .map(({ severity, object }) => `${severity} ${object?.name}`);
}

const user = (text: string) => `---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n${text}\n`;

describe('a source', () => {
  it('is reported if nothing uses it, but never if it is the cluster’s own', () => {
    expect(found('')).toEqual(['info shop']);
  });

  it('is used by a release, and not by one that refers to another', () => {
    const release = (name: string) =>
      user(
        `metadata: {name: a, namespace: shop}\nspec: {interval: 1h, chartRef: {kind: OCIRepository, name: ${name}}}`,
      );
    expect(found(release('shop'))).toEqual([]);
    expect(found(release('other'))).toEqual(['info shop']);
  });

  it('may be used by objects that another repository or a template applies', () => {
    const foreign =
      '---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: other, namespace: flux-system}\nspec: {interval: 1h, url: "https://example.com/o/r"}\n';
    const theirs = fluxKustomization('theirs', './x').replace(/name: flux-system\n$/, 'name: other\n');
    expect(found(foreign + theirs)).toEqual([]);
    const set =
      '---\napiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: s, namespace: shop}\nspec: {resources: [{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease}]}\n';
    expect(found(set)).toEqual([]);
  });
});
