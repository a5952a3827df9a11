import { missingReferences } from '../facts/missing/missing-reference';
import type { Rule } from '../rule';

/** An ImagePolicy whose ImageRepository does not exist. */
export const imageRepositoryMissing: Rule = {
  code: 'image-repository-missing',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      yield* missingReferences(context, facts, ['image'], 'so the policy never chooses an image');
    }
  },
};
