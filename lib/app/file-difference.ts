import { isDeepStrictEqual } from 'node:util';
import type { PathPart } from '../plain/field-path';
import { isMap } from '../plain/plain-data';
import type { ManifestDocument, ManifestObject } from '../tree/manifest';
import { identityOf } from '../tree/manifest';

/** A field that two objects do not have alike. */
export interface FieldDifference {
  /** The keys and positions that lead to it. */
  readonly path: readonly PathPart[];
  /** Whether the first object has it. */
  readonly inFirst: boolean;
  /** Whether the second object has it. */
  readonly inSecond: boolean;
}

/** What two files with objects of one identity say of it. */
export interface ObjectPair {
  readonly first?: ManifestObject;
  readonly second?: ManifestDocument;
}

/** The objects of two files by identity, in the order of the first, then of the second. */
export function pairObjects(
  first: readonly ManifestDocument[],
  second: readonly ManifestDocument[],
): ObjectPair[] {
  const pairs = new Map<string, { first?: ManifestObject; second?: ManifestDocument }>();
  const count = new Map<string, number>();
  const keyOf = (side: string, object: ManifestObject): string => {
    const key = JSON.stringify(identityOf(object));
    const number = (count.get(side + key) ?? 0) + 1;
    count.set(side + key, number);
    return `${key} ${number}`;
  };
  for (const { object } of first) pairs.set(keyOf('first', object), { first: object });
  for (const document of second) {
    const key = keyOf('second', document.object);
    pairs.set(key, { ...pairs.get(key), second: document });
  }
  return [...pairs.values()];
}

/** The innermost fields in which two values differ, in the order of the first. */
export function fieldDifferences(
  first: unknown,
  second: unknown,
  path: readonly PathPart[] = [],
): FieldDifference[] {
  const isSame = (isMap(first) && isMap(second)) || (Array.isArray(first) && Array.isArray(second));
  if (!isSame && isDeepStrictEqual(first, second)) return [];
  if (!isSame) return [{ path, inFirst: first !== undefined, inSecond: second !== undefined }];
  const [a, b] = [first as Record<string, unknown>, second as Record<string, unknown>];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const isList = Array.isArray(first);
  return [...keys].flatMap((key) => fieldDifferences(a[key], b[key], [...path, isList ? Number(key) : key]));
}
