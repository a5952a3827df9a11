import { nameOf } from '../../findings/object-name';
import { WIDE_ROLES } from '../../rbac/bindings';
import { readsSecrets, rightsToEscalate } from '../../rbac/role-rules';
import type { ClusterFacts } from '../facts/cluster-facts';
import { atRoleRef, grantsOf, type Grant } from '../facts/rights/account-grants';
import { fluxNamespaceOf, tenantAccounts, type TenantAccount } from '../facts/rights/tenants';
import type { Rule } from '../rule';

/** A role by which a tenant gets more rights than it was given, or the secrets of others. */
export const tenantRoleEscalates: Rule = {
  code: 'tenant-role-escalates',
  *check(context) {
    for (const facts of context.clusters) {
      const tenants = tenantAccounts(facts);
      for (const tenant of tenants) {
        const { namespace, name } = tenant.account;
        for (const grant of grantsOf(facts, tenant.account)) {
          const problems = [...escalation(grant), ...foreignSecrets(facts, tenants, tenant, grant)];
          if (problems.length === 0) continue;
          const { binding, role } = grant;
          yield {
            ...atRoleRef(facts, grant),
            message: `${nameOf(binding.identity)} gives the account ${JSON.stringify(`${namespace}/${name}`)} of a tenant the ${role.kind} ${JSON.stringify(role.name)}, which ${problems.join(', and ')}`,
            hint: 'give the tenant a role without these rights',
          };
        }
      }
    }
  },
};

function escalation({ rules, added }: Grant): string[] {
  const rights = rightsToEscalate(rules ?? added);
  return rights.length > 0 ? [`lets it give itself more rights: ${rights.join(', ')}`] : [];
}

/** Secrets of Flux, or of another tenant. Another rule covers rights in all namespaces. */
function foreignSecrets(
  facts: ClusterFacts,
  tenants: readonly TenantAccount[],
  { account }: TenantAccount,
  { namespace, role, rules }: Grant,
): string[] {
  if (namespace === undefined || namespace === account.namespace) return [];
  const isFlux = namespace === fluxNamespaceOf(facts);
  const isOthers = tenants.some((other) => other.account.namespace === namespace);
  const reads = rules ? readsSecrets(rules) : WIDE_ROLES.has(role.name);
  if (!reads || (!isFlux && !isOthers)) return [];
  return [
    `lets it read the Secrets of ${isFlux ? 'Flux' : 'another tenant'} in ${JSON.stringify(namespace)}`,
  ];
}
