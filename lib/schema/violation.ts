import type { Severity } from '../findings/finding';

/** What can be wrong with an object. Codes are stable; each has a section in the documentation. */
export type ViolationCode =
  | 'annotation-invalid'
  | 'removed-api'
  | 'cel-invalid'
  | 'commit-template-invalid'
  | 'credentials-missing'
  | 'dependency-on-itself'
  | 'field-ignored'
  | 'helm-values-invalid'
  | 'image-invalid'
  | 'kind-unknown'
  | 'label-invalid'
  | 'label-selector-invalid'
  | 'metadata-invalid'
  | 'name-invalid'
  | 'namespace-invalid'
  | 'object-duplicate'
  | 'policy-missing'
  | 'provider-incomplete'
  | 'regex-invalid'
  | 'release-name-conflict'
  | 'schema-duplicate-item'
  | 'schema-enum'
  | 'schema-format'
  | 'schema-null'
  | 'schema-pattern'
  | 'schema-range'
  | 'schema-required'
  | 'schema-rule'
  | 'schema-type'
  | 'schema-unknown-field'
  | 'semver-invalid'
  | 'url-invalid'
  | 'values-invalid'
  | 'values-schema-invalid';

/** One thing that the API server or a Flux controller would refuse, or get wrong. */
export interface Violation {
  readonly code: ViolationCode;
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
  /** @default 'error' */
  readonly severity?: Severity;
}
