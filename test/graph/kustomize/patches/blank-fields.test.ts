import { buildFolder } from '../../tree-of';

const RELEASE = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n';
const KUSTOMIZATION = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n';
const MAP = 'apiVersion: v1\nkind: ConfigMap\n';
const SECRET = 'apiVersion: v1\nkind: Secret\n';
const NAME = 'metadata: {name: web, namespace: web}\n';

function findingsOf(head: string, base: string, patch: string, more = '') {
  return buildFolder(
    {
      'a/kustomization.yaml': `resources: [web.yaml]\npatches:\n  - path: patch.yaml\n${more}`,
      'a/web.yaml': head + NAME + base,
      'a/patch.yaml': head + NAME + patch,
    },
    'a',
  ).findings;
}

const base = 'spec: {interval: 1h, values: {replicas: 2}}\n';

describe('a field without a value in a patch', () => {
  it('is reported, because it removes what the object has', () => {
    expect(findingsOf(RELEASE, base, 'spec:\n  timeout: 5m\n  values:\n    # none\n')).toMatchObject([
      {
        code: 'patch-removes-field',
        severity: 'warning',
        message:
          'spec.values has no value in the patch, so kustomize removes the field, with all that it has, from HelmRelease "web"',
        hint: 'remove "values:" from the patch; if it is meant, write "values: null"',
        locations: [{ file: 'a/patch.yaml', line: 1, field: 'spec.values' }],
      },
    ]);
  });

  it.each([
    ['data of a ConfigMap', MAP, 'data: {a: b}\n', 'data:\n'],
    ['data of a Secret', SECRET, 'data: {a: Yg==}\n', 'data:\n'],
    ['texts of a Secret', SECRET, 'stringData: {a: b}\n', 'stringData:\n'],
    ['variables', KUSTOMIZATION, 'spec: {postBuild: {substitute: {A: b}}}\n', 'spec:\n  postBuild:\n'],
    [
      'variables alone',
      KUSTOMIZATION,
      'spec: {postBuild: {substitute: {A: b}}}\n',
      'spec:\n  postBuild:\n    substitute:\n',
    ],
  ])('is reported for %s', (_, head, had, patch) => {
    expect(findingsOf(head, had, patch)).toMatchObject([{ code: 'patch-removes-field' }]);
  });

  it('is reported for a patch with a target, and in the second object of a file', () => {
    const target = '    target: {kind: HelmRelease}\n';
    expect(findingsOf(RELEASE, base, 'spec:\n  values:\n', target)).toHaveLength(1);
    const map = `${MAP}metadata: {name: map, namespace: web}\n`;
    const files = {
      'a/kustomization.yaml': 'resources: [all.yaml]\npatchesStrategicMerge: [patch.yaml]\n',
      'a/all.yaml': `${map}data: {a: b}\n---\n${RELEASE}${NAME}${base}`,
      'a/patch.yaml': `${map}data: {a: c}\n---\n${RELEASE}${NAME}spec:\n  values:\n`,
    };
    expect(buildFolder(files, 'a').findings).toMatchObject([
      { code: 'patch-removes-field', locations: [{ file: 'a/patch.yaml', line: 6 }] },
    ]);
  });

  it('is reported at the entry that contains the patch', () => {
    const patch = `${RELEASE}${NAME}spec:\n  values:\n`;
    const files = {
      'a/kustomization.yaml': `resources: [web.yaml]\npatches: [{patch: ${JSON.stringify(patch)}}]\n`,
      'a/web.yaml': RELEASE + NAME + base,
    };
    expect(buildFolder(files, 'a').findings).toMatchObject([
      { code: 'patch-removes-field', locations: [{ file: 'a/kustomization.yaml', field: 'patches[0]' }] },
    ]);
  });

  it.each([
    ['null is written', base, 'spec: {values: null}\n'],
    ['~ is written', base, 'spec: {values: ~}\n'],
    ['it is an empty map', base, 'spec: {values: {}}\n'],
    ['the object does not have it', 'spec: {interval: 1h}\n', 'spec:\n  values:\n'],
    ['the object has nothing in it', 'spec: {values: {}}\n', 'spec:\n  values:\n'],
    ['another field has none', 'spec: {values: {a: 1}, install: {crds: Skip}}\n', 'spec:\n  install:\n'],
    ['a value has none', base, 'spec:\n  values:\n    replicas:\n'],
    ['the patch replaces the map', base, 'spec:\n  $patch: replace\n  interval: 1h\n  values:\n'],
    ['the patch deletes the object', base, '$patch: delete\nspec:\n  values:\n'],
  ])('is accepted where %s', (_, had, patch) => {
    expect(findingsOf(RELEASE, had, patch)).toEqual([]);
  });

  const values = (patch: string) => [RELEASE, base, `spec:\n  values:\n  ${patch}\n`] as const;

  it.each([
    ['a chart', ...values('chart: {spec: {chart: other}}')],
    ['a reference to a chart', ...values('chartRef: {kind: OCIRepository, name: web}')],
    ['values of other objects', ...values('valuesFrom: [{kind: Secret, name: web}]')],
    [
      'variables of other objects',
      KUSTOMIZATION,
      'spec: {postBuild: {substitute: {A: b}}}\n',
      'spec:\n  postBuild:\n    substitute:\n    substituteFrom: [{kind: Secret, name: web}]\n',
    ],
    ['binary data', MAP, 'data: {a: b}\n', 'data:\nbinaryData: {a: Yg==}\n'],
    ['texts', SECRET, 'data: {a: Yg==}\n', 'data:\nstringData: {a: b}\n'],
    ['data instead of texts', SECRET, 'stringData: {a: b}\n', 'stringData:\ndata: {a: Yg==}\n'],
  ])('is accepted where the patch sets %s instead', (_, head, had, patch) => {
    expect(findingsOf(head, had, patch)).toEqual([]);
  });

  it.each([
    ['another field', 'chart: {spec: {version: 1.0.0}}'],
    ['no value there', 'valuesFrom:'],
    ['null there', 'valuesFrom: null'],
  ])('is reported where the patch sets %s', (_, patch) => {
    expect(findingsOf(...values(patch))).toMatchObject([{ code: 'patch-removes-field' }]);
  });
});
