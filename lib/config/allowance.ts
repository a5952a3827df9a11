import type { Finding } from '../findings/finding';
import { isBelow } from '../tree/path';

/** The code of what is allowed for one object of one file only. */
export const PLAINTEXT_SECRET = 'plaintext-secret';

/** A finding that is known and accepted. */
export interface Allowance {
  /** The code of the finding. */
  readonly code: string;
  /**
   * The object, as `Kind/namespace/name`, or `Kind/name` without a namespace. `plaintext-secret` needs it.
   *
   * @default - any object
   */
  readonly object?: string;
  /**
   * The file, or a folder above it, from the root of the repository. `plaintext-secret` needs it, and takes no folder.
   *
   * @default - any file
   */
  readonly file?: string;
  /**
   * The field, for example `spec.dependsOn[0]`, or one around it.
   *
   * @default - any field
   */
  readonly field?: string;
  /** Why it is accepted. */
  readonly reason: string;
}

/** Findings, parted by whether they are allowed. */
export interface Sifted {
  /** Those that are not allowed. */
  readonly kept: readonly Finding[];
  /** How many are allowed. */
  readonly allowed: number;
  /** The positions of allowances that fit no finding. */
  readonly unused: readonly number[];
}

/** Parts findings by whether they are allowed. */
export function siftAllowed(findings: readonly Finding[], allow: readonly Allowance[]): Sifted {
  const used = new Set<number>();
  const kept = findings.filter((found) => {
    const fitting = [...allow.keys()].filter((index) => fits(found, allow[index] as Allowance));
    for (const index of fitting) used.add(index);
    return fitting.length === 0;
  });
  const unused = [...allow.keys()].filter((index) => !used.has(index));
  return { kept, allowed: findings.length - kept.length, unused };
}

function fits(found: Finding, { code, object, file, field }: Allowance): boolean {
  return (
    found.code === code &&
    (object === undefined || nameOf(found) === object) &&
    (file === undefined || isIn(found, file.replace(/^\.?\/+|(?<!\/)\/+$/g, ''))) &&
    (code !== PLAINTEXT_SECRET || (object !== undefined && file !== undefined)) &&
    (field === undefined || isWithin(found.field ?? '', field))
  );
}

function nameOf({ object }: Finding): string | undefined {
  return object && [object.kind, object.namespace, object.name].filter(Boolean).join('/');
}

/**
 * Whether one of the finding's places is in a file, or in a file below a folder. Secrets cannot be allowed for a
 * folder.
 */
function isIn({ code, locations }: Finding, path: string): boolean {
  return locations.some(({ file }) =>
    code === PLAINTEXT_SECRET ? file === path : file !== undefined && isBelow(file, path),
  );
}

/** Whether a field is another one, or is inside it. */
function isWithin(field: string, outer: string): boolean {
  return field.startsWith(outer) && ['', '.', '['].includes(field.charAt(outer.length));
}
