import { createdClaims } from '../../../lib/diff/classes/widened';
import { gainedRights } from '../../../lib/rbac/role-rules';
import { claimOf, itClassifies, manifest, type Case } from '../cases';
import { objectOf, side } from '../changed-object';

const RBAC = 'rbac.authorization.k8s.io/v1';
const role = manifest(RBAC, 'Role');
const clusterRole = manifest(RBAC, 'ClusterRole');
const binding = manifest(RBAC, 'RoleBinding');
const clusterBinding = manifest(RBAC, 'ClusterRoleBinding');
const account = manifest('v1', 'ServiceAccount');
const ks = manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization');
const release = manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease');
const images = manifest('image.toolkit.fluxcd.io/v1', 'ImageRepository');
const rule = (verbs: string, resources: string, more = '') =>
  `{ apiGroups: [""], resources: [${resources}], verbs: [${verbs}]${more} }`;
const rules = (what: string, before: string, after: string, make = role): Case => [
  what,
  make(`rules: [${before}]`),
  make(`rules: [${after}]`, 'labels: { a: b }'),
];
const subject = (name: string, kind = 'ServiceAccount') =>
  `{ kind: ${kind}, name: "${name}", namespace: apps }`;
const bound = (subjects: string, name = 'view') =>
  `roleRef: { kind: ClusterRole, name: ${name} }\nsubjects: [${subjects}]`;
const spec = (make: (rest: string) => string, what: string, before: string, after: string): Case => [
  what,
  make(`spec: { interval: 1m, ${before} }`),
  make(`spec: { interval: 2m, ${after} }`),
];
const aggregate = 'labels: { rbac.authorization.k8s.io/aggregate-to-edit: "true" }';

