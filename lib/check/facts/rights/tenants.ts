import { nodeId } from '../../../graph/node-id';
import type { GraphNode } from '../../../graph/graph';
import { FLUX_NAMESPACE, TENANT_LABEL } from '../../../kinds/names';
import { addToGroup } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import { mapOf, textOf } from '../../../plain/plain-data';
import type { Account } from '../../../rbac/bindings';
import type { ClusterFacts } from '../cluster-facts';

/** A Kustomization or HelmRelease that acts as an account in its own cluster. */
export interface Impersonator {
  readonly node: GraphNode;
  readonly account: Account;
}

/** An account of a tenant, and what acts as it. */
export interface TenantAccount {
  readonly account: Account;
  readonly nodes: readonly GraphNode[];
  /** Whether it has the label of a tenant, rather than only a repository of its own. */
  readonly isLabelled: boolean;
}

/** The namespace of the controllers: that of the source from which the cluster is synced. */
export function fluxNamespaceOf({ cluster }: ClusterFacts): string {
  return cluster.syncSource.namespace ?? FLUX_NAMESPACE;
}

/** The Kustomizations and HelmReleases of a cluster that are applied in it, with the account that they name. */
export const impersonators = once((facts: ClusterFacts): readonly Impersonator[] =>
  deliveries(facts).flatMap((node) => {
    const name = textOf(mapOf(node.object?.spec).serviceAccountName);
    return name === undefined ? [] : [{ node, account: { namespace: node.identity.namespace ?? '', name } }];
  }),
);

/** The Kustomizations and HelmReleases of a cluster whose objects go to the cluster itself. */
export const deliveries = once((facts: ClusterFacts): readonly GraphNode[] =>
  facts.nodes.filter(
    ({ type, object }) =>
      (type === 'kustomization' || type === 'helm-release') &&
      object !== undefined &&
      mapOf(object.spec).kubeConfig === undefined,
  ),
);

/**
 * The accounts of tenants: of what is not in Flux's own namespace and bears the label of a tenant, or comes from a repository
 * of its own. An account that serves several repositories belongs to no tenant.
 */
export const tenantAccounts = once((facts: ClusterFacts): readonly TenantAccount[] => {
  const flux = fluxNamespaceOf(facts);
  const byAccount = new Map<string, Impersonator[]>();
  for (const one of impersonators(facts)) {
    const { namespace, name } = one.account;
    if (namespace !== flux) addToGroup(byAccount, `${namespace}/${name}`, one);
  }
  return [...byAccount.values()].flatMap((ones) => {
    const [first] = ones;
    const nodes = ones.map(({ node }) => node);
    if (!first) return [];
    const { account } = first;
    const hasLabel = isLabelled(facts, nodes, account);
    return hasLabel || comeFromOnePlace(facts, nodes) ? [{ account, nodes, isLabelled: hasLabel }] : [];
  });
});

function isLabelled(facts: ClusterFacts, nodes: readonly GraphNode[], { namespace, name }: Account): boolean {
  return [
    ...nodes.map(({ object }) => object),
    applied(facts, { group: '', kind: 'ServiceAccount', namespace, name }),
    applied(facts, { group: '', kind: 'Namespace', name: namespace }),
  ].some((object) => mapOf(object?.metadata?.labels)[TENANT_LABEL] !== undefined);
}

/** Whether there are Kustomizations with the contents of another repository, all of the same one, and none of this one. */
function comeFromOnePlace(facts: ClusterFacts, nodes: readonly GraphNode[]): boolean {
  if (nodes.some(({ build }) => build?.source === 'repository')) return false;
  const outside = nodes.filter(({ build }) => build?.source === 'outside');
  const addresses = outside.map(({ id }) => {
    const source = facts.edgesFrom(id, 'source')[0]?.to ?? '';
    return textOf(mapOf(facts.node(source)?.object?.spec).url) ?? source;
  });
  return new Set(addresses).size === 1;
}

function applied(facts: ClusterFacts, identity: GraphNode['identity']): GraphNode['object'] {
  return facts.objects.get(nodeId(identity))?.[0]?.object;
}
