import { addToGroup, groupBy } from '../../plain/group-by';
import { isFluxGroup } from '../../kinds/groups';
import type { AppliedObject, GraphNode } from '../../graph/graph';
import { listOf, mapOf } from '../../plain/plain-data';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { once } from '../../plain/once';
import { apiProviders, type ApiProvider, type ApiProviders } from './api-providers';
import { outOfBand } from './out-of-band';

/** The custom resources of one group that a Kustomization applies. */
export interface ApiUse {
  readonly owner: GraphNode;
  readonly group: string;
  /** The objects, at least one. */
  readonly objects: readonly AppliedObject[];
}

/**
 * How a use stands to what brings its CRD. `ordered`: it comes later. `unawaited`: it comes later than the
 * Kustomization of the HelmRelease, which does not wait for the release. `unordered`: either may be first.
 * `reversed`: it comes earlier, so that neither is ever applied.
 */
export type UseState = 'ordered' | 'unawaited' | 'unordered' | 'reversed';

/** A use and what it should come after: what brings its CRD, or the webhook that must let it through. */
export interface ApiOrder {
  readonly facts: ClusterFacts;
  readonly use: ApiUse;
  readonly state: UseState;
  /** What it should come after; of several, the one that stands best to the use. */
  readonly provider: ApiProvider;
  /** Where it is `unawaited`, the Kustomization that is ready too early; else one that applies the provider. */
  readonly early: GraphNode;
  /** Whether the repository bootstraps something before Flux, so that CRDs may come from there as well. */
  readonly isBootstrapped: boolean;
}

/** The order of all custom resources of a repository against their CRDs and webhooks. */
export interface ApiOrders {
  /** Against what brings the CRDs. */
  readonly apis: readonly ApiOrder[];
  /** Against the webhooks; without uses that race with their CRD as well. */
  readonly guards: readonly ApiOrder[];
}

/** If each tenant installs an operator, nobody can tell which one is meant, and comparing with all would take long. */
const MANY = 10;
const rank: readonly UseState[] = ['ordered', 'unawaited', 'unordered', 'reversed'];

/** Compares all custom resources with what brings their CRDs. Found once for each context. */
export const apiOrders = once((context: CheckContext): ApiOrders => {
  const apis: ApiOrder[] = [];
  const guards: ApiOrder[] = [];
  for (const facts of context.clusters) {
    const providers = apiProviders(facts);
    const uses = usesOf(facts, providers);
    if (uses.length === 0) continue;
    const known = outOfBand(context);
    const comparison = new Comparison(facts, known.hasBootstrap, usersByGroup(uses));
    const isNew = (provider: ApiProvider) => !known.isBootstrapped(facts, provider);
    for (const use of uses) {
      const kind = use.objects[0]?.identity.kind ?? '';
      const guarding = providers.guardsOf(use.group).filter(isNew);
      const candidates = providers.providersOf(use.group, kind);
      const isThere = known.has(facts, use.group, kind) || !candidates.every(isNew);
      const [api] = isThere ? [] : comparison.best(use, candidates);
      if (api) apis.push(api);
      if (api?.state === 'unordered' || api?.state === 'reversed') continue;
      guards.push(...comparison.best(use, guarding));
    }
  }
  return { apis, guards };
});

/** The Kustomizations of which a rule says that they are ready too early for custom resources. */
export function earlyKustomizations(context: CheckContext): ReadonlySet<GraphNode> {
  const { apis, guards } = apiOrders(context);
  return new Set([...apis, ...guards].filter(({ state }) => state === 'unawaited').map(({ early }) => early));
}

/**
 * What each Kustomization applies of kinds that something in the cluster installs: by group, and by kind if it matters.
 */
function usesOf(facts: ClusterFacts, providers: ApiProviders): ApiUse[] {
  if (providers.areNone) return [];
  return facts.kustomizations.flatMap((owner) => {
    const isApplied = owner.build?.remoteCluster === undefined && mapOf(owner.object?.spec).suspend !== true;
    if (!owner.build || !isApplied) return [];
    const byKey = new Map<string, AppliedObject[]>();
    for (const applied of owner.build.inventory) {
      const { group, kind } = applied.identity;
      // The operator tries again until the API server knows the kind.
      if (group === '' || isFluxGroup(group) || applied.madeBy !== undefined) continue;
      const candidates = providers.providersOf(group, kind);
      if (candidates.length === 0 && providers.guardsOf(group).length === 0) continue;
      const key = `${group} ${candidates.map(({ node }) => node.id).join(' ')}`;
      addToGroup(byKey, key, applied);
    }
    return [...byKey.values()].map((objects) => ({
      owner,
      group: objects[0]?.identity.group ?? '',
      objects,
    }));
  });
}

/** The Kustomizations that apply custom resources of each group. */
function usersByGroup(uses: readonly ApiUse[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = groupBy(uses, ({ group }) => group);
  return new Map(
    [...groups].map(([group, members]) => [group, new Set(members.map(({ owner }) => owner.id))]),
  );
}

/** Compares the uses in a cluster with the providers that must come before them. */
class Comparison {
  constructor(
    private readonly facts: ClusterFacts,
    private readonly isBootstrapped: boolean,
    private readonly users: ReadonlyMap<string, ReadonlySet<string>>,
  ) {}

  /** The order to the provider with the best order to a use; `undefined` if there is no provider. */
  best(use: ApiUse, providers: readonly ApiProvider[]): ApiOrder[] {
    if (providers.length > MANY) return [];
    return providers
      .map((provider) => this.compare(use, provider))
      .sort((a, b) => rank.indexOf(a.state) - rank.indexOf(b.state))
      .slice(0, 1);
  }

  private compare(use: ApiUse, provider: ApiProvider): ApiOrder {
    const { node, owners } = provider;
    const moment = { id: use.owner.id, at: 'applied' } as const;
    const early = owners.find((id) => this.facts.precedence.follows(moment, { id, at: 'ready' }));
    const order = {
      facts: this.facts,
      isBootstrapped: this.isBootstrapped,
      use,
      provider,
      early: this.facts.node(early ?? owners[0] ?? '') ?? node,
    };
    const state = this.stateOf(use, provider);
    // What is not a chart is there once its own Kustomization is ready, so that its state is known by now.
    if (state !== 'unordered' || early === undefined) return { ...order, state };
    return { ...order, state: isEarly(order.early) ? 'unawaited' : 'ordered' };
  }

  private stateOf({ owner, group }: ApiUse, { how, node, owners }: ApiProvider): UseState {
    const use = { id: owner.id, at: 'applied' } as const;
    // Flux applies CRDs before everything else in their Kustomization.
    if (node.id === owner.id) return how === 'made' ? 'reversed' : 'ordered';
    const there = { id: node.id, at: how === 'chart' ? 'ready' : 'applied' } as const;
    if (this.facts.precedence.follows(use, there)) return 'ordered';
    // If several Kustomizations apply the provider, it is there once one of them can be applied.
    const needsUse = (id: string) => this.facts.precedence.needs({ id, at: 'applied' }, use);
    const isReversed = owners.includes(owner.id)
      ? owners.every((id) => this.users.get(group)?.has(id) === true || needsUse(id))
      : needsUse(node.id);
    return isReversed ? 'reversed' : 'unordered';
  }
}

/**
 * Whether a Kustomization waits for nothing. Health checks of a Deployment count as much as those of its HelmRelease.
 */
function isEarly({ object }: GraphNode): boolean {
  return listOf(mapOf(object?.spec).healthChecks).length === 0;
}
