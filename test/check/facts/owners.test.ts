import { fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, type Files } from '../small-repositories';

const PRUNE = 'kustomize.toolkit.fluxcd.io/prune';
const SSA = 'kustomize.toolkit.fluxcd.io/ssa';
const map = (name: string, annotations = '', data = '') =>
  `${object('v1', 'ConfigMap', name, `default${annotations === '' ? '' : `, annotations: { ${annotations} }`}`)}${data}`;
/** Kustomizations with folders of their names, and what is in these. */
const repository = (folders: Readonly<Record<string, string>>): Files =>
  Object.fromEntries(
    Object.entries(folders).flatMap(([name, applied]) => [
      [`clusters/prod/${name}.yaml`, fluxKustomization(name, `./${name}`)],
      [`${name}/all.yaml`, applied],
    ]),
  );
const told = (files: Files) => lines('duplicate-owner', files);

describe('objects that several Kustomizations apply', () => {
  it('are reported for each set of owners', () => {
    const files = repository({ a: map('x'), b: map('x') + map('y'), c: map('y') + map('z'), d: map('z') });
    expect(told(files)).toEqual([
      line('"default/x" is applied by the Kustomizations "flux-system/a" and "flux-system/b"'),
      line('"default/y" is applied by the Kustomizations "flux-system/b" and "flux-system/c"'),
      line('"default/z" is applied by the Kustomizations "flux-system/c" and "flux-system/d"'),
    ]);
  });

  const keep = `${PRUNE}: disabled`;
  const other = 'data: { x: y }\n';
  it.each([
    ['one of them yields', { a: map('x', `${SSA}: IfNotPresent`), b: map('x') }, 0],
    ['one of them is kept', { a: map('x', keep), b: map('x') }, 1],
    ['all are kept', { a: map('x', keep), b: map('x', keep) }, 0],
    ['all are kept, and one differs', { a: map('x', keep), b: map('x', keep), c: map('x', keep, other) }, 1],
    ['only one applies it', { a: map('x'), b: map('y') }, 0],
  ])('where %s', (_, folders: Readonly<Record<string, string>>, expected) => {
    expect(told(repository(folders))).toHaveLength(expected);
  });

  it('do not overlap where one folder lists the other beside it', () => {
    const files = {
      ...repository({ b: map('x') }),
      'clusters/prod/a.yaml': fluxKustomization('a', './a'),
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [all.yaml]\n',
    };
    expect([told(files).length, lines('path-overlap', files).length]).toEqual([1, 0]);
  });
});

describe('the account of a tenant', () => {
  const TENANT = 'toolkit.fluxcd.io/tenant';
  const kustomization = (name: string, namespace: string, label = '', of = 'flux-system') =>
    fluxKustomization(name, './team', ['serviceAccountName: team'])
      .replace(
        'namespace: flux-system\nspec',
        `namespace: ${namespace}\n${label === '' ? '' : `  labels: { ${label}: team }\n`}spec`,
      )
      .replace('    name: flux-system', `    name: ${of}\n    namespace: flux-system`);
  const admin = (namespace: string) =>
    object(
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      'b',
      undefined,
      'roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }',
      `subjects: [{ kind: ServiceAccount, name: team, namespace: ${namespace} }]`,
    );
  const outside = object(
    'source.toolkit.fluxcd.io/v1',
    'GitRepository',
    'theirs',
    'flux-system',
    'spec: { interval: 1h, url: "https://example.com/t" }',
  );
  const labelled = (kind: string, name: string, namespace: string | undefined, label: string) =>
    object(
      'v1',
      kind,
      namespace === undefined ? `${name}, labels: { ${label}: team }` : name,
      namespace === undefined ? undefined : `${namespace}, labels: { ${label}: team }`,
    );

  it.each([
    ['its Kustomization has the label', kustomization('k', 'team', TENANT) + admin('team'), 1],
    [
      'one of its Kustomizations has it',
      kustomization('k', 'team') + kustomization('l', 'team', TENANT) + admin('team'),
      1,
    ],
    [
      'it has the label',
      kustomization('k', 'team') + labelled('ServiceAccount', 'team', 'team', TENANT) + admin('team'),
      1,
    ],
    [
      'its namespace has the label',
      kustomization('k', 'team') + labelled('Namespace', 'team', undefined, TENANT) + admin('team'),
      1,
    ],
    [
      'its objects come from another repository',
      outside + kustomization('k', 'team', '', 'theirs') + admin('team'),
      1,
    ],
    ['it has another label', kustomization('k', 'team', 'team') + admin('team'), 0],
    ['it is in the namespace of Flux', kustomization('k', 'flux-system', TENANT) + admin('flux-system'), 0],
  ])('is one where %s', (_, text, expected) => {
    expect(
      lines('tenant-cluster-role', { 'clusters/prod/t.yaml': text, 'team/m.yaml': map('m') }),
    ).toHaveLength(expected);
  });
});
