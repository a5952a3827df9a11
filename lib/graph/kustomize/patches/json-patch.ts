import { isDeepStrictEqual } from 'node:util';
import { holdsMoreThan, isMap, withEntry, withoutEntries, type PlainMap } from '../../../plain/plain-data';

/** An operation of a JSON patch (RFC 6902). */
export interface JsonPatchOperation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
  readonly from?: string;
}

/** Says why an operation cannot be done. */
export class JsonPatchError extends Error {}

/** How many values one operation may copy: copies of copies double each time. */
const MAX_COPIED = 10_000;

/**
 * Applies the operations of a JSON patch to a copy of a value. Like kustomize's library, it removes nothing silently,
 * `add` needs the parent, and `replace` also sets a field of a map that is not there.
 *
 * @throws JsonPatchError where a path does not exist or a test fails
 */
export function applyJsonPatch(value: unknown, operations: readonly JsonPatchOperation[]): unknown {
  return operations.reduce(applyOperation, value);
}

function applyOperation(value: unknown, operation: JsonPatchOperation): unknown {
  const keys = parsePointer(operation.path);
  switch (operation.op) {
    case 'add':
      return edit(value, keys, operation.path, (parent, key) => insert(parent, key, operation));
    case 'replace':
      return edit(value, keys, operation.path, (parent, key) => put(parent, key, operation.value ?? null));
    case 'remove':
      readAt(value, keys, operation.path);
      return edit(value, keys, operation.path, take);
    case 'test':
      if (!isDeepStrictEqual(readAt(value, keys, operation.path, true), operation.value ?? null)) {
        throw new JsonPatchError(`the "test" operation for ${JSON.stringify(operation.path)} fails`);
      }
      return value;
    case 'copy':
    case 'move':
      return transfer(value, operation);
    default:
      throw new JsonPatchError(`${JSON.stringify(operation.op)} is not a JSON patch operation`);
  }
}

function transfer(value: unknown, operation: JsonPatchOperation): unknown {
  const from = operation.from ?? '';
  const moved = readAt(value, parsePointer(from), from, operation.op === 'copy');
  if (operation.op === 'copy' && holdsMoreThan(moved, MAX_COPIED))
    throw new JsonPatchError(`a copy of ${JSON.stringify(from)} has more than ${MAX_COPIED} values`);
  const base = operation.op === 'move' ? applyOperation(value, { op: 'remove', path: from }) : value;
  return applyOperation(base, { op: 'add', path: operation.path, value: moved });
}

function parsePointer(pointer: string): string[] {
  if (pointer === '') return [];
  const [, ...keys] = pointer.split('/');
  if (keys.length === 0) throw new JsonPatchError(`${JSON.stringify(pointer)} does not start with "/"`);
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a path; `lenient` treats a missing last key as `null`, as the library does. */
function readAt(value: unknown, keys: readonly string[], path: string, lenient = false): unknown {
  let current = value;
  for (const [position, key] of keys.entries()) {
    if (Array.isArray(current)) current = current[indexOf(key, current.length, path)] as unknown;
    else if (isMap(current) && Object.hasOwn(current, key)) current = current[key];
    else if (lenient && isMap(current) && position === keys.length - 1) return null;
    else throw new JsonPatchError(`${JSON.stringify(path)} does not exist in the object`);
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
  if (!Array.isArray(value) && !isMap(value))
    throw new JsonPatchError(`the parent of ${JSON.stringify(path)} does not exist in the object`);
  if (rest.length === 0) return change(value, key);
  if (Array.isArray(value)) {
    const index = indexOf(key, value.length, path);
    return value.map((entry, position) =>
      position === index ? edit(entry, rest, path, change) : (entry as unknown),
    );
  }
  if (!isMap(value) || !Object.hasOwn(value, key)) {
    throw new JsonPatchError(`the parent of ${JSON.stringify(path)} does not exist in the object`);
  }
  return withEntry(value, key, edit(value[key], rest, path, change));
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

function put(parent: Parent, key: string, value: unknown): unknown {
  if (isMap(parent)) return withEntry(parent, key, value);
  const list = [...(parent as readonly unknown[])];
  list[indexOf(key, list.length, key)] = value;
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
    throw new JsonPatchError(
      `the list has no entry ${JSON.stringify(key)}, which ${JSON.stringify(path)} names`,
    );
  }
  return position;
}
