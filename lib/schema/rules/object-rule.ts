import type { PathPart } from '../../plain/field-path';
import type { Report } from '../report';

/** Looks at one object for what its schema does not say. Nothing is taken for granted of the object's form. */
export type ObjectRule = (object: Readonly<Record<string, unknown>>, report: Report) => void;

/** A text that stands in an object. */
export interface FoundText {
  readonly text: string;
  readonly path: readonly PathPart[];
}

/** A value that stands in an object. */
export interface FoundValue {
  readonly value: unknown;
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
export function valuesAt(object: unknown, path: string): FoundValue[] {
  if (!mayHold(object, path)) return [];
  let found: FoundValue[] = [{ value: object, path: [] }];
  for (const { name, isList } of stepsOf(path)) {
    const next: FoundValue[] = [];
    for (const { value, path: where } of found) {
      const below = field(value, name);
      if (below === undefined) continue;
      if (!isList) next.push({ value: below, path: [...where, name] });
      else if (Array.isArray(below)) {
        below.forEach((item: unknown, index) => next.push({ value: item, path: [...where, name, index] }));
      }
    }
    if (next.length === 0) return next;
    found = next;
  }
  return found;
}

/**
 * Whether there is a value at a path, up to its first list. Most rules ask for fields that most objects do not have.
 */
function mayHold(object: unknown, path: string): boolean {
  let value = object;
  for (const { name, isList } of stepsOf(path)) {
    value = field(value, name);
    if (value === undefined) return false;
    if (isList) return true;
  }
  return true;
}

/** Whether a path holds more than nothing: no `null`, and no empty text. */
export function isGiven(object: unknown, path: string): boolean {
  return valuesAt(object, path).some(({ value }) => value !== null && value !== '');
}

interface Step {
  readonly name: string;
  readonly isList: boolean;
}

const steps = new Map<string, readonly Step[]>();

/** The parts of a path, cached because rules use the same few paths again and again. */
function stepsOf(path: string): readonly Step[] {
  let known = steps.get(path);
  if (!known) {
    known = path.split('.').map((part) => ({ name: part.replace(/\[\]$/, ''), isList: part.endsWith('[]') }));
    steps.set(path, known);
  }
  return known;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
