import type { GraphNode } from '../../graph/graph';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import { groupBy } from '../../plain/group-by';
import { apiOrders, type ApiOrder } from '../providers/api-order';
import { RETRY_OF_SEVERAL, retryTime } from '../facts/retry-time';
import { listKinds } from '../providers/list-kinds';
import { mapOf } from '../../plain/plain-data';
import { earlyReady } from '../providers/early-ready';
import type { Rule, RuleFinding } from '../rule';

/** Up to this many Kustomizations are named one by one. */
const FEW = 4;

/** A custom resource that may be applied before its CRD is there. */
export const crdRace: Rule = {
  code: 'crd-race',
  *check(context) {
    const { apis, guards } = apiOrders(context);
    for (const orders of groupBy(apis, ({ provider }) => provider.node).values()) {
      const racing = orders.filter(({ state }) => state === 'unordered');
      const isHabit = racing.length > FEW && racing.length > orders.length / 2;
      yield* isHabit ? [habit(racing)] : racing.map(race);
    }
    const guarded = new Set(guards.filter(({ state }) => state === 'unawaited').map(({ use }) => use));
    const unawaited = apis.filter(({ state, use }) => state === 'unawaited' && !guarded.has(use));
    yield* earlyReady(unawaited, ({ use }) => `which installs the CRDs of ${use.group}`);
  },
};

function race(order: ApiOrder): RuleFinding {
  const { facts, use, provider } = order;
  const { owner, group, objects } = use;
  const parent = provider.owners.map((id) => facts.node(id)).find((node) => node !== undefined);
  const [first] = objects;
  const what = `${nameOf(provider.node.identity)}, which installs the CRD`;
  return {
    ...atNode(owner, 'spec.dependsOn'),
    locations: [...(atNode(owner).locations ?? []), ...(first ? [first.location] : [])],
    cause: `several Kustomizations apply objects of ${group}, but do not wait for ${what}: on a new cluster they fail until the CRD exists, and retry only after ${RETRY_OF_SEVERAL}`,
    message: `applies ${listKinds(objects)} of ${group}, but does not wait for ${what}: on a new cluster it fails until the CRD exists, and retries only after ${retryTime(owner)}`,
    hint: orderHint(order, parent),
  };
}

/** How a Kustomization comes to wait for a provider, which its own Kustomization and ResourceSet must wait for. */
function orderHint({ facts, use, provider }: ApiOrder, parent: GraphNode | undefined): string {
  const isEarly = (node: GraphNode | undefined) =>
    provider.how === 'chart' && mapOf(node?.object?.spec).wait !== true;
  const maker = facts.makerOf(provider.node);
  const isSetEarly = maker !== undefined && isEarly(maker);
  // An object that waits for its own parent never starts.
  if (parent && facts.isAppliedThrough(use.owner, parent))
    return `move ${nameOf((maker ?? provider.node).identity)}${isSetEarly ? ', with wait: true,' : ''} to its own Kustomization with wait: true, and add that one to spec.dependsOn`;
  const early = [...(isEarly(parent) ? ['that one'] : []), ...(isSetEarly ? [nameOf(maker.identity)] : [])];
  const wait = early.length === 0 ? '' : `, and set wait: true on ${early.join(' and ')}`;
  return `add ${nameOf((parent ?? provider.node).identity)} to spec.dependsOn${wait}`;
}

/** If most of them do not wait, the finding is at the provider. */
function habit(orders: readonly ApiOrder[]): RuleFinding {
  const [first] = orders;
  const { provider, use } = first as ApiOrder;
  const owners = [...new Set(orders.map((order) => order.use.owner))];
  const names = owners.slice(0, FEW).map(({ identity }) => JSON.stringify(identity.name));
  return {
    ...atNode(provider.node),
    locations: [provider.node, ...owners].flatMap(({ location }) => location ?? []),
    message: `${owners.length} Kustomizations (${names.join(', ')}, ...) apply objects of ${use.group}, but do not wait for ${nameOf(provider.node.identity)}, which installs the CRDs: on a new cluster they fail until the CRDs exist, and retry only after ${RETRY_OF_SEVERAL}`,
    hint: 'make them depend on the Kustomization that applies it, or apply the CRDs before all others',
  };
}
