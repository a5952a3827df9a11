import { listOf, mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { Rule } from '../rule';

/** `healthChecks` beside `wait: true`. */
export const healthCheckIgnored: Rule = {
  code: 'health-check-ignored',
  *check({ clusters }) {
    for (const node of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      const { wait, healthChecks } = mapOf(node.object?.spec);
      if (wait !== true || listOf(healthChecks).length === 0) continue;
      yield {
        ...atNode(node, 'spec.healthChecks'),
        message: 'ignored, because wait: true waits for everything that is applied, and for nothing else',
        hint: 'remove healthChecks, or remove wait to wait only for these objects',
      };
    }
  },
};
