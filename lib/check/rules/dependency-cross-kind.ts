import { missingDependencies } from '../facts/missing/missing-dependencies';
import type { Rule } from '../rule';

/** A `dependsOn` that names an object of the other kind. */
export const dependencyCrossKind: Rule = {
  code: 'dependency-cross-kind',
  *check(context) {
    for (const { finding } of missingDependencies(context))
      if (finding?.code === 'dependency-cross-kind') yield finding;
  },
};
