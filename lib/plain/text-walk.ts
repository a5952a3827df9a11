import { isMap } from './plain-data';

/** A text in an object, and the way to it. */
export interface FoundText {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** All texts of a value, as deep as they are; those of keys are left out. */
export function* textsIn(value: unknown): Iterable<string> {
  const waiting: unknown[] = [value];
  // The list grows while it is walked.
  for (const current of waiting) {
    if (typeof current === 'string') yield current;
    if (typeof current !== 'object' || current === null) continue;
    for (const child of Object.values(current)) waiting.push(child);
  }
}

/**
 * All texts of a value that contain another.
 *
 * @param path - the way to the value, where it is a part of an object
 */
export function textsWith(value: unknown, part: string, path: FoundText['path'] = []): readonly FoundText[] {
  const found: FoundText[] = [];
  collect(value, part, [...path], found);
  return found;
}

/**
 * @param path - the path to the value, which changes while its parts are walked
 */
function collect(value: unknown, part: string, path: (string | number)[], found: FoundText[]): void {
  if (typeof value === 'string') {
    if (value.includes(part)) found.push({ path: [...path], text: value });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      path.push(index);
      collect(item, part, path, found);
      path.pop();
    }
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      path.push(key);
      collect(value[key], part, path, found);
      path.pop();
    }
  }
}
