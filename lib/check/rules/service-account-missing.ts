import type { ObjectIdentity } from '../../findings/finding';
import type { GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { controllerOf } from '../../kinds/flux-kinds';
import { RBAC_GROUP, type Account } from '../../rbac/bindings';
import { once } from '../../plain/once';
import { mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { CheckContext } from '../check-context';
import { grantsOf } from '../facts/rights/account-grants';
import type { ClusterFacts } from '../facts/cluster-facts';
import { instancesOf } from '../facts/installation/flux-installation';
import { mayBeByHand } from '../facts/missing/guessed-start';
import { describeOrigin, possibleOrigin, type PossibleOrigin } from '../facts/missing/hidden-parts';
import { lockDownOf, visibleLockDown } from '../facts/installation/lock-down';
import { deliveries, fluxNamespaceOf, impersonators } from '../facts/rights/tenants';
import { mayBeBound, mayHaveUnseenRights } from '../facts/missing/unseen-rights';
import type { Rule, RuleFinding } from '../rule';

/** A Kustomization or HelmRelease that Flux applies as an account without rights. */
export const serviceAccountMissing: Rule = {
  code: 'service-account-missing',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      yield* namedWithoutRights(context, facts);
      const accounts = lockDownOf(facts)?.accounts;
      if (!accounts || accounts.size === 0) continue;
      for (const node of deliveries(facts)) {
        const { group, kind, namespace = '' } = node.identity;
        const controller = controllerOf(group, kind) ?? '';
        const name = accounts.get(controller);
        const isNamed = mapOf(node.object?.spec).serviceAccountName !== undefined;
        if (name === undefined || isNamed || isRootOfLockDown(facts, node.id)) continue;
        const account = { namespace, name };
        if (grantsOf(facts, account).length > 0) continue;
        yield {
          ...atNode(node, 'spec'),
          ...withoutNamedAccount(context, facts, account),
          hint: accountHint(facts, namespace, controller),
        };
      }
    }
  },
};

/** What a lock-down means for an object that names no account, and how bad that is. */
function withoutNamedAccount(
  context: CheckContext,
  facts: ClusterFacts,
  account: Account,
): Pick<RuleFinding, 'message' | 'severity'> {
  const { namespace, name } = account;
  const acts = `Flux is locked down and acts as the ServiceAccount ${JSON.stringify(`${namespace}/${name}`)}`;
  const none = `${acts}, to which no binding in this repository refers`;
  const origin = platformOrigin(facts, namespace);
  if (origin) return { severity: 'warning', message: `${none}; ${describeOrigin(origin)}` };
  // Nobody gives rights to this account in the namespace of Flux.
  if (namespace !== fluxNamespaceOf(facts) && mayBeBound(context, facts, account))
    return {
      severity: 'info',
      message: `${none}; a chart, a policy or a file that no build reads may bind it`,
    };
  return {
    message: `${acts}, which has no rights, because no binding refers to it; so it cannot apply anything`,
  };
}

/** What names an account to which nothing in sight gives a right. */
function* namedWithoutRights(context: CheckContext, facts: ClusterFacts): Iterable<RuleFinding> {
  for (const { node, account } of impersonators(facts)) {
    const { namespace, name } = account;
    // Whoever bootstraps a cluster makes the account of its root.
    if (node.id === facts.cluster.root || isSuspended(node) || mayHaveRights(context, facts, account))
      continue;
    const origin = bindingOrigin(facts, account, node);
    const id: ObjectIdentity = { group: '', kind: 'ServiceAccount', namespace, name };
    const byHand = mayBeByHand(context, facts, id);
    // Without the account and without any binding for Flux, the repository does not seem to be the place for them.
    const isBound = bindsAccounts(facts) || namespace === fluxNamespaceOf(facts);
    const isElsewhere = !facts.objects.has(nodeId(id)) && !bindsAccounts(facts);
    const acts = `Flux acts as the ServiceAccount ${JSON.stringify(`${namespace}/${name}`)}`;
    const none = `${acts}, to which no binding in this repository refers`;
    yield {
      ...atNode(node, 'spec.serviceAccountName'),
      severity: origin || byHand || isElsewhere || !isBound ? 'info' : 'warning',
      message: origin
        ? `${none}; ${describeOrigin(origin)}`
        : `${none}${unbound({ byHand, isElsewhere, isBound })}`,
      hint: accountHint(facts, namespace, controllerOf(node.identity.group, node.identity.kind) ?? ''),
    };
  }
}

/** What follows from an account without a binding. */
function unbound(known: { byHand: boolean; isElsewhere: boolean; isBound: boolean }): string {
  if (known.byHand) return '; someone may apply one by hand';
  if (known.isElsewhere)
    return '; the account is not in this repository either, so both may come from elsewhere';
  return known.isBound
    ? ', so it may not apply anything'
    : '; it is the same for every account that Flux acts as, so bindings may come from elsewhere';
}

/** Whether something gives an account rights, or may do so without a binding in the files of the cluster. */
function mayHaveRights(context: CheckContext, facts: ClusterFacts, account: Account): boolean {
  const { namespace, name } = account;
  const isHere = facts.objects.has(nodeId({ group: '', kind: 'ServiceAccount', namespace, name }));
  if (grantsOf(facts, account).length > 0 || `${namespace}/${name}`.includes('${')) return true;
  // The accounts of Flux's own programs.
  const isOfFlux = namespace === fluxNamespaceOf(facts);
  if (isOfFlux && /-controller$|^flux-operator$/.test(name)) return true;
  // The extension of Azure creates this one in each namespace that it syncs.
  if (name === 'flux-applier') return true;
  if (!isOfFlux && !isHere && !bindsAccounts(facts)) return true;
  return mayHaveUnseenRights(context, facts, account);
}

/** Whether the files give rights to an account that Flux acts as; otherwise all of them may come from elsewhere. */
const bindsAccounts = once((facts: ClusterFacts): boolean =>
  impersonators(facts).some(({ account }) => grantsOf(facts, account).length > 0),
);

/** A Kustomization of the platform that may bring the bindings of a namespace, from another repository. */
function platformOrigin(facts: ClusterFacts, namespace: string): PossibleOrigin | undefined {
  const flux = fluxNamespaceOf(facts);
  if (namespace === flux) return undefined;
  const origin = possibleOrigin(
    facts,
    bindingOf({ namespace, name: namespace }),
    ({ node, isForeign }) => !isForeign || node.identity.namespace !== flux,
  );
  return origin?.isLikely ? origin : undefined;
}

/** What may bring the binding of an account: not what acts as the account, or as another one outside of the platform. */
function bindingOrigin(facts: ClusterFacts, account: Account, of: GraphNode): PossibleOrigin | undefined {
  const flux = fluxNamespaceOf(facts);
  return possibleOrigin(
    facts,
    bindingOf(account),
    ({ node, isForeign }) => node === of || (isForeign && node.identity.namespace !== flux),
  );
}

function bindingOf({ namespace, name }: Account): ObjectIdentity {
  return { group: RBAC_GROUP, kind: 'RoleBinding', namespace, name };
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
