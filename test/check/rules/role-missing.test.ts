import { bootstrap, configMap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { checkTree } from '../../../lib/check/check-tree';
import { ClusterFacts } from '../../../lib/check/facts/cluster-facts';
import { foreign, line, lines, object, release, resourceSet, type Files } from '../small-repositories';

const CODE = 'role-missing';
const RBAC = 'rbac.authorization.k8s.io/v1';
const binding = (kind: string, name: string, namespace = 'shop') =>
  object(
    RBAC,
    'RoleBinding',
    'readers',
    namespace,
    `roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: "${name}" }`,
    'subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: Group, name: readers }]',
  );
const role = (name: string, namespace = 'shop') =>
  object(RBAC, 'Role', name, namespace, 'rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]');
const clusterRole = (name: string) =>
  object(
    RBAC,
    'ClusterRole',
    name,
    undefined,
    'rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]',
  );
const shop = object('v1', 'Namespace', 'shop') + object('v1', 'Namespace', 'other');
const told = (texts: readonly string[], more: Files = {}) =>
  lines(CODE, {
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['retryInterval: 1m']),
    'apps/all.yaml': [shop, ...texts].join(''),
    ...more,
  });
const charts = release('metrics', 'shop', 'metrics-server');

describe('a role that a binding gives', () => {
  it('is missing, and the finding names the one of a similar name', () => {
    expect(told([binding('Role', 'pod-raeder'), role('pod-reader')])).toEqual([
      line(
        'warning at apps/all.yaml',
        '(RoleBinding readers roleRef.name)',
        'refers to Role "shop/pod-raeder", which nothing in the cluster applies, so it gives no rights',
        '=> did you mean "pod-reader"? if the binding is in the cluster already, annotate it with "kustomize.toolkit.fluxcd.io/force: enabled", because roleRef cannot be changed',
      ),
    ]);
    expect(told([binding('ClusterRole', 'pod-readers'), clusterRole('pod-reader'), charts])).toEqual([
      line('warning at', 'refers to ClusterRole "pod-readers"', '=> did you mean "pod-reader"?'),
    ]);
  });

  it('is missing even if a Kustomization has a part of its name', () => {
    expect(told([binding('Role', 'apps-raeder'), role('apps-reader')])).toEqual([line('warning at')]);
  });

  it('is missing if it is of the other kind', () => {
    expect(told([binding('ClusterRole', 'reader'), role('reader')])).toEqual([
      line(
        'warning at',
        '=> Role "shop/reader" has this name: set roleRef.kind to Role; if the binding is in the cluster already',
      ),
    ]);
    expect(told([binding('Role', 'reader'), clusterRole('reader')])).toEqual([
      line('warning at', '=> ClusterRole "reader" has this name: set roleRef.kind to ClusterRole'),
    ]);
  });

  it('is missing if it is in another namespace', () => {
    expect(told([binding('Role', 'reader'), role('reader', 'other')])).toEqual([
      line(
        'warning at',
        '=> a RoleBinding reaches only a Role in its own namespace: add one, as Role "other/reader"',
      ),
    ]);
    // A Role of another namespace is not what a reference to a ClusterRole means.
    expect(told([binding('ClusterRole', 'reader'), role('reader', 'other'), charts])).toEqual([]);
  });

  it('is missing if a kustomization file does not list its file', () => {
    const files = {
      'apps/kustomization.yaml': 'resources: [all.yaml]\n',
      'apps/role.yaml': role('auditor'),
    };
    expect(told([binding('Role', 'auditor'), charts], files)).toEqual([
      line('warning at', '=> "apps/role.yaml" has it, but no Kustomization reads that file: list it'),
    ]);
  });

  it('may be of the cluster if it is like no other and everything is in sight', () => {
    expect(told([binding('ClusterRole', 'auditor')])).toEqual([
      line(
        'info at apps/all.yaml',
        'which nothing in this repository applies; if the cluster does not have it, the binding gives no rights',
        '=> add it, or correct roleRef',
      ),
    ]);
  });

  it('may come from another repository even if there is a similar one', () => {
    expect(
      told([binding('Role', 'pod-raeder'), role('pod-reader')], {
        'clusters/prod/other.yaml': foreign('platform', './x'),
      }),
    ).toEqual([line('info at', '=> did you mean "pod-reader"?')]);
  });

  it('may be applied by hand if we only guess where Flux starts', () => {
    const tree = treeOf({
      'run/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/all.yaml': shop + binding('ClusterRole', 'auditor'),
    });
    expect(checkTree(tree).findings.filter(({ code }) => code === CODE)).toEqual([]);
  });

  it.each<[string, readonly string[], Files?]>([
    ['it exists', [binding('Role', 'reader'), role('reader')]],
    ['it is one of Kubernetes', [binding('ClusterRole', 'cluster-admin')]],
    ['it is one of a platform', [binding('ClusterRole', 'eks:node-manager')]],
    ['it is one of Flux', [binding('ClusterRole', 'flux-view-flux-system')]],
    ['it is in a namespace of Kubernetes', [binding('Role', 'auth-reader', 'kube-system')]],
    ['it is of an unknown kind', [binding('Job', 'auditor')]],
    ['its name has a variable', [binding('Role', '${TEAM}-reader')]],
    ['a chart may create it', [binding('ClusterRole', 'auditor'), charts]],
    [
      'a chart of its name may create it',
      [binding('Role', 'metrics-reader'), charts, role('metrics-raeder')],
    ],
    ['the names are a series', [binding('Role', 'reader-a'), charts, role('reader-b')]],
    ['the names have numbers', [binding('Role', 'reader-12'), charts, role('reader-13')]],
    [
      'the values of a release mention it',
      [
        binding('Role', 'pod-raeder'),
        role('pod-reader'),
        release('web', 'shop', 'podinfo', '  values: { role: pod-raeder }'),
      ],
    ],
    [
      'a custom resource mentions it',
      [
        binding('Role', 'pod-raeder'),
        role('pod-reader'),
        object('example.com/v1', 'Access', 'a', 'shop', 'spec: { roles: [pod-raeder] }'),
      ],
    ],
    [
      'a ResourceSet creates Roles',
      [binding('Role', 'pod-raeder'), role('pod-reader'), resourceSet('resources: [{ kind: Role }]')],
    ],
    [
      'a script creates it',
      [binding('ClusterRole', 'auditor')],
      { 'setup.sh': 'kubectl create clusterrole auditor' },
    ],
    [
      'a file has it that someone applies by hand',
      [binding('ClusterRole', 'auditor')],
      { 'manual/role.yaml': clusterRole('auditor') },
    ],
    [
      'another repository may have it',
      [binding('ClusterRole', 'auditor')],
      { 'clusters/prod/other.yaml': foreign('platform', './x') },
    ],
    [
      'an object of its kind is of another group',
      [binding('Role', 'pod-raeder').replace(RBAC, 'example.com/v1'), role('pod-reader')],
    ],
    [
      'the similar one is in another namespace',
      [binding('Role', 'pod-raeder'), charts, role('pod-reader', 'other')],
    ],
    [
      'the similar one is of the other kind',
      [binding('Role', 'pod-raeder'), charts, clusterRole('pod-reader')],
    ],
    [
      'the chart of a release has its name',
      [binding('Role', 'podinfo-raeder'), role('podinfo-reader'), release('web', 'shop', 'podinfo')],
    ],
    [
      'a release is installed with its name',
      [
        binding('Role', 'web-raeder'),
        role('web-reader'),
        release('x1', 'shop', 'podinfo', '  releaseName: web'),
      ],
    ],
  ])('is not reported if %s', (...[, texts, more]) => {
    expect(told(texts, more)).toEqual([]);
  });

  it('is not reported where it is beside its binding in another cluster', () => {
    const tree = treeOf({
      ...bootstrap,
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', [
        'kubeConfig: { secretRef: { name: edge } }',
      ]),
      'apps/all.yaml': shop + binding('ClusterRole', 'auditor') + configMap('a'),
    });
    expect(checkTree(tree).findings.filter(({ code }) => code === CODE)).toEqual([]);
  });
});

describe('many roles that bindings give', () => {
  const bindings = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      binding('Role', `pod-raeder-${index}x`).replace('name: readers', `name: readers-${index}`),
    );
  const roles = Array.from({ length: 30 }, (_, index) => role(`pod-reader-${index}x`));

  it('are not each compared with each role', () => {
    const calls = [10, 30].map((count) => {
      const ofKind = jest.spyOn(ClusterFacts.prototype, 'ofKind');
      expect(told([...roles, ...bindings(count)])).toHaveLength(count);
      const found = ofKind.mock.calls.filter(([kind]) => kind === 'Role').length;
      ofKind.mockRestore();
      return found;
    });
    expect(calls[0]).toBe(calls[1]);
  });
});
