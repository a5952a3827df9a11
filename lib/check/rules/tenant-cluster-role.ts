import { nameOf } from '../../findings/object-name';
import { WIDE_ROLES } from '../../rbac/bindings';
import { powersOverOthers, wideRights } from '../../rbac/role-rules';
import { atRoleRef, grantsOf, type Grant } from '../facts/rights/account-grants';
import { tenantAccounts } from '../facts/rights/tenants';
import type { Rule } from '../rule';

/** An account of a tenant with wide rights in the whole cluster. */
export const tenantClusterRole: Rule = {
  code: 'tenant-cluster-role',
  *check(context) {
    for (const facts of context.clusters) {
      for (const { account, isLabelled } of tenantAccounts(facts)) {
        for (const grant of grantsOf(facts, account)) {
          if (grant.namespace !== undefined) continue;
          const rights = wideRightsOf(grant);
          if (rights === undefined) continue;
          const { binding, role } = grant;
          yield {
            ...atRoleRef(facts, grant),
            ...(!isLabelled && { severity: 'info' as const }),
            message: `${nameOf(binding.identity)} gives the account ${JSON.stringify(`${account.namespace}/${account.name}`)} of ${isLabelled ? 'a tenant' : 'another repository'} the ClusterRole ${JSON.stringify(role.name)} in all namespaces${rights}`,
            hint: isLabelled
              ? 'use a RoleBinding in each namespace of the tenant'
              : "if that repository is a tenant's, use a RoleBinding in each of its namespaces",
          };
        }
      }
    }
  },
};

/** Why a role is too much for a tenant, in words; `undefined` if it is not, or if we know nothing about it. */
function wideRightsOf({ role, rules, added }: Grant): string | undefined {
  if (!rules && WIDE_ROLES.has(role.name)) return '';
  const known = rules ?? added;
  const rights = [...wideRights(known), ...powersOverOthers(known)];
  return rights.length > 0 ? `: ${rights.join(', ')}` : undefined;
}
