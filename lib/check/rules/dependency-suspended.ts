import { waitsForSuspended } from '../../graph/order/reconciliations';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { Rule } from '../rule';

/** A dependency on a suspended Kustomization of the same source. */
export const dependencySuspended: Rule = {
  code: 'dependency-suspended',
  namesCause: true,
  *check(context) {
    for (const cluster of context.clusters) {
      for (const { from, to, field } of cluster.edges('depends-on')) {
        const [source, target] = [cluster.node(from), cluster.node(to)];
        if (!source || !target || !waitsForSuspended(source, target)) continue;
        yield {
          ...atNode(source, field),
          message: `waits for ${nameOf(target.identity)}, which is suspended, so it never gets the next revision of their source`,
          hint: `remove suspend from ${JSON.stringify(target.identity.name)}, or remove the dependency`,
        };
      }
    }
  },
};
