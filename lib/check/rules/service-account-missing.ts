import { controllerOf } from '../../kinds/flux-kinds';
import { mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { grantsOf } from '../facts/account-grants';
import type { ClusterFacts } from '../facts/cluster-facts';
import { instancesOf } from '../facts/flux-installation';
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
        const own = namespace === fluxNamespaceOf(facts);
        yield {
          ...atNode(node, 'spec'),
          message: `Flux is locked down and acts as the ServiceAccount ${JSON.stringify(`${namespace}/${name}`)}, which has no rights, because no binding refers to it; so it cannot apply anything`,
          hint: own
            ? `set spec.serviceAccountName: ${controller}, the account of the controller, for objects of the platform`
            : `set spec.serviceAccountName to an account in ${JSON.stringify(namespace)} to which a RoleBinding gives the rights that it needs`,
        };
      }
    }
  },
};

/**
 * Whether a node is the root of a cluster, whose account comes from the patches of the lock-down or from the operator.
 */
function isRootOfLockDown(facts: ClusterFacts, id: string): boolean {
  return id === facts.cluster.root && (visibleLockDown(facts) === undefined || instancesOf(facts).length > 0);
}
