import { listOf, mapOf, textOf } from '../plain/plain-data';
import { apiGroup, type ManifestObject } from '../tree/manifest';

/** The API group of roles and bindings. */
export const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** Roles of Kubernetes that let everything be changed that they reach. */
export const WIDE_ROLES: ReadonlySet<string> = new Set(['cluster-admin', 'admin', 'edit']);

/** A ServiceAccount. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** What a binding refers to. */
export interface RoleReference {
  readonly kind: string;
  readonly name: string;
}

/** Whether an object is a Role or ClusterRole. */
export function isRole({ apiVersion, kind }: ManifestObject): boolean {
  return apiGroup(apiVersion) === RBAC_GROUP && (kind === 'Role' || kind === 'ClusterRole');
}

/** Whether an object is a RoleBinding or ClusterRoleBinding. */
export function isBinding({ apiVersion, kind }: ManifestObject): boolean {
  return apiGroup(apiVersion) === RBAC_GROUP && (kind === 'RoleBinding' || kind === 'ClusterRoleBinding');
}

/** The role of a binding. */
export function roleOf(binding: ManifestObject): RoleReference {
  const { kind, name } = mapOf(binding.roleRef);
  return { kind: textOf(kind) ?? '', name: textOf(name) ?? '' };
}

/** The name by which the API server knows an account. */
export function accountUser({ namespace, name }: Account): string {
  return `system:serviceaccount:${namespace}:${name}`;
}

/** The users and groups that a binding names; an account is the user that it is. */
export function subjectsOf(binding: { readonly metadata?: unknown; readonly subjects?: unknown }): string[] {
  const own = textOf(mapOf(binding.metadata).namespace) ?? '';
  return listOf(binding.subjects).map((subject) => {
    const { kind, name, namespace } = mapOf(subject);
    const text = textOf(name) ?? '';
    if (kind !== 'ServiceAccount') return text;
    return accountUser({ namespace: textOf(namespace) ?? own, name: text });
  });
}

/**
 * An account as user, and the groups that it is in.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
 */
export function namesOf(account: Account): string[] {
  const all = 'system:serviceaccounts';
  return [accountUser(account), all, `${all}:${account.namespace}`, 'system:authenticated'];
}
