import { atNode, nameOf } from '../at-node';
import { apiOrders, type ApiOrder } from '../providers/api-order';
import { listKinds } from '../providers/list-kinds';
import { earlyReady } from '../providers/early-ready';
import type { Rule, RuleFinding } from '../rule';

/** A custom resource that may be applied before its CRD is there. */
export const crdRace: Rule = {
  code: 'crd-race',
  severity: 'warning',
  summary: 'A custom resource may be applied before its CRD is there',
  *check(context) {
    const { apis, guards } = apiOrders(context);
    for (const order of apis) if (order.state === 'unordered') yield race(order);
    const guarded = new Set(guards.filter(({ state }) => state === 'unawaited').map(({ use }) => use));
    const unawaited = apis.filter(({ state, use }) => state === 'unawaited' && !guarded.has(use));
    yield* earlyReady(unawaited, ({ use }) => `the CRDs of ${use.group} come with it`);
  },
};

function race({ facts, use, provider }: ApiOrder): RuleFinding {
  const { owner, group, objects } = use;
  const parent = provider.owners.map((id) => facts.node(id)).find((node) => node !== undefined);
  const name = nameOf((parent ?? provider.node).identity);
  const [first] = objects;
  return {
    ...atNode(owner, 'spec.dependsOn'),
    locations: [...(atNode(owner).locations ?? []), ...(first ? [first.location] : [])],
    message: `applies ${listKinds(objects)} of ${group}, and does not wait for ${nameOf(provider.node.identity)}, with which the CRD comes: on a new cluster it fails until then, and tries again only after each retryInterval`,
    hint: `add ${name} to spec.dependsOn${provider.how === 'chart' ? ', and let that one wait' : ''}`,
  };
}
