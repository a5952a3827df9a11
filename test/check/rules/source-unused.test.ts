import { checkTree } from '../../../lib/check/check-tree';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';

const source =
  '---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: shop, namespace: shop}\nspec: {interval: 1h, url: "oci://ghcr.io/example/shop"}\n';

function findingsOf(files: Readonly<Record<string, string>>) {
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }), { objects: () => false });
  return findings.filter(({ code }) => code === 'source-unused');
}

function found(more: string, own = source): string[] {
  return findingsOf({ 'clusters/prod/all.yaml': own + more }).map(
    ({ severity, object }) => `${severity} ${object?.name}`,
  );
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
    const flux = foreign.replace('https://example.com/o/r', 'https://github.com/fluxcd/flux2');
    expect(found(flux + theirs)).toEqual(['info shop']);
    expect(found(flux.replace('fluxcd/flux2', 'fluxcd/flux2-other') + theirs)).toEqual([]);
    const set =
      '---\napiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: s, namespace: shop}\nspec: {resources: [{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease}]}\n';
    expect(found(set)).toEqual([]);
  });

  it.each([
    [
      'a custom resource',
      'apiVersion: infra.contrib.fluxcd.io/v1alpha2\nkind: Terraform',
      'spec: {sourceRef: {name: shop}}',
    ],
    [
      'a policy that generates',
      'apiVersion: kyverno.io/v1\nkind: Policy',
      'spec: {rules: [{generate: {data: {name: shop}}}]}',
    ],
    ['a template in a ConfigMap', 'apiVersion: v1\nkind: ConfigMap', 'data: {t: "sourceRef: {name: shop}"}'],
  ])('may be used by %s', (_, head, body) => {
    const text = (all: string) => `---\n${head}\nmetadata: {name: x, namespace: shop}\n${all}\n`;
    expect(found(text(body))).toEqual([]);
    expect(found(text(body.replaceAll('shop', 'other')))).toEqual(['info shop']);
  });

  it('may be used by a chart of this repository, and by a release with a variable for its source', () => {
    const release = (kind: string, name: string, from: string) =>
      user(
        `metadata: {name: ${name}, namespace: shop}\nspec: {interval: 1h, chart: {spec: {chart: ./charts/web, sourceRef: {kind: ${kind}, name: "${from}", namespace: flux-system}}}}`,
      );
    expect(found(release('GitRepository', 'web', 'flux-system'))).toEqual([]);
    expect(found(release('HelmRepository', 'web', 'flux-system'))).toEqual(['info shop']);
    expect(found(release('HelmRepository', 'web', '${X}'))).toEqual([]);
  });

  it('costs nothing if it is suspended, and no fetching if it is a repository of OCI charts', () => {
    expect(found('', source.replace('{interval', '{suspend: true, interval'))).toEqual([]);
    const repository = source
      .replace('OCIRepository', 'HelmRepository')
      .replace('{interval', '{type: oci, interval');
    const messages = [source, repository].map(
      (text) => findingsOf({ 'clusters/prod/all.yaml': text })[0]?.message,
    );
    expect(messages).toEqual([
      'nothing in the cluster uses OCIRepository "shop/shop", but Flux still fetches it at every interval',
      'nothing in the cluster uses HelmRepository "shop/shop"',
    ]);
  });

  it('may be in a file that another cluster needs', () => {
    const path = 'clusters/prod/flux-system/gotk-sync.yaml';
    const staging = (bootstrap[path] ?? '').replaceAll('clusters/prod', 'clusters/staging');
    const files = {
      'clusters/staging/flux-system/gotk-sync.yaml': staging,
      'clusters/staging/sources.yaml': fluxKustomization('sources', './sources'),
      'clusters/prod/sources.yaml': fluxKustomization('sources', './sources'),
      'sources/shop.yaml': source,
    };
    const release = user(
      'metadata: {name: a, namespace: shop}\nspec: {interval: 1h, chartRef: {kind: OCIRepository, name: shop}}',
    );
    expect(findingsOf(files)).toHaveLength(1);
    expect(findingsOf({ ...files, 'clusters/prod/release.yaml': release })).toEqual([]);
  });
});
