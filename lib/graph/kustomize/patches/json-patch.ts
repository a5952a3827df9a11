import { isDeepStrictEqual } from 'node:util';
import { didYouMean, nearestHint, nearestName } from '../../../findings/nearest-name';
import { pointerKeys, pointerOf } from '../../../plain/json-pointer';
import { StepError } from '../step-error';
import { holdsMoreThan, isMap, withEntry, withoutEntries, type PlainMap } from '../../../plain/plain-data';
import { asText } from '../../../plain/as-text';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'] as const;
const AS_POINTER = 'as a JSON pointer, for example "/spec/replicas"';
const FIELDS = ['op', 'path', 'value', 'from'];

/** An operation of a JSON patch (RFC 6902). */
export interface JsonPatchOperation {
  readonly op: (typeof OPERATIONS)[number];
  readonly path: string;
  readonly value?: unknown;
  readonly from?: string;
}

/** An operation as people write it, perhaps without a field that it needs. */
export type WrittenOperation = { readonly [Field in keyof JsonPatchOperation]?: unknown };

/** How many values one operation may copy: copies of copies double each time. */
const MAX_COPIED = 10_000;

/**
 * Applies the operations of a JSON patch to a copy of a value. Like kustomize's library, it removes nothing silently,
 * `add` needs the parent, and `replace` also sets a field of a map that is not there.
 *
 * @param operations - as they are written
 * @throws StepError where an operation lacks a field, a path does not exist or a test fails
 */
export function applyJsonPatch(value: unknown, operations: readonly WrittenOperation[]): unknown {
  return operations.reduce<unknown>((current, written) => applyOperation(current, checked(written)), value);
}

function checked(written: WrittenOperation): JsonPatchOperation {
  const given = asText(written.op ?? '');
  const op = OPERATIONS.find((one) => one === given);
  if (op === undefined)
    throw new StepError(
      `${JSON.stringify(given)} is not a JSON patch operation`,
      nearestHint(given, OPERATIONS, `use one of ${OPERATIONS.join(', ')}`),
    );
  const path = pointerIn(written, 'path');
  const from = op === 'copy' || op === 'move' ? pointerIn(written, 'from') : undefined;
  return { op, path, from, value: written.value };
}

/** The JSON pointer in a field of an operation. */
function pointerIn(written: WrittenOperation, field: 'path' | 'from'): string {
  const pointer = written[field] ?? undefined;
  if (typeof pointer === 'string') return pointer;
  const operation = `the ${JSON.stringify(asText(written.op))} operation`;
  if (pointer !== undefined)
    throw new StepError(
      `the field ${JSON.stringify(field)} of ${operation} is not text`,
      `write it ${AS_POINTER}`,
    );
  const mistyped = nearestName(
    field,
    Object.keys(written).filter((key) => !FIELDS.includes(key)),
  );
  throw new StepError(
    `${operation} has no ${JSON.stringify(field)}`,
    mistyped === undefined
      ? `add ${field} ${AS_POINTER}`
      : `write ${JSON.stringify(field)} instead of ${JSON.stringify(mistyped)}`,
  );
}

function applyOperation(value: unknown, operation: JsonPatchOperation): unknown {
  const keys = parsePointer(operation.path);
  switch (operation.op) {
    case 'add':
      return edit(value, keys, operation.path, (parent, key) => insert(parent, key, operation));
    case 'replace':
      return edit(value, keys, operation.path, (parent, key) => put(parent, key, operation));
    case 'remove':
      readAt(value, keys, operation.path);
      return edit(value, keys, operation.path, take);
    case 'test':
      if (!isDeepStrictEqual(readAt(value, keys, operation.path, true), operation.value ?? null)) {
        throw new StepError(
          `the "test" operation for ${JSON.stringify(operation.path)} fails`,
          'correct the value of the operation, or the object; a test prevents the patch if the object has another value',
        );
      }
      return value;
    case 'copy':
    case 'move':
      return transfer(value, operation);
  }
}

function transfer(value: unknown, operation: JsonPatchOperation): unknown {
  const from = operation.from ?? '';
  const moved = readAt(value, parsePointer(from), from, operation.op === 'copy');
  if (operation.op === 'copy' && holdsMoreThan(moved, MAX_COPIED))
    throw new StepError(
      `a copy of ${JSON.stringify(from)} has more than ${MAX_COPIED} values`,
      'copy a smaller part of the object',
    );
  const base = operation.op === 'move' ? applyOperation(value, { op: 'remove', path: from }) : value;
  return applyOperation(base, { op: 'add', path: operation.path, value: moved });
}

