import { apiOrders } from '../providers/api-order';
import { earlyReady } from '../providers/early-ready';
import type { Rule } from '../rule';

/** A custom resource that may be applied while the webhook that must let it through does not serve yet. */
export const webhookRace: Rule = {
  code: 'webhook-race',
  *check(context) {
    const early = apiOrders(context).guards.filter(({ state }) => state === 'unawaited');
    yield* earlyReady(early, ({ use }) => `whose webhook must let objects of ${use.group} through`);
  },
};
