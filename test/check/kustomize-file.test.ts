import { CheckContext } from '../../lib/check/check-context';
import { kustomizationsWithoutCrd } from '../../lib/check/providers/missing-apis';
import { bootstrap, configMap, fluxKustomization, graphOf, treeOf } from '../graph/tree-of';
import { count, found } from './small-repositories';

const mistyped = fluxKustomization('apps', './apps').replace('kustomize.toolkit.fluxcd.io/v1', 'kustomize.config.k8s.io/v1beta1'); // prettier-ignore
const files = { 'clusters/prod/apps.yaml': mistyped, 'apps/map.yaml': configMap('map') };

describe('a file of kustomize among the manifests', () => {
  it('is what no cluster knows, with the group that was meant', () => {
    expect(found('kind-unknown', files)).toMatchObject([
      { severity: 'error', field: 'apiVersion', hint: 'use kustomize.toolkit.fluxcd.io/v1' },
    ]);
  });

  it('is a folder that was meant, where it is no Kustomization of Flux', () => {
    const component =
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nmetadata: { name: a }\n';
    const [one] = found('kind-unknown', { 'clusters/prod/component.yaml': component });
    expect(one?.hint).toContain('list the folder');
  });

  it('keeps the Kustomization that applies it from being ready', () => {
    const tree = treeOf({ ...bootstrap, ...files });
    const { graph, cluster } = graphOf(files);
    const blocked = kustomizationsWithoutCrd(new CheckContext(tree, graph, {}), cluster);
    expect([...blocked]).toEqual(['Kustomization/flux-system/flux-system']);
  });

  it('is nothing to blame where kustomize reads it', () => {
    const listed = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [map.yaml]\n',
      'apps/map.yaml': configMap('map'),
    };
    expect(count('kind-unknown', listed)).toBe(0);
  });
});
