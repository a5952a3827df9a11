import { isMap } from './plain-data';

/** A text in an object, and the way to it. */
export interface FoundText {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** All texts of an object that contain another. */
export function* textsWith(value: unknown, part: string, path: FoundText['path'] = []): Iterable<FoundText> {
  if (typeof value === 'string') {
    if (value.includes(part)) yield { path, text: value };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsWith(item, part, [...path, index]);
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) yield* textsWith(value[key], part, [...path, key]);
  }
}
