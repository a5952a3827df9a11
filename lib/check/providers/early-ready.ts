import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import { cutList, firstNames, namesAnd } from '../../plain/first-names';
import { groupBy } from '../../plain/group-by';
import type { GraphNode } from '../../graph/graph';
import { mapOf } from '../../plain/plain-data';
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
    const all = new Set([first, ...more].map((order) => nameOf(order.provider.node.identity)));
    const releases = cutList([...all]);
    const also = firstNames([...all].slice(1));
    // Such a child is ready after its parent, which must not wait for everything that it applies.
    const isParent = [first, ...more].some(({ facts, use: { owner } }) =>
      facts.isAppliedThrough(owner, early),
    );
    const others = new Set([first, ...more].map((order) => order.use.owner)).size - 1;
    const user = `${nameOf(use.owner.identity)}${others > 0 ? ` and ${others} more` : ''}`;
    const place = use.owner.location;
    const maker = first.facts.makerOf(provider.node);
    yield {
      ...atNode(early, 'spec.wait'),
      locations: [...(atNode(early).locations ?? []), ...(place ? [place] : [])],
      message: `${nameOf(early.identity)} is ready before ${release}, ${why(first)}: ${listKinds(use.objects)} of ${user}, which ${others > 0 ? 'wait' : 'waits'} for it, may be refused at first${also === '' ? '' : `; the same holds for ${also}`}`,
      hint: isParent
        ? `list ${namesAnd(releases.shown, releases.more)} in healthChecks; with wait: true, it would wait for objects that wait for it`
        : `set wait: true${ofSet(early, maker)}, or name ${namesAnd(releases.shown, releases.more)} in healthChecks`,
    };
  }
}

/** Flux waits for a ResourceSet; only this waits for what the operator creates from it. */
function ofSet({ object }: GraphNode, maker: GraphNode | undefined): string {
  if (!maker) return '';
  const name = nameOf(maker.identity);
  return mapOf(object?.spec).wait === true ? ` in ${name}` : ` here and in ${name}`;
}
