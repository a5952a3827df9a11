import { fieldPath, type PathPart } from '../plain/field-path';
import { isMap } from '../plain/plain-data';

/** Whether two values are equal. */
export type Equals = (actual: unknown, expected: unknown) => boolean;

/**
 * Where an object does not have what is expected of it, one line a field. Fields that are not expected are left alone;
 * lists are compared item by item, and have as many items as expected.
 */
export function partialDifferences(actual: unknown, expected: unknown, equals: Equals): readonly string[] {
  const found: string[] = [];
  compare(actual, expected, [], { equals, found });
  return found;
}

interface Comparison {
  readonly equals: Equals;
  readonly found: string[];
}

function compare(
  actual: unknown,
  expected: unknown,
  path: readonly PathPart[],
  comparison: Comparison,
): void {
  const { equals, found } = comparison;
  if (isPlainMap(expected) && isMap(actual)) {
    for (const key of Object.keys(expected)) compare(actual[key], expected[key], [...path, key], comparison);
  } else if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (const [index, item] of expected.entries())
      compare(actual[index], item, [...path, index], comparison);
  } else if (!equals(actual, expected)) {
    found.push(`${fieldPath(path) || 'the object'}: expected ${shown(expected)}, got ${shown(actual)}`);
  }
}

/** Asymmetric matchers such as `expect.stringContaining` compare the value as a whole. */
function isPlainMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMap(value) && !('asymmetricMatch' in value);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null && 'asymmetricMatch' in value) return String(value);
  return JSON.stringify(value);
}
