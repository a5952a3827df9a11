import { lines } from '../../../check/small-repositories';
import { buildFolder, configMap, fluxKustomization } from '../../tree-of';

const CODE = 'kustomization-invalid';

describe('a kustomization file that says nothing', () => {
  const messages = (text: string) =>
    buildFolder({ 'a/kustomization.yaml': text, 'a/m.yaml': configMap('m') }, 'a').findings.map(
      ({ message }) => message,
    );

  it.each([
    ['kind: Kustomization\n', [/is empty/]],
    ['apiVersion: kustomize.config.k8s.io/v1beta1\n', [/is empty/]],
    ['apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n', [/is empty/]],
    ['namePrefix: ""\n', [/is empty/]],
    ['resources:\n', [/is empty/]],
    ['helmGlobals:\n', [/is empty/]],
    ['bases: []\n', [/is empty/]],
    ['imageTags: []\n', [/is empty/]],
    ['helmChartInflationGenerator: []\n', [/is empty/]],
    ['resources: []\n', []],
    ['metadata: {}\n', []],
    ['namePrefix: a-\n', []],
    ['foo: bar\n', [/unknown field "foo"/]],
    ['- a\n', [/is not a map/]],
    [
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nresources: []\n',
      [/is a Flux Kustomization/],
    ],
    [
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Component\nresources: []\n',
      [/apiVersion of a Component/],
    ],
    ['apiVersion: acme.io/v1\nresources: []\n', [/apiVersion of a Kustomization/]],
  ])('is refused: %j', (text, expected) => {
    expect(messages(text)).toEqual(expected.map((pattern) => expect.stringMatching(pattern) as string));
  });
});

describe('an empty kustomization file', () => {
  const texts = ['', '# resources:\n', '{}\n', 'resources:\n', 'kind: Kustomization\n'];
  const withPath = (text: string, more = '') => ({
    'clusters/prod/apps.yaml': `${fluxKustomization('apps', './apps')}${more}`,
    'apps/kustomization.yaml': text,
  });

  it.each(texts)('is a warning at the path of a Kustomization, where Flux applies nothing: %j', (text) => {
    expect(lines(CODE, withPath(text))).toEqual([
      expect.stringMatching(
        /^warning at apps\/kustomization\.yaml.* is empty; Flux accepts it at the path of a Kustomization, .* => .* write "resources: \[\]"$/,
      ),
    ]);
  });

  it.each(texts)('is an error in a base: %j', (text) => {
    const files = { ...withPath('resources: [base]\n'), 'apps/base/kustomization.yaml': text };
    expect(lines(CODE, files)).toEqual([expect.stringMatching(/^error .* is empty => /)]);
  });

  it('is not reported if it lists nothing on purpose', () => {
    expect(lines(CODE, withPath('resources: []\n'))).toEqual([]);
  });

  it('has nothing that a patch of the Kustomization could change, so Flux refuses the patch', () => {
    const patch = '  patches:\n    - patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"\n';
    const base = { ...withPath('resources: [base]\n', patch), 'apps/base/kustomization.yaml': '' };
    expect(lines('patch-target-missing', withPath('', patch))).toHaveLength(1);
    expect(lines('patch-target-missing', base)).toEqual([]);
  });
});
