import { lines } from '../../../check/small-repositories';
import { configMap, fluxKustomization } from '../../tree-of';

const CODE = 'kustomization-invalid';
const namespaced = configMap('a').replace('name: a', 'name: a\n  namespace: default');

describe('a field that kustomize does not know', () => {
  const atPath = (text: string) =>
    lines(CODE, {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': `resources: [map.yaml]\n${text}`,
      'apps/map.yaml': namespaced,
    });
  const inBase = (text: string) =>
    lines(CODE, {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': 'resources: [base]\n',
      'apps/base/kustomization.yaml': `resources: [map.yaml]\n${text}`,
      'apps/base/map.yaml': namespaced,
    });

  it('is a warning at the path of a Kustomization, where Flux drops it', () => {
    expect(atPath('x-anchors: 1\n')).toEqual([
      expect.stringMatching(
        /^warning at apps\/kustomization\.yaml.* unknown field "x-anchors" .*Flux ignores it at the path.* => correct or remove/,
      ),
    ]);
  });

  it('is an error in a base', () => {
    expect(inBase('x-anchors: 1\n')).toEqual([
      expect.stringMatching(/^error .* unknown field "x-anchors" in a kustomization file => /),
    ]);
  });

  it('is an error if it is mistyped, with the field that is meant', () => {
    expect(atPath('resource: [map.yaml]\n')).toEqual([
      expect.stringMatching(/^error .* unknown field "resource" .* => did you mean "resources"\?$/),
    ]);
  });

  it('may be in an entry of a list', () => {
    expect(atPath('images: [{ name: a, unheard: 1 }]\n')).toEqual([
      expect.stringMatching(/^warning .* unknown field "images\[0\]\.unheard"/),
    ]);
  });

  it('does not keep Flux from applying the rest', () => {
    const files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/kustomization.yaml': 'resources: [map.yaml]\nx-anchors: 1\n',
      'apps/map.yaml': namespaced.replace('namespace: default', 'namespace: none'),
    };
    expect(lines('namespace-missing', files)).toHaveLength(1);
  });

  it('with a value of another type is an error everywhere', () => {
    expect(atPath('namePrefix: [a]\n')).toEqual([expect.stringMatching(/^error .*"namePrefix" is a list/)]);
  });
});
