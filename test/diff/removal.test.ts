import { fluxKustomization } from '../graph/tree-of';
import { changesOf, diffOf, settings, shortly } from './pair-of-trees';

const apps = 'clusters/prod/apps.yaml';
const base = { [apps]: fluxKustomization('apps', './apps'), 'apps/one.yaml': settings('one') };
const unpruned = (more: readonly string[] = []) =>
  fluxKustomization('apps', './apps', more).replace('prune: true', 'prune: false');

describe('the removal of a Kustomization', () => {
  it.each([
    ['deleted', 'deletionPolicy: Delete, though it does not prune', unpruned(['deletionPolicy: Delete'])],
    ['deleted', 'deletionPolicy: WaitForTermination', unpruned(['deletionPolicy: WaitForTermination'])],
    [
      'deleted',
      'deletionPolicy: MirrorPrune',
      fluxKustomization('apps', './apps', ['deletionPolicy: MirrorPrune']),
    ],
    ['orphaned', 'prune: false', unpruned()],
  ])('leaves what it applied %s with %s', (expected, _what, kustomization) => {
    const diff = diffOf({ ...base, [apps]: kustomization }, { [apps]: undefined });
    expect(shortly(diff)).toEqual([`${expected} Kustomization/flux-system/apps`]);
    expect(changesOf(diff)[0]?.alongWith?.map(({ name }) => name)).toEqual(['one']);
  });

  it('does not happen if its parent does not prune', () => {
    const parent = 'clusters/prod/parent.yaml';
    const files = {
      [parent]: fluxKustomization('parent', './parent').replace('prune: true', 'prune: false'),
      'parent/apps.yaml': fluxKustomization('apps', './apps'),
      'parent/stays.yaml': settings('stays'),
      'apps/one.yaml': settings('one'),
    };
    const diff = diffOf(files, { 'parent/apps.yaml': undefined });
    expect(shortly(diff)).toEqual(['orphaned Kustomization/flux-system/apps']);
    expect(changesOf(diff)[0]?.message).toContain('stays in the cluster, and the object that it applied');
  });

  it('includes everything that the Kustomizations below it applied', () => {
    const files = {
      'clusters/prod/parent.yaml': fluxKustomization('parent', './parent'),
      'parent/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/one.yaml': settings('one'),
    };
    const diff = diffOf(files, { 'clusters/prod/parent.yaml': undefined });
    expect(shortly(diff)).toEqual([
      'deleted Kustomization/flux-system/parent',
      'deleted Kustomization/flux-system/apps',
    ]);
  });

  it('takes a kind with the name of an object property for one like others', () => {
    const odd = '---\napiVersion: acme.io/v1\nkind: constructor\nmetadata: { name: a, namespace: shop }\n';
    const [change] = changesOf(diffOf({ ...base, 'apps/odd.yaml': odd }, { 'apps/odd.yaml': undefined }));
    expect(change?.message).toMatch(/^Flux deletes it: /);
    expect(change?.hint).toBeUndefined();
  });

  it('keeps what has the annotation', () => {
    const mark = '  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n';
    const diff = diffOf({ ...base, 'apps/two.yaml': settings('two', '1', mark) }, { [apps]: undefined });
    expect(shortly(diff)).toEqual(['deleted Kustomization/flux-system/apps', 'orphaned ConfigMap/shop/two']);
  });
});

describe('a release', () => {
  const release = (more: string) =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: r, namespace: shop }\nspec: { interval: 1h, chartRef: { kind: OCIRepository, name: r }${more} }\n`;

  it('is uninstalled with its HelmRelease, unless that is suspended', () => {
    const files = { ...base, 'apps/r.yaml': release('') };
    const [change] = changesOf(diffOf(files, { 'apps/r.yaml': undefined }));
    expect(change).toMatchObject({
      class: 'deleted',
      message: expect.stringContaining('its chart installed'),
    });
    const suspended = { ...base, 'apps/r.yaml': release(', suspend: true') };
    expect(shortly(diffOf(suspended, { 'apps/r.yaml': undefined }))).toEqual(['orphaned HelmRelease/shop/r']);
  });
});

describe('a Namespace that every cluster keeps', () => {
  it.each(['default', 'kube-system', 'kube-public'])('stays if %s is removed from git', (name) => {
    const namespace = `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;
    const [change] = changesOf(diffOf({ ...base, 'apps/n.yaml': namespace }, { 'apps/n.yaml': undefined }));
    expect(change).toMatchObject({ class: 'orphaned', object: { name } });
    expect(change?.message).toContain('the API server refuses to delete');
  });
});

describe('a new object', () => {
  it('is one change with its new Kustomization, which may wait for a suspended one', () => {
    const diff = diffOf({}, base);
    expect(shortly(diff)).toEqual(['created Kustomization/flux-system/apps']);
    expect(changesOf(diff)[0]?.alongWith?.map(({ name }) => name)).toEqual(['one']);
    const suspended = { ...base, [apps]: fluxKustomization('apps', './apps', ['suspend: true']) };
    const [change] = changesOf(diffOf(suspended, { 'apps/two.yaml': settings('two') }));
    expect(change?.message).toContain('is resumed');
  });

  it.each(['reconcile: disabled', 'ssa: Ignore'])('is not created with the annotation %s', (mark) => {
    const annotations = `  annotations:\n    kustomize.toolkit.fluxcd.io/${mark}\n`;
    const [change] = changesOf(diffOf(base, { 'apps/two.yaml': settings('two', '1', annotations) }));
    expect(change?.message).toContain('does not create it');
  });
});

describe('a generated ConfigMap', () => {
  it('with another hash is reported by its content', () => {
    const kustomization = (value: number) =>
      `namespace: shop\nconfigMapGenerator:\n- name: made\n  literals: [a=${value}]\n`;
    const files = {
      [apps]: fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': kustomization(1),
    };
    const diff = diffOf(files, { 'apps/kustomization.yaml': kustomization(2) });
    expect(changesOf(diff)).toHaveLength(1);
    expect(changesOf(diff)[0]).toMatchObject({
      class: 'changed',
      fields: [{ path: 'data.a', before: '1', after: '2' }],
    });
  });
});

describe('objects of another cluster', () => {
  it('are distinguished from those of this one', () => {
    const away = 'clusters/prod/away.yaml';
    const files = {
      ...base,
      [away]: fluxKustomization('away', './away', ['kubeConfig: { secretRef: { name: away } }']),
      'away/one.yaml': settings('one'),
      'away/two.yaml': settings('two'),
    };
    expect(shortly(diffOf(files, { 'away/one.yaml': undefined }))).toEqual(['deleted ConfigMap/shop/one']);
  });

  it('stay if their Kustomization applies to another cluster', () => {
    const elsewhere = fluxKustomization('apps', './apps', ['kubeConfig: { secretRef: { name: away } }']);
    const diff = diffOf(base, { [apps]: elsewhere });
    expect(shortly(diff)).toEqual([
      'orphaned ConfigMap/shop/one',
      'created ConfigMap/shop/one',
      'changed Kustomization/flux-system/apps',
    ]);
    expect(changesOf(diff)[0]?.message).toContain('now applies to another cluster');
  });
});
