import { Construct, type IConstruct } from 'constructs';

/** The context that Jest and Vitest pass to a matcher. */
export interface MatcherContext {
  /** Whether two values are equal, with support for asymmetric matchers such as `expect.any(String)`. */
  equals(actual: unknown, expected: unknown): boolean;
}

/** The result of a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * The construct that a matcher or a function for tests got.
 *
 * @throws TypeError where it is something else
 */
export function requireConstruct(received: unknown, matcher: string): IConstruct {
  if (received && Construct.isConstruct(received)) return received;
  throw new TypeError(
    `${matcher} got ${describe(received)}; must be an app, a cluster, a FluxApp or another construct`,
  );
}

/** A value as a message names it. */
export function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return `an instance of ${value.constructor?.name ?? 'an unnamed class'}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** The result of a matcher that lists what is wrong; with `.not`, nothing being wrong is what failed. */
export function resultOf(problems: readonly string[], whenNegated: string): MatcherResult {
  return {
    pass: problems.length === 0,
    message: () => (problems.length === 0 ? whenNegated : problems.join('\n')),
  };
}
