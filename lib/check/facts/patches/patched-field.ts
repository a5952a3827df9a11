import { comparableText } from '../../../plain/comparable-text';
import { pointerKeys } from '../../../plain/json-pointer';
import { isMap, listOf, mapOf, textOf, valueAt, type PlainMap } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import { fieldParts } from '../locate-fields';
import type { InlinePatch } from './inline-patches';

/** The names of fields, and the positions of items. */
export type FieldPath = readonly (string | number)[];

/** The path of a field, such as `spec.rules[0].host`. */
export function partsOfField(field: string): FieldPath {
  return fieldParts(field).map(asPosition);
}

/** What a patch contains, and the kind that its target selects, if it has one. */
type PatchContent = Pick<InlinePatch, 'content'> & Partial<Pick<InlinePatch, 'kind'>>;

/**
 * Where in a patch a field of an object is set to the value that the object has, or a part of the field, or one around it;
 * `undefined` if the patch does not set it.
 */
export function placeOfField(
  patch: PatchContent,
  object: ManifestObject,
  path: FieldPath,
): FieldPath | undefined {
  if (!isFor(patch, object)) return undefined;
  const { content } = patch;
  if (!Array.isArray(content)) return placeOfValue(content, object, path);
  return placeOfOperation(content, (operation) => {
    const to = targetOf(operation, path);
    // A part of the whole spec is not what is wrong with the spec.
    const isOf = isWithin(path, to) || (path.length > 1 && isWithin(to, path));
    return isOf && addsValueOf(operation, object, to);
  });
}

/** Where a patch takes a field out of an object, or sets what is around the field without it. */
export function placeOfRemoval(
  patch: PatchContent,
  object: ManifestObject,
  path: FieldPath,
): FieldPath | undefined {
  if (!isFor(patch, object)) return undefined;
  const { content } = patch;
  const around = existing(object, path);
  if (!Array.isArray(content)) return placeOfNull(content, path) ?? placeOfValue(content, object, around);
  return placeOfOperation(content, (operation) => {
    if (operation.op === 'remove') return isWithin(path, pathOf(operation));
    const to = targetOf(operation, around);
    return isWithin(around, to) && addsValueOf(operation, object, to);
  });
}

/** Whether a patch can be for an object, by the kinds of its target and of what is merged. */
function isFor({ content, kind }: PatchContent, object: ManifestObject): boolean {
  if (kind !== undefined && kind !== object.kind) return false;
  return Array.isArray(content) || mapOf(content).kind === object.kind;
}

/** The last field on the way to one that an object has. */
export function existing(object: ManifestObject, path: FieldPath): FieldPath {
  const missing = path.findIndex((_, index) => valueAt(object, ...path.slice(0, index + 1)) === undefined);
  return missing === -1 ? path : path.slice(0, missing);
}

/**
 * Where other content has the value of a field of an object. An item of a list may have another position there, because
 * patches merge lists.
 */
export function placeOfValue(
  content: unknown,
  object: ManifestObject,
  path: FieldPath,
): FieldPath | undefined {
  let [inContent, inObject]: [unknown, unknown] = [content, object];
  const place: (string | number)[] = [];
  for (const key of path) {
    inObject = valueAt(inObject, key);
    const there = Array.isArray(inContent) ? positionOf(inObject, inContent) : key;
    place.push(there);
    inContent = valueAt(inContent, there);
  }
  const isSame = inContent !== undefined && comparableText(inContent) === comparableText(inObject);
  return isSame && path.length > 0 ? place : undefined;
}

/** The keys by which items of lists are recognized, where they have them. */
const ITEM_KEYS = ['name', 'containerPort', 'mountPath', 'devicePath', 'port', 'key', 'ip', 'topologyKey'];

/** The position in a list of the item that becomes an item of another list; -1 if there is none. */
function positionOf(item: unknown, list: readonly unknown[]): number {
  const key = ITEM_KEYS.find((one) => isMap(item) && item[one] !== undefined);
  const id = (one: unknown) => comparableText(key === undefined ? one : valueAt(one, key));
  return list.findIndex((one) => id(one) === id(item));
}

/** The place of the first operation that does something. */
function placeOfOperation(
  operations: readonly unknown[],
  does: (operation: PlainMap) => boolean,
): FieldPath | undefined {
  const index = operations.findIndex((operation) => does(mapOf(operation)));
  return index === -1 ? undefined : [index];
}

/** Whether an operation puts the value of an object at a place. */
function addsValueOf({ op, value }: PlainMap, object: ManifestObject, to: FieldPath): boolean {
  if (op !== 'add' && op !== 'replace') return false;
  const isThere = (there: unknown) => comparableText(there) === comparableText(value);
  return to.at(-1) === '-'
    ? listOf(valueAt(object, ...to.slice(0, -1))).some(isThere)
    : isThere(valueAt(object, ...to));
}

/** Where in an object an operation acts. What it adds to a list may be the item of a path: its position may have changed. */
function targetOf(operation: PlainMap, path: FieldPath): FieldPath {
  const to = pathOf(operation);
  const [list, position] = [to.slice(0, -1), to.at(-1)];
  const isAdded = position === '-' || (operation.op === 'add' && typeof position === 'number');
  const item = path[list.length];
  return isAdded && typeof item === 'number' && isWithin(path, list) ? [...list, item] : to;
}

function pathOf({ path }: PlainMap): FieldPath {
  return pointerKeys(textOf(path) ?? '').map(asPosition);
}

/** Where content sets a field, or one around it, to null. */
function placeOfNull(content: unknown, path: FieldPath): FieldPath | undefined {
  const ways = path.map((_, index) => path.slice(0, index + 1));
  return ways.find((way) => valueAt(content, ...way) === null);
}

function isWithin(path: FieldPath, outer: FieldPath): boolean {
  return outer.every((part, index) => part === path[index]);
}

function asPosition(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part;
}
