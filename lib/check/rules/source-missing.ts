import { missingReferences } from '../missing-reference';
import type { Rule } from '../rule';

/** A reference to a source that is not there. */
export const sourceMissing: Rule = {
  code: 'source-missing',
  severity: 'error',
  summary: 'A sourceRef or chartRef names a source that the cluster does not have',
  *check(context) {
    for (const facts of context.clusters) {
      yield* missingReferences(
        context,
        facts,
        ['source', 'chart'],
        'so there is nothing to build or install',
      );
    }
  },
};
