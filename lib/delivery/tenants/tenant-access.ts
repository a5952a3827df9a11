import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ObjectReference } from '../../flux/references/reference';
import { isMap } from '../../plain/plain-data';

const RBAC = 'rbac.authorization.k8s.io';

/** A role that a tenant's account is bound to: the name of a ClusterRole, a role by kind and name, or a construct. */
export type TenantRole = string | ObjectReference<'ClusterRole' | 'Role'>;

/** Whose account it is, and what it may do where. */
export interface TenantAccess {
  readonly account: string;
  /** The namespaces of the tenant; the account is in the first. */
  readonly namespaces: readonly string[];
  readonly role: TenantRole;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Creates the account that Flux acts as for a tenant, and binds it to its role in the tenant's namespaces only.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control
 */
export function makeAccess(scope: Construct, { account, namespaces, role, labels }: TenantAccess): ApiObject {
  const home = namespaces[0];
  const metadata = (namespace: string | undefined): object => ({
    name: account,
    namespace,
    labels: { ...labels },
  });
  const made = new ApiObject(scope, 'Account', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(home),
  });
  for (const namespace of namespaces) {
    new ApiObject(scope, `Binding-${namespace}`, {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: metadata(namespace),
      roleRef: roleRefOf(role),
      subjects: [{ kind: 'ServiceAccount', name: account, namespace: home }],
    });
  }
  return made;
}

function roleRefOf(role: TenantRole): object {
  const { kind, name } = isMap(role) ? (role as ObjectReference) : { kind: 'ClusterRole', name: role };
  return { apiGroup: RBAC, kind, name };
}
