import type { ChangeClass } from './change';
import type { ClassFacts } from './class-facts/facts';
import { LOSSES } from './class-facts/losses';
import { ROLLOUT } from './class-facts/rollout';
import { TRUST } from './class-facts/trust';

/** The classes of changes by the section of `docs/diff-classes.md` that they are in. */
export const CLASS_SECTIONS = {
  'What is lost, or fails': LOSSES,
  'Who may do what, and who sees what': TRUST,
  'What runs, and when': ROLLOUT,
} as const;

/** What is known of each class of changes. */
export const CLASS_FACTS: Readonly<Record<ChangeClass, ClassFacts>> = { ...LOSSES, ...TRUST, ...ROLLOUT };
