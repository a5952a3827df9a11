import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import { groupBy } from '../../plain/group-by';
import type { RuleFinding } from '../rule';
import type { ApiOrder } from './api-order';
import { listKinds } from './list-kinds';

/** Says of each Kustomization that is ready too early, once, for whom that matters. */
export function* earlyReady(
  orders: Iterable<ApiOrder>,
  why: (order: ApiOrder) => string,
): Iterable<RuleFinding> {
  for (const [early, [first, ...more]] of groupBy(orders, (order) => order.early)) {
    if (!first) continue;
    const { provider, use } = first;
    const release = nameOf(provider.node.identity);
    // Such a child is ready after its parent, which must not wait for everything that it applies.
    const isParent = [first, ...more].some(({ facts, use: { owner } }) =>
      facts.isAppliedThrough(owner, early),
    );
    const others = new Set([first, ...more].map((order) => order.use.owner)).size - 1;
    const user = `${nameOf(use.owner.identity)}${others > 0 ? ` and ${others} more` : ''}`;
    const place = use.owner.location;
    yield {
      ...atNode(early, 'spec.wait'),
      locations: [...(atNode(early).locations ?? []), ...(place ? [place] : [])],
      message: `it is ready before ${release} is, and ${why(first)}: ${listKinds(use.objects)} of ${user}, which waits for it, may be refused at first`,
      hint: isParent
        ? `list ${release} in healthChecks; with wait: true, it would wait for objects that wait for it`
        : `set wait: true, or name ${release} in healthChecks`,
    };
  }
}
