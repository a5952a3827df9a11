import type { FindingCode } from '../findings/codes';
import type { Severity } from '../findings/finding';

/** One thing that the API server or a Flux controller would refuse, or get wrong. */
export interface Violation {
  readonly code: FindingCode;
  /** `warning` where the object is accepted but does not do what it says. */
  readonly severity: Severity;
  /** The field, for example `spec.dependsOn[0].name`; empty for the whole object. */
  readonly field: string;
  /**
   * What stands there, as JSON.
   *
   * @default - nothing stands there, it is no scalar, or it may be a secret
   */
  readonly got?: string;
  /** What is wrong: lower case, no full stop, never a secret. */
  readonly message: string;
  /**
   * How to fix it.
   *
   * @default - no hint
   */
  readonly hint?: string;
}

/** A violation before its severity is completed. */
export interface ViolationInput extends Omit<Violation, 'severity' | 'field'> {
  /** @default - as bad as its code */
  readonly severity?: Severity;
}