function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  const keys = pointerKeys(pointer);
  if (keys.length === 0)
    throw new StepError(
      `${JSON.stringify(pointer)} does not start with "/"`,
      'write "/" before each part of the path, as in "/spec/replicas"',
    );
  return keys;
}

/** A hint that names the path that was meant by one of which a key is mistyped. */
function meantPath(parent: unknown, keys: readonly string[], position: number): string | undefined {
  const meant = isMap(parent) ? nearestName(keys[position] ?? '', Object.keys(parent)) : undefined;
  return meant === undefined ? undefined : didYouMean(pointerOf([...keys.slice(0, position), meant]));
}

/** The value at a path; `lenient` treats a missing last key as `null`, as the library does. */
function readAt(value: unknown, keys: readonly string[], path: string, lenient = false): unknown {
  let current = value;
  for (const [position, key] of keys.entries()) {
    if (Array.isArray(current)) current = current[indexOf(key, current.length, path)] as unknown;
    else if (isMap(current) && Object.hasOwn(current, key)) current = current[key];
    else if (lenient && isMap(current) && position === keys.length - 1) return null;
    else
      throw new StepError(
        `${JSON.stringify(path)} does not exist in the object`,
        meantPath(current, keys, position) ?? 'correct the path, or remove the operation',
      );
  }
  return current;
}

type Parent = PlainMap | readonly unknown[];

function edit(
  value: unknown,
  keys: readonly string[],
  path: string,
  change: (parent: Parent, key: string) => unknown,
): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return valueAtRoot(change);
  if (!Array.isArray(value) && !isMap(value)) throw noParent(value, keys, path);
  if (rest.length === 0) return change(value, key);
  if (Array.isArray(value)) {
    const index = indexOf(key, value.length, path);
    return value.map((entry, position) =>
      position === index ? edit(entry, rest, path, change) : (entry as unknown),
    );
  }
  if (!isMap(value) || !Object.hasOwn(value, key)) throw noParent(value, keys, path);
  return withEntry(value, key, edit(value[key], rest, path, change));
}

/** @param keys - the end of the path, of which `value` does not have the first key */
function noParent(value: unknown, keys: readonly string[], path: string): StepError {
  const all = parsePointer(path);
  const position = all.length - keys.length;
  const [here, missing] = [position, position + 1].map((end) => JSON.stringify(pointerOf(all.slice(0, end))));
  const isScalar = !isMap(value) && value !== null;
  return new StepError(
    `the parent of ${JSON.stringify(path)} does not exist in the object`,
    isScalar
      ? `correct the path: ${here} is neither a map nor a list`
      : (meantPath(value, all, position) ??
          `correct the path, or add ${value === null ? here : missing} first, with another operation`),
  );
}

/** The root has no parent, so it is edited as the only entry of a map. */
function valueAtRoot(change: (parent: Parent, key: string) => unknown): unknown {
  return (change({ root: undefined }, 'root') as PlainMap).root;
}

function insert(parent: Parent, key: string, operation: JsonPatchOperation): unknown {
  if (isMap(parent)) return withEntry(parent, key, operation.value ?? null);
  const list = [...(parent as readonly unknown[])];
  const index = key === '-' ? list.length : indexOf(key, list.length + 1, operation.path);
  list.splice(index, 0, operation.value);
  return list;
}

function put(parent: Parent, key: string, { path, value = null }: JsonPatchOperation): unknown {
  if (isMap(parent)) return withEntry(parent, key, value);
  const list = [...(parent as readonly unknown[])];
  list[indexOf(key, list.length, path)] = value;
  return list;
}

function take(parent: Parent, key: string): unknown {
  if (isMap(parent)) return withoutEntries(parent, [key]);
  const index = indexOf(key, (parent as readonly unknown[]).length, key);
  return (parent as readonly unknown[]).filter((_, position) => position !== index);
}

function indexOf(key: string, length: number, path: string): number {
  const index = Number(key);
  const position = index < 0 ? length + index : index;
  if (!/^-?\d+$/.test(key) || position < 0 || position >= length) {
    throw new StepError(
      `the list has no entry ${JSON.stringify(key)}, which ${JSON.stringify(path)} names`,
      length === 0
        ? 'the list is empty: add an entry with "-" as its position'
        : `use a position from 0 to ${length - 1}; "add" also accepts "-", which is the end of the list`,
    );
  }
  return position;
}
