import { CheckContext } from '../../../../lib/check/check-context';
import { kustomizationsWithoutCrd } from '../../../../lib/check/providers/missing-apis';
import { bootstrap, configMap, fluxKustomization, graphOf, treeOf } from '../../../graph/tree-of';
import { count, found, type Files } from '../../small-repositories';

const mistyped = fluxKustomization('apps', './apps').replace('kustomize.toolkit.fluxcd.io/v1', 'kustomize.config.k8s.io/v1beta1'); // prettier-ignore
const files = { 'clusters/prod/apps.yaml': mistyped, 'apps/map.yaml': configMap('map') };

describe('a kustomize file among the manifests', () => {
  it('is a kind that no cluster knows, and the finding names the right group', () => {
    expect(found('kind-unknown', files)).toMatchObject([
      { severity: 'error', field: 'apiVersion', hint: 'use kustomize.toolkit.fluxcd.io/v1' },
    ]);
  });

  it('means a folder if it is not a Flux Kustomization', () => {
    const component =
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nmetadata: { name: a }\n';
    const [one] = found('kind-unknown', { 'clusters/prod/component.yaml': component });
    expect(one?.hint).toContain('list its folder');
  });

  it('is to be renamed if it has a name that kustomize does not read', () => {
    const file =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: { name: all }\n';
    const misnamed = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'clusters/prod/more.yaml': fluxKustomization('more', './more'),
      'apps/kustomization..yaml': file,
      'more/kustomization..yaml': `${file}resources: []\n`,
    };
    const findings = found('kind-unknown', misnamed);
    expect(findings).toHaveLength(2);
    for (const { hint } of findings) expect(hint).toContain('name it "kustomization.yaml"');
    // Nothing applies these files, so no two Kustomizations apply one of them.
    expect(count('duplicate-owner', misnamed)).toBe(0);
  });

  it('prevents the Kustomization that applies it from becoming ready', () => {
    const tree = treeOf({ ...bootstrap, ...files });
    const { graph, cluster } = graphOf(files);
    const blocked = kustomizationsWithoutCrd(new CheckContext(tree, graph, {}), cluster);
    expect([...blocked]).toEqual(['Kustomization/flux-system/flux-system']);
  });

  it('is not reported if kustomize reads it', () => {
    const listed = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [map.yaml]\n',
      'apps/map.yaml': configMap('map'),
    };
    expect(count('kind-unknown', listed)).toBe(0);
  });
});

describe('an object in a group that reads like one of Flux', () => {
  const inGroup = (group: string, kind = 'Kustomization'): Files => ({
    ...files,
    'clusters/prod/apps.yaml': mistyped
      .replace('kustomize.config.k8s.io/v1beta1', `${group}/v1`)
      .replace('kind: Kustomization', `kind: ${kind}`),
  });

  it.each([
    ['fluxcd.io', 'Kustomization', true],
    ['kustomize.fluxcd.io', 'Kustomization', true],
    ['helm.fluxcd.io', 'HelmRelease', false],
    ['fluxcd.io', 'FluxInstance', false],
    ['fluxcd.io', 'Thing', false],
  ])('is a kind that no cluster knows, which is said once: %s %s', (group, kind, isReported) => {
    const all = inGroup(group, kind);
    expect(count('kind-unknown', all)).toBe(isReported ? 1 : 0);
    expect(count('crd-missing', all)).toBe(isReported ? 0 : 1);
  });

  it('prevents the Kustomization that applies it from becoming ready', () => {
    const all = inGroup('fluxcd.io');
    const { graph, cluster } = graphOf(all);
    const blocked = kustomizationsWithoutCrd(
      new CheckContext(treeOf({ ...bootstrap, ...all }), graph, {}),
      cluster,
    );
    expect([...blocked]).toEqual(['Kustomization/flux-system/flux-system']);
  });
});
