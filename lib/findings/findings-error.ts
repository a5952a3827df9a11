import { authorsStack, DEBUG_VARIABLE } from './authors-stack';
import { byCause } from './causes';
import { printWhenUncaught } from './print-uncaught';
import type { Finding, OwnFindingInput } from './finding';
import { finding } from './finding';
import { formatFinding } from './format';

const FINDINGS_ERROR = Symbol.for('cdk8s-flux.FindingsError');

/**
 * An error with findings. Its message contains all of them as text; `findings` has them as data. Its stack contains
 * only the lines of your code, unless `CDK8S_FLUX_DEBUG` is set.
 */
export class FindingsError extends Error {
  /** Whether a value is a `FindingsError`, including one from another copy of this package. */
  static isFindingsError(value: unknown): value is FindingsError {
    return value instanceof Error && FINDINGS_ERROR in value;
  }

  /** The findings; at least one. */
  declare readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[], options?: { readonly cause?: unknown }) {
    super(byCause(findings).map(formatFinding).join('\n'), options);
    this.name = 'FindingsError';
    // Not enumerable: Node prints all enumerable properties of an uncaught error, and the message already contains
    // this.
    Object.defineProperty(this, 'findings', { value: findings });
    Object.defineProperty(this, FINDINGS_ERROR, { value: true });
    if (this.stack !== undefined && !process.env[DEBUG_VARIABLE]) this.stack = authorsStack(this.stack);
    printWhenUncaught();
  }
}

/** Throws a single error finding. */
export function fail(input: Omit<OwnFindingInput, 'severity'>): never {
  throw new FindingsError([finding({ ...input, severity: 'error' })]);
}

/** Throws all findings when at least one of them is an error; otherwise does nothing. */
export function throwErrors(findings: readonly Finding[]): void {
  if (findings.some((found) => found.severity === 'error')) throw new FindingsError(findings);
}
