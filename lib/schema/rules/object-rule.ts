import type { PathPart } from '../field-path';
import type { Report } from '../report';

/** Looks at one object for what its schema does not say. Nothing is taken for granted of the object's form. */
export type ObjectRule = (object: Readonly<Record<string, unknown>>, report: Report) => void;

/** A text that stands in an object. */
export interface FoundText {
  readonly text: string;
  readonly path: readonly PathPart[];
}

/**
 * The texts at a path such as `spec.dependsOn[].readyExpr`; `[]` is every item of a list. Variables that Flux
 * substitutes later are left out, and so is what is no text: the schema speaks of that.
 */
export function textsAt(object: unknown, path: string, report: Report): FoundText[] {
  return valuesAt(object, path).flatMap(({ value, path: where }) =>
    typeof value === 'string' && !report.isPlaceholder(value) ? [{ text: value, path: where }] : [],
  );
}

/** The values at a path, of any type; absent ones are left out. */
export function valuesAt(object: unknown, path: string): { value: unknown; path: readonly PathPart[] }[] {
  let found: { value: unknown; path: readonly PathPart[] }[] = [{ value: object, path: [] }];
  for (const step of path.split('.')) {
    const name = step.replace(/\[\]$/, '');
    const next: typeof found = [];
    for (const { value, path: where } of found) {
      const below = field(value, name);
      if (below === undefined) continue;
      if (name === step) next.push({ value: below, path: [...where, name] });
      else if (Array.isArray(below)) {
        below.forEach((item: unknown, index) => next.push({ value: item, path: [...where, name, index] }));
      }
    }
    found = next;
  }
  return found;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
