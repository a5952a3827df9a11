import {
  ApiObject,
  ApiObjectMetadataDefinition,
  App,
  ImplicitTokenResolver,
  LazyResolver,
  NumberStringUnionResolver,
  type IResolver,
} from 'cdk8s';
import type { PlainMap } from '../plain/plain-data';
import { FIRST_KEYS } from '../yaml/key-order';
import { METADATA_FIRST } from './order-fields';

/** The private fields from which cdk8s renders an object. */
interface Kept {
  readonly props?: PlainMap;
  readonly patches?: readonly unknown[];
}

/** The private fields of the metadata of an object in cdk8s. */
interface KeptMetadata extends PlainMap {
  readonly _additionalAttributes?: PlainMap;
}

/** Marks a value that cdk8s resolves or refuses. */
const NOT_PLAIN = Symbol('not plain');
/** Deeper data is left to cdk8s: it may contain itself. */
const MAX_DEPTH = 100;

/**
 * `copy` copies everything; `share` returns parts that need no change as they are. In metadata, keys are sorted and
 * empty values are left out.
 */
type Way = 'copy' | 'share' | 'metadata';

const BUILT_IN: readonly unknown[] = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/**
 * What `toJson` of an object returns, with its fields in the order in which they are printed, where that is a copy of what
 * the author gave, as it is for most objects. The long way of cdk8s asks three resolvers about every value.
 *
 * @param way - whether the author's own maps and lists may stand in the result, which nobody changes then
 * @returns undefined where cdk8s does more than to copy: for tokens, patches, and classes and resolvers of others
 * @see docs/adr/0040-fast-paths.md
 */
export function plainObject(object: ApiObject, way: 'copy' | 'share'): Record<string, unknown> | undefined {
  const { props, patches } = object as unknown as Kept;
  if (object.toJson !== ApiObject.prototype.toJson || patches?.length !== 0 || !isDictionary(props))
    return undefined;
  const metadata = plainMetadata(object);
  if (!metadata) return undefined;
  const copy: Record<string, unknown> = {};
  for (const key of FIRST_KEYS) {
    if (key !== 'metadata') copyField(props, key, copy, way);
    else if (Object.keys(metadata).length > 0) copy[key] = metadata;
  }
  for (const key of Object.keys(props)) if (!FIRST_KEYS.includes(key)) copyField(props, key, copy, way);
  return NOT_PLAIN in copy ? undefined : copy;
}

/**
 * What `toJson` of an object's metadata returns, with its fields in the order in which they are printed, where that is a copy
 * of what the author gave.
 *
 * @returns undefined where cdk8s does more than to copy
 */
export function plainMetadata(object: ApiObject): Record<string, unknown> | undefined {
  const { metadata } = object;
  const kept = metadata as unknown as KeptMetadata;
  const given = kept._additionalAttributes;
  const isStock = metadata.toJson === ApiObjectMetadataDefinition.prototype.toJson;
  if (!isStock || !isDictionary(given) || !hasBuiltInResolvers(object)) return undefined;
  const copy: Record<string, unknown> = {};
  copyField(kept, 'name', copy, 'metadata');
  copyField(given, 'generateName', copy, 'metadata');
  for (const key of ['namespace', 'labels', 'annotations'] as const) copyField(kept, key, copy, 'metadata');
  const others = Object.keys(given).filter((key) => !METADATA_FIRST.includes(key));
  for (const key of ['finalizers', 'ownerReferences']) {
    // Most lists are empty, and are left out.
    const isEmpty = Array.isArray(kept[key]) && kept[key].length === 0;
    if (!isEmpty && !others.includes(key)) others.push(key);
  }
  if (others.length > 1) others.sort();
  for (const key of others) copyField(Object.hasOwn(kept, key) ? kept : given, key, copy, 'metadata');
  return NOT_PLAIN in copy ? undefined : copy;
}

/** Adds a field's value to a copy, or marks the copy as unusable. */
function copyField(from: PlainMap, key: string, copy: Record<string | symbol, unknown>, way: Way): void {
  const value = key === '__proto__' ? NOT_PLAIN : plainCopy(from[key], 1, way);
  if (value === NOT_PLAIN) copy[NOT_PLAIN] = true;
  else if (value !== undefined) copy[key] = value;
}

function hasBuiltInResolvers(object: ApiObject): boolean {
  const resolvers = (App.of(object) as Partial<App>).resolvers as readonly IResolver[] | undefined;
  return (
    resolvers?.length === BUILT_IN.length &&
    resolvers.every((resolver, index) => resolver.constructor === BUILT_IN[index])
  );
}

function plainCopy(value: unknown, depth: number, way: Way): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (depth > MAX_DEPTH) return NOT_PLAIN;
  if (isDictionary(value)) return copyOfMap(value, depth, way);
  return Array.isArray(value) && value.constructor === Array ? copyOfList(value, depth, way) : NOT_PLAIN;
}

function copyOfMap(map: PlainMap, depth: number, way: Way): unknown {
  const keys = Object.keys(map);
  if (way === 'metadata' && keys.length > 1) keys.sort();
  const copy: Record<string, unknown> = {};
  let isSame = way === 'share';
  for (const key of keys) {
    const inner = key === '__proto__' ? NOT_PLAIN : plainCopy(map[key], depth + 1, way);
    if (inner === NOT_PLAIN) return NOT_PLAIN;
    if (inner === undefined || inner !== map[key]) isSame = false;
    if (inner !== undefined) copy[key] = inner;
  }
  if (isSame) return map;
  return way === 'metadata' && Object.keys(copy).length === 0 ? undefined : copy;
}

function copyOfList(list: readonly unknown[], depth: number, way: Way): unknown {
  if (way === 'metadata' && list.length === 0) return undefined;
  const copy = list.map((item) => plainCopy(item, depth + 1, way));
  if (copy.includes(NOT_PLAIN)) return NOT_PLAIN;
  return way === 'share' && copy.every((item, index) => item === list[index]) ? list : copy;
}

/** Whether cdk8s treats a value as a map, and it is not a token. */
function isDictionary(value: unknown): value is PlainMap {
  if (typeof value !== 'object' || value === null) return false;
  return (value as PlainMap).constructor === Object && typeof (value as PlainMap).resolve !== 'function';
}
