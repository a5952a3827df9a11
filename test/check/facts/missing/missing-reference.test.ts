import { checkTree } from '../../../../lib/check/check-tree';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../../../graph/tree-of';
import { foreign, kustomizationOf, type Files } from '../../small-repositories';

/** The severities of a code, with the object that refers to a missing one. */
function found(code: string, files: Files): string[] {
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }));
  return findings
    .filter((one) => one.code === code)
    .map(({ severity, object }) => `${severity} ${object?.kind} ${object?.name}`);
}

function source(name: string, url: string): string {
  const metadata = `metadata: { name: ${name}, namespace: flux-system }`;
  return `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n${metadata}\nspec: { interval: 1h, url: "${url}" }\n`;
}

const release = [
  'apiVersion: helm.toolkit.fluxcd.io/v2',
  'kind: HelmRelease',
  'metadata: { name: shop, namespace: shop }',
  'spec:',
  '  interval: 1h',
  '  chart: { spec: { chart: shop, version: 1.0.0, sourceRef: { kind: HelmRepository, name: acme-charts } } }',
  '',
].join('\n');
const apps: Files = {
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/release.yaml': release,
};

describe('a reference to a missing object', () => {
  it('is an error if the repository shows everything that is applied', () => {
    expect(found('source-missing', apps)).toEqual(['error HelmRelease shop']);
  });

  it.each([
    ['a warning beside a repository that hardly brings it', './deploy', [], 'warning'],
    ['an info beside a repository that brings what others use', './infrastructure', [], 'info'],
    ['an info beside a repository whose path speaks of it', './acme', [], 'info'],
    ['an error beside one that puts all into another namespace', './x', ['targetNamespace: a'], 'error'],
    ['a warning beside one that puts all into its namespace', './x', ['targetNamespace: shop'], 'warning'],
    [
      'an error beside one that goes to another cluster',
      './infrastructure',
      ['kubeConfig: { secretRef: { name: eu } }'],
      'error',
    ],
  ])('is %s', (_, path, spec, severity) => {
    const other = foreign('other', path, { spec, url: 'https://example.com/team/manifests.git' });
    const files = { ...apps, 'clusters/prod/other.yaml': other };
    expect(found('source-missing', files)).toEqual([`${severity} HelmRelease shop`]);
  });

  it('is an info if a build is incomplete', () => {
    const base = 'resources: [https://github.com/example/base//deploy?ref=v1]\n';
    const files = { 'clusters/prod/b.yaml': fluxKustomization('b', './b'), 'b/kustomization.yaml': base };
    expect(found('source-missing', { ...apps, ...files })).toEqual(['info HelmRelease shop']);
  });

  it('is said to be in another cluster that has it', () => {
    const inTest = (text: string) => text.replaceAll('clusters/prod', 'clusters/test');
    const base = 'resources: [https://github.com/example/base//deploy?ref=v1]\n';
    const other = Object.entries(bootstrap).map(([path, text]) => [inTest(path), inTest(text)]);
    const repository = source('acme-charts', 'https://charts.example.com')
      .replace('Git', 'Helm')
      .replace('flux-system', 'shop');
    const files = {
      ...apps,
      ...Object.fromEntries(other),
      'b/kustomization.yaml': base,
      'clusters/prod/b.yaml': fluxKustomization('b', './b'),
    };
    const messages = (more: Files) =>
      checkTree(treeOf({ ...bootstrap, ...files, ...more }))
        .findings.filter(({ code }) => code === 'source-missing')
        .map(({ message }) => message.replace(/^.*?"shop\/acme-charts"|; .*$/g, ''));
    expect(messages({})).toEqual([', which nothing in this repository applies']);
    expect(messages({ 'clusters/test/charts.yaml': repository })).toEqual([
      ', which nothing in this repository applies to this cluster, only to "test"',
    ]);
  });

  it('is an error if the only other repository is missing too', () => {
    const files = {
      ...apps,
      'clusters/prod/other.yaml': kustomizationOf('gone', 'other', './infrastructure'),
    };
    expect(found('source-missing', files)).toEqual(['error HelmRelease shop', 'error Kustomization other']);
  });

  it('is an info if another repository may contain the source of the one that contains the object', () => {
    const fleet = source('fleet', 'https://example.com/fleet') + kustomizationOf('fleet', 'fleet', './');
    const other = kustomizationOf('gone', 'other', './acme', ['targetNamespace: shop']);
    const only = fleet.replace('prune: true', 'prune: true\n  targetNamespace: flux-system');
    const files = { ...apps, 'clusters/prod/fleet.yaml': only, 'clusters/prod/other.yaml': other };
    expect(found('source-missing', files)).toEqual(['info HelmRelease shop', 'info Kustomization other']);
  });

  it('is not expected from the Kustomization that needs it', () => {
    const team =
      source('team', 'https://example.com/team/manifests.git') + kustomizationOf('team', 'team', './x');
    const files = {
      'clusters/prod/a.yaml': team,
      'clusters/prod/b.yaml': kustomizationOf('gone', 'b', './infra'),
    };
    expect(found('source-missing', files)).toEqual(['warning Kustomization b']);
  });

  it('is an error if something has nearly the same name, whatever else is applied', () => {
    const other = foreign('other', './', { url: 'https://example.com/infra' });
    const typo = kustomizationOf('othr', 'apps2', './apps');
    const files = { ...apps, 'clusters/prod/other.yaml': other, 'clusters/prod/apps2.yaml': typo };
    expect(found('source-missing', files)).toContain('error Kustomization apps2');
  });

  it.each([
    ['othr', 'error', 'did you mean "other"?'],
    ['ohter', 'error', 'did you mean "other"?'],
    ['other2', 'info', 'make sure that it does, or correct the reference'],
    ['others-a', 'info', 'make sure that it does, or correct the reference'],
    ['tether', 'info', 'make sure that it does, or correct the reference'],
  ])(
    'beside another repository is a misspelling only if a letter or two are off: %s',
    (name, severity, hint) => {
      const other = foreign('other', './', { url: 'https://example.com/infra' });
      const files = {
        'clusters/prod/other.yaml': other,
        'clusters/prod/k.yaml': kustomizationOf(name, 'k', './x'),
      };
      const { findings } = checkTree(treeOf({ ...bootstrap, ...files }));
      expect(findings.filter(({ code }) => code === 'source-missing')).toMatchObject([{ severity, hint }]);
    },
  );

  it('is not a misspelling if it is another of several that are named alike', () => {
    const other = foreign('other', './', { url: 'https://example.com/infra' });
    const waits = (on: string) => ({
      'clusters/prod/other.yaml': other,
      'clusters/prod/a.yaml': fluxKustomization('database-a', './a') + fluxKustomization('web', './b'),
      'clusters/prod/w.yaml': fluxKustomization('w', './w', [`dependsOn: [{ name: ${on} }]`]),
    });
    expect(found('dependency-missing', waits('database-b'))).toEqual(['info Kustomization w']);
    expect(found('dependency-missing', waits('wiz'))).toEqual(['info Kustomization w']);
    expect(found('dependency-missing', waits('wen'))).toEqual(['info Kustomization w']);
    expect(found('dependency-missing', waits('databse-a'))).toEqual(['error Kustomization w']);
  });

  it('is one to which the build gives another name, if a Kustomization waits for it', () => {
    const { findings } = checkTree(
      treeOf({
        ...bootstrap,
        'clusters/prod/all.yaml': fluxKustomization('all', './all'),
        'all/kustomization.yaml': 'nameSuffix: -eu-west-1\nresources: [all.yaml]\n',
        'shop/map.yaml': configMap('a'),
        'w/map.yaml': configMap('b'),
        'all/all.yaml':
          fluxKustomization('shop', './shop') +
          fluxKustomization('w', './w', ['dependsOn: [{ name: shop }]']),
      }),
    );
    expect(findings.filter(({ code }) => code === 'dependency-missing')).toMatchObject([
      { hint: 'the build names it "shop-eu-west-1": write that name' },
    ]);
  });

  it('is judged in the same way if a Kustomization waits for it', () => {
    const waits = {
      'clusters/prod/w.yaml': fluxKustomization('w', './apps', ['dependsOn: [{ name: dns }]']),
    };
    const other = (path: string) => foreign('other', path, { url: 'https://example.com/team/manifests.git' });
    const beside = (path: string) => ({ ...apps, ...waits, 'clusters/prod/other.yaml': other(path) });
    expect(found('dependency-missing', { ...apps, ...waits })).toEqual(['error Kustomization w']);
    expect(found('dependency-missing', beside('./deploy'))).toEqual(['warning Kustomization w']);
    expect(found('dependency-missing', beside('./platform'))).toEqual(['info Kustomization w']);
  });
});
