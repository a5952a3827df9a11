import { bootstrap, buildFolder, codesOf, fluxKustomization, treeOf } from '../../tree-of';
import { buildGraph } from '../../../../lib/graph/build-graph';

const object = (apiVersion: string, kind: string, name: string, namespace = '') =>
  `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}${namespace && `, namespace: ${namespace}`}}\nspec: {interval: 1h}\n`;
const release = (name: string, namespace = name, chart = `{chart: {spec: {chart: ${name}}}}`) =>
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, namespace).replace('{interval: 1h}', chart);
const kustomization = (name: string, path = `./${name}`) =>
  object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, 'flux-system').replace(
    'interval: 1h',
    `path: ${path}`,
  );

const all = `${['api', 'db', 'web'].map((name) => release(name)).join('')}${['apps', 'infra'].map((name) => kustomization(name)).join('')}`;
const web = (spec: string, metadata = '{name: web, namespace: web}') =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: ${metadata}\nspec: ${spec}\n`;

function findingsOf(patch: string, target = 'target: {kind: HelmRelease}', objects = all) {
  return buildFolder(
    {
      'a/kustomization.yaml': `resources: [all.yaml]\npatches:\n  - path: patch.yaml\n    ${target}\n`,
      'a/all.yaml': objects,
      'a/patch.yaml': patch,
    },
    'a',
  ).findings;
}

describe('a patch of one object whose target has no name', () => {
  it('is reported, with the other objects that it changes', () => {
    expect(findingsOf(web('{values: {replicas: 2}}'))).toMatchObject([
      {
        code: 'patch-target-wide',
        severity: 'warning',
        message:
          'the patch has the name of HelmRelease "web", but its target has no name, so it also changes "api" and "db"',
        hint: 'write "name: web" in the target; if the patch is for all of them, give it a name that none of them has',
        locations: [{ file: 'a/kustomization.yaml', field: 'patches[0].target' }],
      },
    ]);
  });

  it.each([
    ['a chart', '{chart: {spec: {chart: nginx}}}'],
    ['the version of a chart', '{chart: {spec: {version: 1.0.0}}}'],
    ['the name of the release', '{releaseName: web}'],
    ['values from a ConfigMap', '{valuesFrom: [{kind: ConfigMap, name: web}]}'],
  ])('is reported if it sets %s', (_, spec) => {
    expect(codesOf(findingsOf(web(spec)))).toEqual(['patch-target-wide']);
  });

  it('is reported if it sets the path of a Kustomization', () => {
    const patch = kustomization('apps', './x').slice(4);
    expect(codesOf(findingsOf(patch, 'target: {kind: Kustomization}'))).toEqual(['patch-target-wide']);
    expect(
      codesOf(findingsOf(patch.replace('path: ./x', 'timeout: 1m'), 'target: {kind: Kustomization}')),
    ).toEqual([]);
  });

  it('is reported beside an object of its name of another kind', () => {
    const repository = object('source.toolkit.fluxcd.io/v1', 'HelmRepository', 'web', 'web');
    const found = findingsOf(web('{values: {}}'), 'target: {namespace: ".*"}', all + repository);
    expect(codesOf(found)).toEqual(['patch-target-wide']);
  });

  it('counts the objects if there are many', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => release(name)).join('');
    const [found] = findingsOf(web('{values: {}}'), undefined, all + many);
    expect(found?.message).toContain('it also changes "a", "api", "b" and 4 more');
  });

  it.each([
    ['sets what may be common', web('{timeout: 5m, chart: {spec: {interval: 1h}}}')],
    ['sets only what all charts get', web('{values: {global: {registry: example.com}}}')],
    ['reads values of another name', web('{valuesFrom: [{kind: ConfigMap, name: cluster}]}')],
    ['has a name that no object has', web('{values: {a: b}}', '{name: all}')],
    [
      'has another namespace than the object of the name',
      web('{values: {a: b}}', '{name: web, namespace: shop}'),
    ],
    ['has operations', '- {op: add, path: /spec/values, value: {a: b}}\n'],
    ['has a name in its target', web('{values: {a: b}}'), 'target: {kind: HelmRelease, name: web}'],
    ['has labels in its target', web('{values: {a: b}}'), 'target: {kind: HelmRelease, labelSelector: "!a"}'],
    [
      'has annotations in its target',
      web('{values: {a: b}}'),
      'target: {kind: HelmRelease, annotationSelector: "!a"}',
    ],
    ['has no target', web('{values: {a: b}}'), ''],
    ['changes no other object', web('{values: {a: b}}'), 'target: {kind: HelmRelease, namespace: web}'],
    ['is of another kind', web('{values: {a: b}}').replace('kind: HelmRelease', 'kind: Release')],
  ])('is not reported if it %s', (_, patch, target = undefined) => {
    expect(codesOf(findingsOf(patch, target))).not.toContain('patch-target-wide');
  });

  it.each([
    ['chart', '{chart: {spec: {chart: nginx, version: 1.0.0}}}'],
    ['chartRef', '{chartRef: {kind: OCIRepository, name: nginx}}'],
    ['chart elsewhere', '{interval: 1h}'],
  ])('is not reported if all objects have the same %s', (_, chart) => {
    const copies = release('api', 'api', chart) + release('web', 'web', chart);
    const patch = web('{releaseName: x, chart: {spec: {version: 1.1.0}}, values: {a: b}}');
    expect(codesOf(findingsOf(patch, undefined, copies))).toEqual([]);
    expect(codesOf(findingsOf(patch, undefined, copies + release('db')))).toEqual(['patch-target-wide']);
  });

  it('is reported if it has other values beside those that all charts get', () => {
    expect(codesOf(findingsOf(web('{values: {global: {}, replicas: 2}}')))).toEqual(['patch-target-wide']);
    expect(codesOf(findingsOf(web('{values: {replicas: 2}}')))).toEqual(['patch-target-wide']);
  });

  it('is reported if the charts come from different objects', () => {
    const [one, two] = ['one', 'two'].map((name) => `{chartRef: {kind: OCIRepository, name: ${name}}}`);
    const objects = release('api', 'api', one) + release('web', 'web', two);
    expect(codesOf(findingsOf(web('{values: {a: b}}'), undefined, objects))).toEqual(['patch-target-wide']);
  });

  it('is not reported if all Kustomizations have the same path', () => {
    const tenants = ['red', 'blue'].map((name) => kustomization(name, './tenant')).join('');
    const patch = kustomization('red', './tenant/prod').slice(4);
    expect(codesOf(findingsOf(patch, 'target: {kind: Kustomization}', tenants))).toEqual([]);
  });

  it('is not reported if two objects have its name', () => {
    const twice = all + release('web', 'other');
    expect(codesOf(findingsOf(web('{values: {a: b}}', '{name: web}'), undefined, twice))).toEqual([]);
  });

  it('is reported at the Flux Kustomization that has it', () => {
    const patches = [
      'patches:',
      '  - target: {kind: HelmRelease}',
      '    patch: |',
      ...web('{values: {a: b}}')
        .trimEnd()
        .split('\n')
        .map((line) => `      ${line}`),
    ];
    const { findings } = buildGraph(
      treeOf({
        ...bootstrap,
        'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', patches),
        'apps/all.yaml': release('api') + release('web'),
      }),
    );
    expect(findings).toMatchObject([
      {
        code: 'patch-target-wide',
        locations: [{ file: 'clusters/prod/apps.yaml', field: 'spec.patches[0].target' }],
      },
    ]);
  });
});
