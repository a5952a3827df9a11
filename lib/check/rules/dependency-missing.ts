import { missingDependencies } from '../facts/missing/missing-dependencies';
import type { Rule } from '../rule';

/** A `dependsOn` that names nothing. */
export const dependencyMissing: Rule = {
  code: 'dependency-missing',
  namesCause: true,
  *check(context) {
    for (const { finding } of missingDependencies(context))
      if (finding?.code === 'dependency-missing') yield finding;
  },
};
