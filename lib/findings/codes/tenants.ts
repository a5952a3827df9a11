import type { CodeFacts } from './code-facts';

/** Tenants, and the lock-down of Flux that keeps them apart. */
export const TENANT_CODES = {
  'cross-namespace-reference': {
    severity: 'error',
    summary: 'Flux is locked down and refuses a reference into another namespace',
    inCheck: true,
  },
  'lock-down-missing': {
    severity: 'warning',
    summary: 'A cluster should be locked down, but its controllers lack the flags for it',
    inCheck: true,
  },
  'remote-base-refused': {
    severity: 'error',
    summary: 'Flux is locked down and refuses a kustomization that reads a remote base',
    inCheck: true,
  },
  'role-missing': {
    severity: 'warning',
    summary: 'A RoleBinding or ClusterRoleBinding gives a role that does not exist',
    inCheck: true,
  },
  'service-account-missing': {
    authorHint:
      'set serviceAccountName to an account in its namespace that a RoleBinding gives the rights it needs; what is in flux-system gets the account of its controller',
    severity: 'error',
    summary: 'Flux applies an object as an account without rights',
    inCheck: true,
  },
  'tenant-cluster-role': {
    severity: 'error',
    summary: 'A ClusterRoleBinding gives the account of a tenant wide rights in all namespaces',
    inCheck: true,
  },
  'tenant-reaches-out': {
    severity: 'error',
    summary: 'A Kustomization or HelmRelease applies objects where its account has no rights',
    inCheck: true,
  },
  'tenant-role-escalates': {
    severity: 'error',
    summary: 'The account of a tenant can give itself more rights, or read the Secrets of other tenants',
    inCheck: true,
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
