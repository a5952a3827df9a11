import { checkTree } from '../../../lib/check/check-tree';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';

const object = (apiVersion: string, kind: string, name: string, namespace: string) =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n`;
const shop = '---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';

/** The findings about the health check of a Kustomization that applies `objects`. */
function found(check: string, objects: string): string[] {
  const files = {
    ...bootstrap,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [`healthChecks: [{${check}}]`]),
    'apps/all.yaml': objects,
  };
  const { findings } = checkTree(treeOf(files), { objects: () => false });
  return findings
    .filter(({ code }) => code === 'health-check-target-missing')
    .map(({ message, hint }) => `${message}; ${hint}`);
}

const job = object('batch/v1', 'Job', 'a', 'shop');

describe('the kind of a health check', () => {
  it.each([
    ['apiVersion: v1, kind: Job', 'no kind "Job" in v1', 'use apiVersion: batch/v1'],
    ['apiVersion: apps/v1, kind: Job', 'no kind "Job" in apps/v1', 'use apiVersion: batch/v1'],
    ['apiVersion: helm.toolkit.fluxcd.io/v2, kind: Job', 'no kind "Job"', 'use apiVersion: batch/v1'],
    ['kind: Job', 'which Flux takes where apiVersion is not set', 'use apiVersion: batch/v1'],
    ['apiVersion: apps/v1, kind: Deploymint', 'no kind "Deploymint"', 'correct apiVersion and kind'],
  ])('fails as {%s}', (kind, message, hint) => {
    const [only] = found(`${kind}, name: a, namespace: shop`, shop + job);
    expect(only).toContain(message);
    expect(only).toContain(hint);
  });

  it.each(['batch/v1', 'batch/v1beta1'])('may be of any version of its group, as %s', (apiVersion) => {
    expect(found(`apiVersion: ${apiVersion}, kind: Job, name: a, namespace: shop`, shop + job)).toEqual([]);
  });

  it('is not checked in groups of others', () => {
    const knative = 'apiVersion: serving.knative.dev/v1, kind: Service, name: a, namespace: shop';
    expect(found(knative, shop + job)).toEqual([]);
  });
});

describe('the name of a workload in a health check', () => {
  const check = 'apiVersion: apps/v1, kind: Deployment, name: wib, namespace: shop';
  const web = object('apps/v1', 'Deployment', 'web', 'shop');

  it('fails if nothing can create it', () => {
    expect(found(check, shop + web)).toEqual([
      expect.stringContaining('nothing applies Deployment "shop/wib"'),
    ]);
  });

  it('fails in a namespace that nothing makes', () => {
    const other = check.replace('namespace: shop', 'namespace: shops');
    expect(found(other, shop + job)).toEqual([
      expect.stringContaining('nothing applies Deployment "shops/wib"'),
    ]);
    expect(found(check.replace('namespace: shop', 'namespace: kube-system'), shop + job)).toEqual([]);
    expect(found(check.replace('namespace: shop', 'namespace: flux-system'), shop + job)).toEqual([]);
  });

  it.each([
    ['a chart', shop + object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'r', 'shop')],
    ['an operator', shop + object('example.com/v1', 'Shop', 's', 'shop')],
    ['whoever makes the namespace', web],
  ])('may be of %s', (_, objects) => {
    expect(found(check, objects)).toEqual([]);
  });
});
