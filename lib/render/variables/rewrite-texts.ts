import type { PathPart } from '../../plain/field-path';

/** Whether a text in plain data, keys too, passes a test. */
export function someText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value);
  if (typeof value !== 'object' || value === null) return false;
  for (const key in value) {
    if (test(key) || someText((value as Record<string, unknown>)[key], test)) return true;
  }
  return false;
}

/**
 * Visits every text in plain data, keys too.
 *
 * @param visit - gets a text and the keys that lead to it
 */
export function visitTexts(
  value: unknown,
  visit: (text: string, path: readonly PathPart[]) => void,
  path: readonly PathPart[] = [],
): void {
  if (typeof value === 'string') visit(value, path);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => visitTexts(item, visit, [...path, index]));
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const here = [...path, key];
    visit(key, here);
    visitTexts(child, visit, here);
  }
}

/**
 * A copy of plain data with every text in it rewritten, keys too.
 *
 * @param rewrite - gets a text and the keys that lead to it
 */
export function rewriteTexts<Value>(
  value: Value,
  rewrite: (text: string, path: readonly PathPart[]) => string,
  path: readonly PathPart[] = [],
): Value {
  if (typeof value === 'string') return rewrite(value, path) as Value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => rewriteTexts(item, rewrite, [...path, index])) as Value;
  }
  const entries = Object.entries(value).map(([key, child]: [string, unknown]) => {
    const here = [...path, key];
    return [rewrite(key, here), rewriteTexts(child, rewrite, here)];
  });
  return Object.fromEntries(entries) as Value;
}