describe('rights', () => {
  itClassifies('widened', {
    belong: [
      rules('a verb more', rule('get', 'pods'), rule('get, list', 'pods')),
      rules('a resource more', rule('get', 'pods'), rule('get', 'pods, secrets')),
      rules('another group', rule('get', 'pods'), `{ apiGroups: [apps], resources: [pods], verbs: [get] }`),
      rules('any verb', rule('get', 'pods'), rule('"*"', 'pods')),
      rules('objects of all names', rule('get', 'pods', ', resourceNames: [a]'), rule('get', 'pods')),
      rules(
        'another name',
        rule('get', 'pods', ', resourceNames: [a]'),
        rule('get', 'pods', ', resourceNames: [b]'),
      ),
      rules('a part of a resource', rule('create', 'pods'), rule('create', 'pods, pods/exec')),
      rules('an address', '', '{ nonResourceURLs: [/metrics], verbs: [get] }', clusterRole),
      [
        'rules that become part of a role of Kubernetes',
        clusterRole('rules: []'),
        clusterRole('rules: []', aggregate),
      ],
      ['a subject more', binding(bound(subject('a'))), binding(bound(`${subject('a')}, ${subject('b')}`))],
      ['a role in the cloud', account(''), account('', 'annotations: { eks.amazonaws.com/role-arn: a }')],
      [
        'another role in the cloud',
        account('', 'annotations: { iam.gke.io/gcp-service-account: a }'),
        account('', 'annotations: { iam.gke.io/gcp-service-account: b }'),
      ],
      spec(ks, 'a Kustomization without its account', 'serviceAccountName: a', ''),
      spec(release, 'a HelmRelease without its account', 'serviceAccountName: a', ''),
      spec(
        ks,
        'a source in another namespace',
        'sourceRef: { name: a }',
        'sourceRef: { name: a, namespace: x }',
      ),
      spec(
        release,
        'a chart in another namespace',
        'chartRef: { name: a }',
        'chartRef: { name: a, namespace: x }',
      ),
      spec(images, 'images that others may use', '', 'accessFrom: { namespaceSelectors: [{}] }'),
    ],
    others: [
      rules('a verb less', rule('get, list', 'pods'), rule('get', 'pods')),
      rules(
        'the same in two rules',
        rule('get, list', 'pods'),
        `${rule('list', 'pods')}, ${rule('get', 'pods')}`,
      ),
      rules('what any verb allowed', rule('"*"', 'pods'), rule('delete', 'pods')),
      rules('what any resource allowed', rule('get', '"*"'), rule('get', 'pods/log')),
      rules('what any part allowed', rule('get', '"*/scale"'), rule('get', 'pods/scale')),
      rules('one name of all', rule('get', 'pods'), rule('get', 'pods', ', resourceNames: [a]')),
      rules(
        'an address within another',
        '{ nonResourceURLs: [/a*], verbs: [get] }',
        '{ nonResourceURLs: [/a/b], verbs: [get] }',
        clusterRole,
      ),
      ['rules that are no longer part', clusterRole('rules: []', aggregate), clusterRole('rules: []')],
      [
        'a subject without a name more',
        binding(bound(subject('a'))),
        binding(bound(`${subject('a')}, null, { kind: User }`)),
      ],
      ['a subject less', binding(bound(`${subject('a')}, ${subject('b')}`)), binding(bound(subject('a')))],
      [
        'a role in the cloud that goes',
        account('', 'annotations: { eks.amazonaws.com/role-arn: a }'),
        account(''),
      ],
      ['another annotation', account('', 'annotations: { eks.amazonaws.com/audience: a }'), account('')],
      spec(ks, 'a Kustomization that gets an account', '', 'serviceAccountName: a'),
      spec(ks, 'another account', 'serviceAccountName: a', 'serviceAccountName: b'),
      spec(
        ks,
        'a source in its own namespace',
        'sourceRef: { name: a }',
        'sourceRef: { name: a, namespace: apps }',
      ),
      spec(
        ks,
        'a source elsewhere as before',
        'sourceRef: { name: a, namespace: x }',
        'sourceRef: { name: b, namespace: x }',
      ),
      spec(manifest('example.com/v1', 'Thing'), 'another kind', '', 'sourceRef: { name: a, namespace: x }'),
      [
        'a rule of another group',
        manifest('example.com/v1', 'Role')('rules: []'),
        manifest('example.com/v1', 'Role')(`rules: [${rule('get', 'pods')}]`),
      ],
    ],
  });

  it('are named', () => {
    const found = claimOf('widened', rules('', rule('get', 'pods'), rule('get, list', 'pods, secrets')));
    expect(found?.message).toBe('the role gains rights: get secrets, list pods and list secrets');
    expect(found?.fields.map(({ path }) => path)).toEqual([
      'rules[0].resources[secrets]',
      'rules[0].verbs[list]',
    ]);
  });

  it('of another role are reported only with force, because a binding cannot change its role', () => {
    const change = ['', binding(bound(subject('a'))), binding(bound(subject('a'), 'admin'))] as const;
    expect(claimOf('widened', change)).toBeUndefined();
    expect(claimOf('refused', change)).toBeDefined();
    expect(claimOf('widened', [...change, { force: true }])?.message).toContain(
      'ClusterRole admin instead of',
    );
  });

  it('are compared in bounded time', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `r${index}`);
    const huge = [{ apiGroups: many, resources: many, verbs: many }];
    expect(gainedRights([], huge)).toContain('more than can be compared');
    expect(gainedRights(huge, [{ apiGroups: ['r1'], resources: ['r1'], verbs: ['r1'] }])).toEqual([]);
  });
});

describe('a new object', () => {
  const claims = (yaml: string) => createdClaims(side(objectOf(yaml)));

  it.each([
    ['all rights', clusterRole('rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }]'), '* *'],
    ['rights over rights', role(`rules: [${rule('escalate', 'roles')}]`), 'escalate roles'],
    ['all secrets', clusterRole(`rules: [${rule('list', 'secrets')}]`), 'read all secrets'],
    ['an administrator', clusterBinding(bound(subject('a'), 'cluster-admin')), 'ClusterRole cluster-admin'],
    [
      'everyone',
      clusterBinding(bound(subject('system:authenticated', 'Group'))),
      'Group apps/system:authenticated',
    ],
    ['nobody', clusterBinding(bound(subject('system:anonymous', 'User'))), 'system:anonymous'],
  ])('is reported for %s', (_, yaml, expected) => {
    expect(claims(yaml)).toEqual([expect.objectContaining({ class: 'widened' })]);
    expect(claims(yaml)[0]?.message).toContain(expected);
  });

  it.each([
    ['few rights', role(`rules: [${rule('get', 'pods')}]`)],
    ['a named secret', role(`rules: [${rule('get', 'secrets', ', resourceNames: [a]')}]`)],
    ['a reader', clusterBinding(bound(subject('a')))],
    ['nobody at all', clusterBinding(bound('', 'cluster-admin'))],
    [
      'a role of its own that is called so',
      binding(`roleRef: { kind: Role, name: edit }\nsubjects: [${subject('a')}]`),
    ],
    ['another kind', manifest('v1', 'ConfigMap')('data: {}')],
  ])('is not reported for %s', (_, yaml) => expect(claims(yaml)).toEqual([]));
});
