import { buildGraph } from '../../../../lib/graph/build-graph';
import { bootstrap, buildFolder, codesOf, configMap, fluxKustomization, treeOf } from '../../tree-of';

const workload = (kind: string, name: string, namespace = '') =>
  `---\napiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}${namespace && `, namespace: ${namespace}`}}\n`;

/** The objects of a base: a Deployment with a namespace, one without, and a ConfigMap. */
const objects = workload('Deployment', 'prometheus-web', 'shop') + workload('Deployment', 'queue');

const patch = 'patch: "- {op: add, path: /metadata/labels, value: {a: b}}"';

function findingsOf(targets: readonly string[], more: { head?: string; entry?: string } = {}) {
  const entries = targets.map((target) => `  - target: ${target}\n    ${patch}\n${more.entry ?? ''}`);
  const { findings } = buildFolder(
    {
      'a/kustomization.yaml': `${more.head ?? ''}resources: [r.yaml, ../map.yaml]\npatches:\n${entries.join('')}`,
      'a/r.yaml': objects,
      'map.yaml': configMap('web'),
    },
    'a',
  );
  return findings.filter(({ code }) => code === 'patch-target-unmatched');
}

describe('a patch whose target matches no object', () => {
  it.each([
    ['a part of the name', '{kind: Deployment, name: web}', 'did you mean "prometheus-web"?'],
    ['the begin of the name', '{kind: Deployment, name: prometheus}', 'did you mean "prometheus-web"?'],
    ['nearly the name', '{kind: Deployment, name: quueue}', 'did you mean "queue"?'],
    ['nearly the kind', '{kind: Deploymnet, name: queue}', 'did you mean "Deployment"?'],
    ['another version', '{version: v1beta1, kind: Deployment, name: queue}', 'write "version: v1"'],
    ['another group', '{group: app, version: v1, kind: Deployment, name: queue}', 'write "group: apps"'],
    [
      'another group and version',
      '{group: extensions, version: v1beta1, kind: Deployment, name: queue}',
      'write "group: apps" and write "version: v1"',
    ],
    [
      'another namespace',
      '{kind: Deployment, name: prometheus-web, namespace: shops}',
      'write "namespace: shop"',
    ],
    [
      'a namespace that the object does not have yet',
      '{kind: Deployment, name: queue, namespace: shop}',
      'remove "namespace"',
    ],
  ])('is reported where it has %s', (_, target, hint) => {
    expect(findingsOf(['{kind: ConfigMap}', target])).toMatchObject([
      { severity: 'warning', hint, field: 'patches[1].target' },
    ]);
  });

  it.each([
    ['the object', '{kind: Deployment, name: queue, version: v1, namespace: default}'],
    ['nothing like an object', '{kind: Deployment, name: backup}'],
    ['the name of an object of quite another kind', '{kind: Service, name: queue}'],
    ['a name of another kind', '{kind: Deployment, name: webs, namespace: other}'],
    ['no name', '{kind: Deploymen}'],
    ['no kind', '{name: quueue}'],
    ['an expression as a name', '{kind: Deployment, name: "quu(eue)?"}'],
    ['an expression that begins a name', '{kind: Deployment, name: ".?prometheus-wb"}'],
    ['an expression as a version', '{kind: Deployment, name: queue, version: "v2.*"}'],
    ['labels', '{kind: Deployment, name: queue, labelSelector: a=b}'],
    ['annotations', '{kind: Deployment, name: queue, annotationSelector: a=b}'],
  ])('is not reported where it has %s', (_, target) => {
    expect(findingsOf([target])).toEqual([]);
  });

  describe('beside a HelmRelease', () => {
    const release = (group: string) =>
      `---\napiVersion: ${group}/v2\nkind: HelmRelease\nmetadata: {name: mail}\n`;

    function besideRelease(target: string, more = '', group = 'helm.toolkit.fluxcd.io') {
      const { findings } = buildFolder(
        {
          'a/kustomization.yaml': `resources: [r.yaml]\npatches:\n  - target: ${target}\n    ${patch}\n`,
          'a/r.yaml': release(group) + more,
        },
        'a',
      );
      return findings.filter(({ code }) => code === 'patch-target-unmatched');
    }

    it.each(['mail', 'mail-server'])('is for an object of the chart with the name "%s"', (name) => {
      expect(besideRelease(`{kind: Deployment, name: ${name}}`)).toMatchObject([
        {
          severity: 'warning',
          hint: expect.stringMatching(/^the chart of HelmRelease "mail" .* spec\.postRenderers/),
        },
      ]);
    });

    it.each([
      ['another name', '{kind: Deployment, name: mailer}'],
      ['a kind that charts rarely create', '{kind: Namespace, name: mail}'],
    ])('is not reported where it has %s', (_, target) => {
      expect(besideRelease(target)).toEqual([]);
    });

    it('is not reported where the build has objects of the kind', () => {
      expect(besideRelease('{kind: Deployment, name: mail-server}', workload('Deployment', 'relay'))).toEqual(
        [],
      );
    });

    it('is not reported where the release is of another API', () => {
      expect(besideRelease('{kind: Deployment, name: mail}', '', 'charts.example.com')).toEqual([]);
    });
  });

  it('is not reported beside a patch that may rename objects', () => {
    const renaming = `  - target: {kind: ConfigMap}\n    options: {allowNameChange: true}\n    ${patch}\n`;
    expect(findingsOf(['{kind: Deployment, name: quueue}'], { entry: renaming })).toEqual([]);
  });

  it('is not taken for a patch of an object that another one is for', () => {
    expect(findingsOf(['{kind: Deployment, name: queue}', '{kind: Deployment, name: queues}'])).toEqual([]);
  });

  it('is not reported where an earlier patch makes it match', () => {
    const kustomization = (value: string) =>
      `resources: [r.yaml]\npatches:\n  - target: {kind: Deployment}\n    patch: "- {op: replace, path: /apiVersion, value: ${value}}"\n  - target: {kind: Deployment, version: v2, name: queue}\n    ${patch}\n`;
    const codes = (value: string) =>
      buildFolder({ 'a/kustomization.yaml': kustomization(value), 'a/r.yaml': objects }, 'a').codes;
    expect(codes('apps/v2')).toEqual([]);
    expect(codes('apps/v3')).toEqual(['patch-target-unmatched']);
  });

  it('is not reported where another one is for the version of the object', () => {
    const old = '{kind: Deployment, version: v1beta1, name: queue}';
    expect(findingsOf([old, '{kind: Deployment, version: v1, name: queue}'])).toEqual([]);
    expect(findingsOf([old, '{kind: Deployment, version: v2, name: queue}'])).toHaveLength(2);
  });

  it('is not taken for the name of another object where names are short', () => {
    const codes = (name: string) =>
      buildFolder(
        {
          'a/kustomization.yaml': `resources: [r.yaml]\npatches:\n  - target: {kind: Deployment, name: ${name}}\n    ${patch}\n`,
          'a/r.yaml': workload('Deployment', 'web') + workload('Deployment', 'search'),
        },
        'a',
      ).codes;
    expect(codes('db')).toEqual([]);
    expect(codes('searhc')).toEqual([]);
    expect(codes('serch')).toEqual(['patch-target-unmatched']);
  });

  it('is not reported in a component, and not where patches change names', () => {
    const target = '{kind: Deployment, name: quueue}';
    const head = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n';
    const files = {
      'a/kustomization.yaml': `resources: [r.yaml]\ncomponents: [../c]\n`,
      'c/kustomization.yaml': `${head}patches:\n  - target: ${target}\n    ${patch}\n`,
      'a/r.yaml': objects,
    };
    expect(buildFolder(files, 'a').codes).toEqual([]);
    expect(findingsOf([target], { entry: '    options: {allowNameChange: true}\n' })).toEqual([]);
    expect(findingsOf([target], { entry: '    options: {allowKindChange: true}\n' })).toEqual([]);
    expect(findingsOf([target], { entry: '    options: {allowNameChange: false}\n' })).toHaveLength(1);
  });

  it('is not reported where files are missing', () => {
    const files = {
      'a/kustomization.yaml': `resources: [r.yaml, more.yaml]\npatches:\n  - target: {kind: Deployment, name: quueue}\n    ${patch}\n`,
      'a/r.yaml': objects,
    };
    expect(buildFolder(files, 'a').codes).toEqual(['listed-file-missing']);
  });

  it('knows names from before a prefix of the base', () => {
    const files = {
      'a/kustomization.yaml': `resources: [../b]\npatches:\n  - target: {kind: Deployment, name: queue}\n    ${patch}\n  - target: {kind: Deployment, name: dev-queues}\n    ${patch}\n`,
      'b/kustomization.yaml': 'namePrefix: dev-\nresources: [r.yaml]\n',
      'b/r.yaml': objects,
    };
    expect(buildFolder(files, 'a').findings).toMatchObject([{ hint: 'did you mean "dev-queue"?' }]);
  });

  it('is not reported where a Flux Kustomization has it, which may be the same in many', () => {
    const spec = ['patches:', '  - target: {kind: Deployment, name: quueue}', `    ${patch}`];
    const files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
      'apps/kustomization.yaml': 'resources: [r.yaml]\n',
      'apps/r.yaml': objects,
    };
    const { clusters, findings } = buildGraph(treeOf({ ...bootstrap, ...files }));
    expect(clusters[0]?.nodes.map(({ identity: { name } }) => name)).toContain('apps');
    expect(codesOf(findings)).not.toContain('patch-target-unmatched');
  });
});
