import { apiGroup, type ManifestObject } from '../../../tree/manifest';
import { isMap, mapList, withEntry, type PlainMap } from '../../../plain/plain-data';

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
   * The API version that has it, without the group.
   *
   * @default - every version
   */
  readonly version?: string;
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

/** Whether a field is one of an object's kind. */
export function appliesTo(field: FieldSpec, object: ManifestObject): boolean {
  if (field.kind && field.kind !== object.kind) return false;
  if (!field.group && !field.version) return true;
  const group = apiGroup(object.apiVersion);
  if (field.group && field.group !== group) return false;
  return !field.version || field.version === object.apiVersion.slice(group === '' ? 0 : group.length + 1);
}
