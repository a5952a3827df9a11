import { nameOf } from '../../findings/object-name';
import type { AppliedObject, GraphNode } from '../../graph/graph';
import { groupBy } from '../../plain/group-by';
import { mapOf, textOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { grantsOf } from '../facts/rights/account-grants';
import type { ClusterFacts } from '../facts/cluster-facts';
import { fluxNamespaceOf, impersonators, type Impersonator } from '../facts/rights/tenants';
import type { Rule, RuleFinding } from '../rule';

/** What an account applies where no binding gives it rights. */
export const tenantReachesOut: Rule = {
  code: 'tenant-reaches-out',
  *check(context) {
    for (const facts of context.clusters) {
      for (const one of impersonators(facts)) {
        const allowed = namespacesOf(facts, one);
        if (allowed) yield* outside(one, allowed);
      }
    }
  },
};

/** The namespaces in which an account has rights; `undefined` if it has more rights, or if we know nothing about it. */
function namespacesOf(facts: ClusterFacts, { account }: Impersonator): ReadonlySet<string> | undefined {
  // Bootstrap binds the accounts of the controllers, in a file that may not be in the tree.
  if (account.namespace === fluxNamespaceOf(facts) && account.name.endsWith('-controller')) return undefined;
  const grants = grantsOf(facts, account);
  const namespaces = grants.flatMap(({ namespace }) => namespace ?? []);
  return namespaces.length === 0 || namespaces.length < grants.length ? undefined : new Set(namespaces);
}

function* outside({ node, account }: Impersonator, allowed: ReadonlySet<string>): Iterable<RuleFinding> {
  const user = JSON.stringify(`${account.namespace}/${account.name}`);
  const where = `the ServiceAccount ${user} has rights only in ${[...allowed].join(', ')}`;
  const hint = `apply it with a Kustomization of the platform, or bind the account to a role there`;
  for (const field of ['targetNamespace', 'storageNamespace']) {
    const namespace = textOf(mapOf(node.object?.spec)[field]);
    if (namespace === undefined || allowed.has(namespace)) continue;
    const message = `the namespace ${JSON.stringify(namespace)} is not the tenant's: ${where}`;
    yield { ...atNode(node, `spec.${field}`), message, hint };
  }
  for (const [place, [first, ...more]] of groupBy(foreign(node, allowed), placeOf)) {
    if (!first) continue;
    const others = more.length > 0 ? ` and ${more.length} more` : '';
    const what = place === '' ? 'in no namespace' : `in the namespace ${JSON.stringify(place)}`;
    yield {
      locations: [first.location, ...(node.location ? [node.location] : [])],
      object: first.identity,
      ...(place !== '' && { field: 'metadata.namespace' }),
      message: `${nameOf(node.identity)} cannot apply ${nameOf(first.identity)}${others} ${what}: ${where}`,
      hint,
    };
  }
}

/** The objects that the account may not apply; its own namespace is allowed. */
function foreign({ build, object }: GraphNode, allowed: ReadonlySet<string>): AppliedObject[] {
  const target = textOf(mapOf(object?.spec).targetNamespace);
  if (target !== undefined && !allowed.has(target)) return [];
  return (build?.inventory ?? []).filter(({ identity: { kind, name, namespace } }) =>
    namespace === undefined ? !(kind === 'Namespace' && allowed.has(name)) : !allowed.has(namespace),
  );
}

function placeOf({ identity: { namespace = '' } }: AppliedObject): string {
  return namespace;
}
