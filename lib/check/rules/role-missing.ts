import type { ObjectIdentity } from '../../findings/finding';
import { didYouMean } from '../../findings/nearest-name';
import { nameOf } from '../../findings/object-name';
import { nodeId } from '../../graph/node-id';
import { KUSTOMIZE_GROUP } from '../../kinds/groups';
import { groupBy } from '../../plain/group-by';
import { RBAC_GROUP, roleOf } from '../../rbac/bindings';
import type { CheckContext } from '../check-context';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { isStartGuessed } from '../facts/missing/guessed-start';
import { hiddenParts } from '../facts/missing/hidden-parts';
import { hasMakers } from '../facts/missing/made-objects';
import { hasVariable } from '../facts/missing/missing-reference';
import { misspeltNames, namesakes } from '../facts/missing/similar-objects';
import { listHint, unreadFilesWith } from '../facts/missing/suggestions';
import { isOfCluster, mayBringRole } from '../facts/missing/unseen-roles';
import { placesOfField } from '../facts/patches/set-by-patch';
import type { Rule, RuleFinding } from '../rule';

/** Of how many missing roles of a cluster something is said: each name is looked for in all scripts and values. */
const MAX_ROLES = 1_000;

/** A binding to a role that does not exist. */
export const roleMissing: Rule = {
  code: 'role-missing',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      const bindings = ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) => facts.ofKind(kind));
      const absent = bindings.flatMap((binding) => withAbsentRole(facts, binding) ?? []);
      const groups = [...groupBy(absent, ({ role }) => `${role.kind}/${role.name}`).values()];
      for (const alike of groups.slice(0, MAX_ROLES)) yield* problemsOf(context, facts, alike);
    }
  },
};

interface AbsentRole {
  readonly binding: OwnedObject;
  readonly role: ObjectIdentity;
}

function withAbsentRole(facts: ClusterFacts, binding: OwnedObject): AbsentRole | undefined {
  const role = roleIdentity(binding);
  const isThere = !role || facts.objects.has(nodeId(role)) || hasVariable(role) || isOfCluster(role);
  return isThere ? undefined : { binding, role };
}

/** @param absent - bindings to roles of one kind and name */
function* problemsOf(
  context: CheckContext,
  facts: ClusterFacts,
  absent: readonly AbsentRole[],
): Iterable<RuleFinding> {
  const [first] = absent;
  if (!first) return;
  // Someone may apply by hand what lies elsewhere.
  const unread = unreadFilesWith(context, first.role).find(({ isBuilt }) => isBuilt);
  if (!unread && mayBringRole(context, facts, first.role)) return;
  const isInSight = hiddenParts(facts).length === 0 && !isStartGuessed(context);
  for (const { binding, role } of absent) {
    const meant = unread ? listHint(unread) : meantRole(facts, role, binding.identity.namespace);
    // Charts and operators create roles, too.
    if (!meant && (!isInSight || hasMakers(facts))) continue;
    yield {
      locations: placesOfField(facts.tree, binding.owner.build, { ...binding, field: 'roleRef.name' }),
      object: binding.identity,
      field: 'roleRef.name',
      cluster: facts.cluster.name,
      ...words(role, meant, isInSight),
    };
  }
}

function words(
  role: ObjectIdentity,
  meant: string | undefined,
  isInSight: boolean,
): Pick<RuleFinding, 'severity' | 'message' | 'hint'> {
  const missing = `refers to ${nameOf(role)}, which nothing in`;
  const hint = meant ?? 'add it, or correct roleRef';
  if (meant !== undefined && isInSight)
    return { message: `${missing} the cluster applies, so it gives no rights`, hint };
  return {
    severity: 'info',
    message: `${missing} this repository applies; if the cluster does not have it, the binding gives no rights`,
    hint,
  };
}

function roleIdentity({ object, identity }: OwnedObject): ObjectIdentity | undefined {
  const { kind, name } = roleOf(object);
  if (name === '') return undefined;
  if (kind === 'ClusterRole') return { group: RBAC_GROUP, kind, name };
  const { namespace } = identity;
  return kind === 'Role' && namespace !== undefined
    ? { group: RBAC_GROUP, kind, namespace, name }
    : undefined;
}

/** How Flux changes a field that the API server refuses to change. */
const REPLACED = `if the binding is in the cluster already, annotate it with "${KUSTOMIZE_GROUP}/force: enabled", because roleRef cannot be changed`;

/** Words that name the role that is meant: of the other kind, in another namespace, or with a similar name. */
function meantRole(
  facts: ClusterFacts,
  role: ObjectIdentity,
  ofBinding: string | undefined,
): string | undefined {
  const { kind, name } = role;
  const ofCluster = { group: RBAC_GROUP, kind: 'ClusterRole', name };
  const others = [{ ...ofCluster, kind: 'Role', namespace: ofBinding }, ofCluster];
  const other = others.find((one) => facts.objects.has(nodeId(one)));
  if (other) return `${nameOf(other)} has this name: set roleRef.kind to ${other.kind}; ${REPLACED}`;
  const [elsewhere] = namesakes(facts, { group: RBAC_GROUP, kind, name });
  if (elsewhere)
    return `a RoleBinding reaches only a Role in its own namespace: add one, as ${nameOf(elsewhere.identity)}`;
  const [near] = misspeltNames(facts, role);
  return near && `${didYouMean(near)} ${REPLACED}`;
}
