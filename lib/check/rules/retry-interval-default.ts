import { durationSeconds, formatSeconds } from '../../plain/duration';
import type { GraphNode } from '../../graph/graph';
import { mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { Rule } from '../rule';

/** Intervals up to this are short enough for retries. */
const SHORT_SECONDS = 300;

/** Kustomizations that try again only after their interval. */
export const retryIntervalDefault: Rule = {
  code: 'retry-interval-default',
  *check({ clusters }) {
    for (const { kustomizations } of clusters) {
      const slow = kustomizations.filter(
        // Bootstrap writes the Kustomization of the entry path.
        (node) => node.state === 'applied' && intervalOf(node) > SHORT_SECONDS,
      );
      const [first] = slow;
      if (!first) continue;
      const longest = formatSeconds(Math.max(...slow.map(intervalOf)));
      const who = `this Kustomization ${slow.length === 1 ? 'has' : `and ${slow.length - 1} more have`}`;
      yield {
        ...atNode(first, 'spec.interval'),
        message: `${who} no retryInterval, so Flux retries a failed reconciliation only after the interval, up to ${longest}`,
        hint: 'set spec.retryInterval, for example to 2m',
      };
    }
  },
};

/** The interval after which a Kustomization retries; 0 if it sets another one. */
function intervalOf({ object }: GraphNode): number {
  const { interval, retryInterval } = mapOf(object?.spec);
  return retryInterval === undefined ? (durationSeconds(interval) ?? 0) : 0;
}
