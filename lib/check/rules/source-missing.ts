import { missingReferences } from '../facts/missing/missing-reference';
import type { Rule } from '../rule';

/** A reference to a source that is not there. */
export const sourceMissing: Rule = {
  code: 'source-missing',
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
