import type { UsableVariables } from './variable-printer';

/**
 * The variables of a directory that any Kustomization may apply: what they are, and whether Flux substitutes there at
 * all, is known only where it is applied. So each may be used, and no other text is escaped.
 */
export const UNKNOWN_VARIABLES: UsableVariables = {
  isActive: false,
  define: () => ({}),
  has: () => false,
  likely: () => undefined,
  imply: () => false,
};
