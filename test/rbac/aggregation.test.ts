import { aggregatedRules } from '../../lib/rbac/aggregation';
import { powersOverOthers } from '../../lib/rbac/role-rules';
import type { ManifestObject } from '../../lib/tree/manifest';

const rule = (verb: string) => ({ apiGroups: [''], resources: ['pods'], verbs: [verb] });

function role(name: string, labels: object, verb: string, selectors?: readonly unknown[]): ManifestObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels },
    ...(selectors && { aggregationRule: { clusterRoleSelectors: selectors } }),
    rules: [rule(verb)],
  } as ManifestObject;
}

const verbsOf = (name: string, all: readonly ManifestObject[]) =>
  aggregatedRules(name, all).map((one) => (one as { verbs: string[] }).verbs[0]);

describe('the rules that a ClusterRole aggregates', () => {
  it('are those of the roles that one of its selectors selects, and of the roles that those aggregate', () => {
    const all = [
      role('all', {}, 'own', [{ matchLabels: { tier: 'a' } }, { matchLabels: { tier: 'b', use: 'x' } }]),
      role('a', { tier: 'a' }, 'get', [{ matchLabels: { tier: 'c' } }]),
      role('b', { tier: 'b' }, 'list'),
      role('c', { tier: 'c' }, 'watch', [{ matchLabels: { tier: 'a' } }]),
    ];
    expect(verbsOf('all', all)).toEqual(['get', 'watch']);
    expect(verbsOf('b', all)).toEqual([]);
    expect(verbsOf('unknown', all)).toEqual([]);
  });

  it.each([
    ['In', ['a'], ['one']],
    ['NotIn', ['a'], ['own', 'two', 'three']],
    ['Exists', undefined, ['one', 'two']],
    ['DoesNotExist', undefined, ['own', 'three']],
  ])('follow the expression %s', (operator, values, expected) => {
    const all = [
      role('all', {}, 'own', [{ matchExpressions: [{ key: 'tier', operator, values }] }]),
      role('1', { tier: 'a' }, 'one'),
      role('2', { tier: 'b' }, 'two'),
      role('3', { other: 'a' }, 'three'),
    ];
    expect(verbsOf('all', all)).toEqual(expected);
  });

  it('of edit are those with the label for edit or for view, as in Kubernetes', () => {
    const label = (to: string) => ({ [`rbac.authorization.k8s.io/aggregate-to-${to}`]: 'true' });
    const all = ['admin', 'edit', 'view'].map((to) => role(to + '-part', label(to), to));
    expect(verbsOf('edit', all)).toEqual(['edit', 'view']);
    expect(verbsOf('admin', all)).toEqual(['admin', 'edit', 'view']);
    expect(verbsOf('view', all)).toEqual(['view']);
  });
});

describe('the rights to act as others', () => {
  it.each([
    ['', 'serviceaccounts/token', 'create', 'create serviceaccounts/token'],
    ['', '*', 'get', 'get nodes/proxy'],
    ['', 'pods/exec', '*', 'create pods/exec'],
    [
      '*',
      'mutatingwebhookconfigurations',
      'patch',
      'patch mutatingwebhookconfigurations.admissionregistration.k8s.io',
    ],
    [
      'certificates.k8s.io',
      'certificatesigningrequests/approval',
      'update',
      'update certificatesigningrequests/approval.certificates.k8s.io',
    ],
  ])('are found in rules for %j %j %j', (group, resource, verb, expected) => {
    expect(powersOverOthers([{ apiGroups: [group], resources: [resource], verbs: [verb] }])).toContain(
      expected,
    );
  });

  it('are not in rules to read, for other groups, or for one object', () => {
    expect(
      powersOverOthers([
        { apiGroups: [''], resources: ['serviceaccounts', 'pods', 'nodes'], verbs: ['*'] },
        { apiGroups: [''], resources: ['serviceaccounts/token', 'pods/exec'], verbs: ['list'] },
        { apiGroups: ['apps'], resources: ['serviceaccounts/token'], verbs: ['create'] },
        { apiGroups: [''], resources: ['nodes/proxy'], resourceNames: ['one'], verbs: ['get'] },
        { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      ]),
    ).toEqual([]);
  });
});
