import { controllerOf } from '../../kinds/flux-kinds';
import { RBAC_GROUP } from '../../rbac/bindings';
import { mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { grantsOf } from '../facts/account-grants';
import type { ClusterFacts } from '../facts/cluster-facts';
import { instancesOf } from '../facts/flux-installation';
import { describeOrigin, possibleOrigin, type PossibleOrigin } from '../facts/hidden-parts';
import { lockDownOf, visibleLockDown } from '../facts/lock-down';
import { deliveries, fluxNamespaceOf } from '../facts/tenants';
import type { Rule } from '../rule';

/** A Kustomization or HelmRelease that Flux, locked down, applies as an account without rights. */
export const serviceAccountMissing: Rule = {
  code: 'service-account-missing',
  *check(context) {
    for (const facts of context.clusters) {
      const accounts = lockDownOf(facts)?.accounts;
      if (!accounts || accounts.size === 0) continue;
      for (const node of deliveries(facts)) {
        const { group, kind, namespace = '' } = node.identity;
        const controller = controllerOf(group, kind) ?? '';
        const name = accounts.get(controller);
        const isNamed = mapOf(node.object?.spec).serviceAccountName !== undefined;
        if (name === undefined || isNamed || isRootOfLockDown(facts, node.id)) continue;
        if (grantsOf(facts, { namespace, name }).length > 0) continue;
        const acts = `Flux is locked down and acts as the ServiceAccount ${JSON.stringify(`${namespace}/${name}`)}`;
        const origin = platformOrigin(facts, namespace);
        yield {
          ...atNode(node, 'spec'),
          severity: origin && 'warning',
          message: origin
            ? `${acts}, to which no binding in this repository refers; ${describeOrigin(origin)}`
            : `${acts}, which has no rights, because no binding refers to it; so it cannot apply anything`,
          hint: accountHint(facts, namespace, controller),
        };
      }
    }
  },
};

/** A Kustomization of the platform that may bring the bindings of a namespace, from another repository. */
function platformOrigin(facts: ClusterFacts, namespace: string): PossibleOrigin | undefined {
  const flux = fluxNamespaceOf(facts);
  if (namespace === flux) return undefined;
  const binding = { group: RBAC_GROUP, kind: 'RoleBinding', namespace, name: namespace };
  const origin = possibleOrigin(
    facts,
    binding,
    ({ node, isForeign }) => !isForeign || node.identity.namespace !== flux,
  );
  return origin?.isLikely ? origin : undefined;
}

function accountHint(facts: ClusterFacts, namespace: string, controller: string): string {
  if (namespace === fluxNamespaceOf(facts))
    return `set spec.serviceAccountName: ${controller}, the account of the controller, for objects of the platform`;
  const bound = facts
    .ofKind('ServiceAccount')
    .map(({ identity }) => ({ namespace: identity.namespace ?? '', name: identity.name }))
    .find((account) => account.namespace === namespace && grantsOf(facts, account).length > 0);
  return bound
    ? `set spec.serviceAccountName: ${bound.name}, an account in ${JSON.stringify(namespace)} with rights`
    : `set spec.serviceAccountName to an account in ${JSON.stringify(namespace)} to which a RoleBinding gives the rights that it needs`;
}

/**
 * Whether a node is the root of a cluster, whose account comes from the patches of the lock-down or from the operator.
 */
function isRootOfLockDown(facts: ClusterFacts, id: string): boolean {
  return id === facts.cluster.root && (visibleLockDown(facts) === undefined || instancesOf(facts).length > 0);
}
