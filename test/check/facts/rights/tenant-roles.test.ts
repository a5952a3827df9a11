import { configMap } from '../../../graph/tree-of';
import { checkFiles } from '../../rule-pages';

const account = `apiVersion: v1
kind: Namespace
metadata:
  name: team
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: team
  namespace: team
  labels:
    toolkit.fluxcd.io/tenant: team
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: team
  namespace: team
spec:
  interval: 10m
  retryInterval: 2m
  path: ./team
  prune: true
  serviceAccountName: team
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
`;

const clusterRole = (name: string, more: string, rule: string) => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: ${name}
  labels: { part: "1", rbac.authorization.k8s.io/aggregate-to-edit: "true" }
${more}rules:
  - ${rule}
`;

const binding = (kind: string, role: string) => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: team
${kind === 'RoleBinding' ? '  namespace: team\n' : ''}roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects: [{ kind: ServiceAccount, name: team, namespace: team }]
`;

function found(...parts: readonly string[]): string[] {
  const files = {
    'clusters/prod/team.yaml': [account, ...parts].join(''),
    'team/a.yaml': configMap('a').replace('name: a', 'name: a\n  namespace: team'),
  };
  return checkFiles(files).map(({ code, message }) => `${code}: ${message}`);
}

describe('the role of a tenant', () => {
  const look = '{ apiGroups: [""], resources: [pods], verbs: [get] }';
  const impersonate = '{ apiGroups: [""], resources: [users], verbs: [impersonate] }';
  const takesIn = 'aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: "1" } }] }\n';

  it('may read everything', () => {
    expect(found(clusterRole('look', '', look), binding('ClusterRoleBinding', 'look'))).toEqual([]);
    expect(found(clusterRole('look', '', look), binding('RoleBinding', 'edit'))).toEqual([]);
  });

  it('fails with rules that it aggregates from another role', () => {
    const parts = [clusterRole('all', takesIn, look), clusterRole('part', '', impersonate)];
    expect(found(...parts, binding('ClusterRoleBinding', 'all'))).toEqual([
      expect.stringMatching(/^tenant-cluster-role: .*: impersonate users$/),
      expect.stringMatching(/^tenant-role-escalates: .*impersonate users$/),
    ]);
  });

  it('fails if a role of the repository adds rights to edit', () => {
    expect(found(clusterRole('part', '', impersonate), binding('RoleBinding', 'edit'))).toEqual([
      expect.stringMatching(/^tenant-role-escalates: .*"edit", which lets it .*impersonate users$/),
    ]);
  });

  it('fails with the tokens of all accounts, and not with those of its own namespace', () => {
    const tokens = clusterRole(
      'tokens',
      '',
      '{ apiGroups: [""], resources: [serviceaccounts/token], verbs: [create] }',
    );
    expect(found(tokens, binding('ClusterRoleBinding', 'tokens'))).toEqual([
      expect.stringMatching(/^tenant-cluster-role: .*: create serviceaccounts\/token$/),
    ]);
    expect(found(tokens, binding('RoleBinding', 'tokens'))).toEqual([]);
  });
});
