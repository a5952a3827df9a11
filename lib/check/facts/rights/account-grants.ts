import type { RuleFinding } from '../../rule';
import { addToGroup } from '../../../plain/group-by';
import { listOf } from '../../../plain/plain-data';
import { once } from '../../../plain/once';
import { aggregatedRules } from '../../../rbac/aggregation';
import {
  isBinding,
  isRole,
  namesOf,
  roleOf,
  subjectsOf,
  type Account,
  type RoleReference,
} from '../../../rbac/bindings';
import type { ManifestObject } from '../../../tree/manifest';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';

/** A role that a binding gives an account. */
export interface Grant {
  /** The binding. */
  readonly binding: OwnedObject;
  /**
   * The namespace that the rights are for.
   *
   * @default - the whole cluster
   */
  readonly namespace?: string;
  readonly role: RoleReference;
  /**
   * The rules of the role as the cluster gets it, with those that it takes in from other roles.
   *
   * @default - the tree does not have it
   */
  readonly rules?: readonly unknown[];
  /** The rules that roles of the tree add to one of Kubernetes that it does not have, such as `edit`. */
  readonly added: readonly unknown[];
}

/** Where a finding about what a grant gives is. */
export function atRoleRef(
  { cluster }: ClusterFacts,
  { binding }: Grant,
): Pick<RuleFinding, 'locations' | 'object' | 'field' | 'cluster'> {
  const { location, identity } = binding;
  return { locations: [location], object: identity, field: 'roleRef', cluster: cluster.name };
}

interface Grants {
  /** By user or group. */
  readonly bySubject: ReadonlyMap<string, readonly Grant[]>;
}

/** Everything that the bindings in a cluster's repository grant, found in one walk. */
const allGrants = once(({ objects }: ClusterFacts): Grants => {
  const roles = new Map<string, ManifestObject>();
  const clusterRoles: ManifestObject[] = [];
  const bindings: OwnedObject[] = [];
  for (const [applied] of objects.values()) {
    if (!applied) continue;
    const { kind, namespace = '', name } = applied.identity;
    if (isRole(applied.object)) {
      roles.set(`${kind}/${kind === 'Role' ? namespace : ''}/${name}`, applied.object);
      if (kind === 'ClusterRole') clusterRoles.push(applied.object);
    } else if (isBinding(applied.object)) bindings.push(applied);
  }
  const bySubject = new Map<string, Grant[]>();
  const aggregated = new Map<string, readonly unknown[]>();
  const addedTo = ({ name }: RoleReference): readonly unknown[] => {
    const known = aggregated.get(name) ?? aggregatedRules(name, clusterRoles);
    aggregated.set(name, known);
    return known;
  };
  for (const binding of bindings) {
    const role = roleOf(binding.object);
    const own = binding.identity.kind === 'RoleBinding' ? (binding.identity.namespace ?? '') : undefined;
    const known = roles.get(`${role.kind}/${role.kind === 'Role' ? own : ''}/${role.name}`);
    const added = role.kind === 'ClusterRole' ? addedTo(role) : [];
    const rules = known && [...listOf(known.rules), ...added];
    const grant = { binding, namespace: own, role, rules, added };
    for (const subject of new Set(subjectsOf(binding.object))) addToGroup(bySubject, subject, grant);
  }
  return { bySubject };
});

/** What the bindings of the repository give an account, by itself and by the groups that it is in. */
export function grantsOf(facts: ClusterFacts, account: Account): Grant[] {
  const { bySubject } = allGrants(facts);
  return namesOf(account).flatMap((name) => bySubject.get(name) ?? []);
}
