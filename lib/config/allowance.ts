import type { Finding } from '../findings/finding';

/** A finding that is known and accepted. */
export interface Allowance {
  /** The code of the finding. */
  readonly code: string;
  /**
   * The object, as `Kind/namespace/name`, or `Kind/name` without a namespace.
   *
   * @default - any object
   */
  readonly object?: string;
  /** Why it is accepted. */
  readonly reason: string;
}

/** The findings that are not allowed. */
export function withoutAllowed(findings: readonly Finding[], allow: readonly Allowance[]): Finding[] {
  return findings.filter((found) => !allow.some((allowance) => fits(found, allowance)));
}

function fits({ code, object }: Finding, allowance: Allowance): boolean {
  if (code !== allowance.code) return false;
  if (allowance.object === undefined) return true;
  if (!object) return false;
  return [object.kind, object.namespace, object.name].filter(Boolean).join('/') === allowance.object;
}
