import { nodeId } from '../../graph/node-id';
import type { GraphNode } from '../../graph/graph';
import { FLUX_NAMESPACE, TENANT_LABEL } from '../../kinds/names';
import { addToGroup } from '../../plain/group-by';
import { once } from '../../plain/once';
import { mapOf, textOf } from '../../plain/plain-data';
import type { Account } from '../../rbac/bindings';
import type { ClusterFacts } from './cluster-facts';

/** A Kustomization or HelmRelease that acts as an account in its own cluster. */
export interface Impersonator {
  readonly node: GraphNode;
  readonly account: Account;
}

/** An account of a tenant, and what acts as it. */
export interface TenantAccount {
  readonly account: Account;
  readonly nodes: readonly GraphNode[];
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
 * The accounts of tenants: of what is not in Flux's own namespace and comes from a repository of its own, or bears the label
 * of a tenant.
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
    const isTenant = first && ones.some(({ node }) => isTenants(facts, node, first.account));
    return isTenant ? [{ account: first.account, nodes: ones.map(({ node }) => node) }] : [];
  });
});

function isTenants(facts: ClusterFacts, node: GraphNode, { namespace, name }: Account): boolean {
  const labelled = [
    node.object,
    applied(facts, { group: '', kind: 'ServiceAccount', namespace, name }),
    applied(facts, { group: '', kind: 'Namespace', name: namespace }),
  ].some((object) => mapOf(object?.metadata?.labels)[TENANT_LABEL] !== undefined);
  return labelled || node.build?.source === 'outside';
}

function applied(facts: ClusterFacts, identity: GraphNode['identity']): GraphNode['object'] {
  return facts.objects.get(nodeId(identity))?.[0]?.object;
}
