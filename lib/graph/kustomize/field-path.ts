import { isMap, mapList, withEntry, type PlainMap } from '../plain-data';

/** A field of some kinds, as kustomize's configuration names it: keys with `/` between them, lists passed through. */
export interface FieldSpec {
  /** The path, for example `spec/template/metadata/labels`. A `/` inside a key is written `\/`. */
  readonly path: string;
  /**
   * The kind that has it.
   *
   * @default - every kind
   */
  readonly kind?: string;
  /**
   * The API group that has it.
   *
   * @default - every group
   */
  readonly group?: string;
  /**
   * Whether maps on the way are made where there are none.
   *
   * @default false
   */
  readonly create?: boolean;
}

/** Splits a path into its keys. A key that ends in `[]` is a list, which is never made. */
export function splitFieldPath(path: string): string[] {
  return path
    .split(/(?<!\\)\//)
    .filter((key) => key !== '')
    .map((key) => key.replaceAll('\\/', '/'));
}

/**
 * A copy of a value in which what stands at some keys is changed; lists on the way are passed through.
 *
 * @param change - gets `undefined` where `create` and nothing is there
 */
export function changeAt(
  value: unknown,
  keys: readonly string[],
  create: boolean,
  change: (found: unknown) => unknown,
): unknown {
  if (Array.isArray(value)) return mapList(value, (entry: unknown) => changeAt(entry, keys, create, change));
  const [first, ...rest] = keys;
  if (first === undefined) return change(value);
  const isList = first.endsWith('[]');
  const key = isList ? first.slice(0, -2) : first;
  if (value === undefined || value === null) {
    if (!create || isList) return value;
    return withEntry({} as PlainMap, key, changeAt(undefined, rest, create, change));
  }
  if (!isMap(value)) return value;
  if (!Object.hasOwn(value, key)) {
    if (!create || isList) return value;
    const made = changeAt(undefined, rest, create, change);
    return made === undefined ? value : withEntry(value, key, made);
  }
  return withEntry(value, key, changeAt(value[key], rest, create, change));
}
