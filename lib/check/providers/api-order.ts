import type { AppliedObject, GraphNode } from '../../graph/graph';
import { listOf, mapOf } from '../../graph/plain-data';
import { Precedence } from '../../graph/precedence';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { ApiProviders, type ApiGuard, type ApiProvider } from './api-providers';
import { OutOfBand } from './out-of-band';

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

/** A use and what it should come after. */
export interface ApiOrder {
  readonly facts: ClusterFacts;
  readonly use: ApiUse;
  readonly state: UseState;
  /** What brings the CRD; the one that stands best to the use. */
  readonly provider: ApiProvider;
}

/** A use and the webhook that it should come after. */
export interface GuardOrder {
  readonly facts: ClusterFacts;
  readonly use: ApiUse;
  readonly state: UseState;
  readonly guard: ApiGuard;
}

/** The order of all custom resources of a repository against their CRDs and webhooks. */
export interface ApiOrders {
  readonly apis: readonly ApiOrder[];
  readonly guards: readonly GuardOrder[];
}

const known = new WeakMap<CheckContext, ApiOrders>();
const rank: readonly UseState[] = ['ordered', 'unawaited', 'unordered', 'reversed'];

/** Compares all custom resources with what brings their CRDs. Found once for each context. */
export function apiOrders(context: CheckContext): ApiOrders {
  const found = known.get(context) ?? findOrders(context);
  known.set(context, found);
  return found;
}

function findOrders(context: CheckContext): ApiOrders {
  const outOfBand = new OutOfBand(context.tree);
  const apis: ApiOrder[] = [];
  const guards: GuardOrder[] = [];
  for (const facts of context.clusters) {
    const providers = new ApiProviders(facts);
    const precedence = new Precedence(facts.cluster);
    for (const use of usesOf(facts, providers)) {
      const { owner, group } = use;
      const [guard] = providers.guardsOf(group);
      if (guard && !outOfBand.isBootstrapped(facts, guard)) {
        guards.push({ facts, use, guard, state: stateOf(facts, precedence, owner, { how: 'chart', ...guard }) });
      }
      const order = best(facts, use, providers, outOfBand, precedence);
      if (order) apis.push(order);
    }
  }
  return { apis, guards };
}

function best(
  facts: ClusterFacts,
  use: ApiUse,
  providers: ApiProviders,
  outOfBand: OutOfBand,
  precedence: Precedence,
): ApiOrder | undefined {
  const kind = use.objects[0]?.identity.kind ?? '';
  const candidates = providers.providersOf(use.group, kind);
  if (outOfBand.has(facts, use.group, kind)) return undefined;
  if (candidates.some((provider) => outOfBand.isBootstrapped(facts, provider))) return undefined;
  return candidates
    .map((provider) => ({ facts, use, provider, state: stateOf(facts, precedence, use.owner, provider) }))
    .sort((a, b) => rank.indexOf(a.state) - rank.indexOf(b.state))[0];
}

/** What each Kustomization applies of kinds that something in the cluster brings: by group, and kind where it matters. */
function usesOf(facts: ClusterFacts, providers: ApiProviders): ApiUse[] {
  return facts.kustomizations.flatMap((owner) => {
    if (!owner.build || owner.build.remoteCluster !== undefined) return [];
    const byKey = new Map<string, AppliedObject[]>();
    for (const applied of owner.build.inventory) {
      const { group, kind } = applied.identity;
      if (group === '' || group.endsWith('.toolkit.fluxcd.io')) continue;
      const candidates = providers.providersOf(group, kind);
      if (candidates.length === 0 && providers.guardsOf(group).length === 0) continue;
      const key = `${group} ${candidates.map(({ node }) => node.id).join(' ')}`;
      const objects = byKey.get(key);
      if (objects) objects.push(applied);
      else byKey.set(key, [applied]);
    }
    return [...byKey.values()].map((objects) => ({ owner, group: objects[0]?.identity.group ?? '', objects }));
  });
}

function stateOf(
  facts: ClusterFacts,
  precedence: Precedence,
  owner: GraphNode,
  { how, node, owners }: ApiProvider,
): UseState {
  const use = { id: owner.id, at: 'applied' } as const;
  // CRDs are applied before all else of their Kustomization.
  if (node.id === owner.id) return how === 'made' ? 'reversed' : 'ordered';
  const there = { id: node.id, at: how === 'chart' ? 'ready' : 'applied' } as const;
  if (precedence.follows(use, there)) return 'ordered';
  if (precedence.needs({ id: node.id, at: 'applied' }, use)) return 'reversed';
  const later = owners.find((id) => precedence.follows(use, { id, at: 'ready' }));
  if (how !== 'chart' || later === undefined) return 'unordered';
  // Health checks of a Deployment say as much as one of its HelmRelease.
  const checks = listOf(mapOf(facts.node(later)?.object?.spec).healthChecks);
  return checks.length > 0 ? 'ordered' : 'unawaited';
}
