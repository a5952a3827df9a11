import { asText } from '../../../plain/as-text';
import { isMap, withEntry, type PlainMap } from '../../../plain/plain-data';
import { StepError } from '../step-error';
import type { FieldSchema } from './merge-schema';

/** The maximum length of lists: each entry is compared with every other. */
const MAX_ENTRIES = 4_000;

/** The values of the key fields of an entry, as strings; empty if it has none. */
type Key = readonly string[];

/**
 * Merges the entries of two lists by their keys, step by step as kustomize does (kyaml's `associative_sequence.go`): with
 * several keys, an entry without the second one is not always told from others.
 *
 * @param mergeValue - merges two entries
 * @param patch - the entries of the patch; `undefined` where the list is merged with itself, because it is new
 */
export function mergeEntries(
  target: readonly unknown[],
  patch: readonly unknown[] | undefined,
  schema: FieldSchema,
  mergeValue: (target: unknown, patch: unknown, schema: FieldSchema) => unknown,
): readonly unknown[] | undefined {
  const fields = schema.mergedBy ?? [];
  const entries = [...(patch ?? []), ...target];
  if (fields.length === 0) return [...new Set(entries)];
  if (entries.length > MAX_ENTRIES)
    throw new StepError(
      `a list would have more than ${MAX_ENTRIES} entries after the patch`,
      'write the whole list in the base, or use a JSON patch',
    );
  const { keys, known } = keysOf(entries, fields);
  if (keys.length === 0) return target;
  let current = target;
  let added: readonly unknown[] = [];
  for (const values of keys) {
    const before = find(current, known, values);
    const found = patch ? find(patch, known, values) : before;
    const merged = mergeValue(before, found, { fields: schema.fields ?? {} });
    if (!hasFields(merged)) {
      current = put(current, known, values);
      continue;
    }
    const whole = withKeys(merged, known, values);
    const isReplaced = patch !== undefined && replaces(found);
    if (before !== undefined && !isReplaced)
      current = current.map((entry) => (entry === before ? whole : entry));
    added = put(added, known, values, whole);
  }
  const result = appended(added, current, known);
  return sameEntries(result, target) ? target : result;
}

function appended(
  list: readonly unknown[],
  entries: readonly unknown[],
  fields: readonly string[],
): readonly unknown[] {
  return entries.reduce<readonly unknown[]>((result, entry) => append(result, entry, fields), list);
}

function hasFields(value: unknown): value is PlainMap {
  return isMap(value) && Object.keys(value).length > 0;
}

/** Whether an entry of a patch replaces another one as a whole. */
function replaces(entry: unknown): boolean {
  return isMap(entry) && entry.$patch === 'replace';
}

function sameEntries(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((entry, index) => entry === b[index]);
}

function keyOf(entry: unknown, fields: readonly string[]): Key {
  return fields.map((field) => {
    const value = isMap(entry) ? entry[field] : undefined;
    return value === undefined || value === null ? '' : asText(value);
  });
}

/** The keys of entries, and the fields that they use: those that at least one entry has, or all if none has any. */
function keysOf(
  entries: readonly unknown[],
  fields: readonly string[],
): { readonly keys: readonly Key[]; readonly known: readonly string[] } {
  const keys = distinctKeys(entries, fields);
  const used = fields.map((_, index) => keys.some((key) => key[index] !== ''));
  if (!used.includes(true)) return { keys, known: fields };
  const keep = <Item>(list: readonly Item[]): readonly Item[] => list.filter((_, index) => used[index]);
  return { keys: keys.map(keep), known: keep(fields) };
}

function distinctKeys(entries: readonly unknown[], fields: readonly string[]): readonly Key[] {
  const keys = new Map<string, Key>();
  for (const entry of entries) {
    const key = keyOf(entry, fields);
    keys.set(JSON.stringify(key), key);
  }
  return fields.length > 1 ? joinKeys([...keys.values()]) : [...keys.values()];
}

/** Keys that differ only because one of them is empty count as one. */
function joinKeys(keys: Key[]): readonly Key[] {
  for (let first = 0; first < keys.length; first += 1) {
    for (let second = 0; second < keys.length; second += 1) {
      const joined = joinedKey(keys[first] ?? [], keys[second] ?? []);
      if (!joined) continue;
      keys[first] = joined;
      keys[second] = joined;
    }
  }
  return keys;
}

function joinedKey(a: Key, b: Key): Key | undefined {
  if (a.some((value, index) => value !== b[index] && value !== '' && b[index] !== '')) return undefined;
  return a.some((value, index) => value === b[index])
    ? a.map((value, index) => value || (b[index] ?? ''))
    : undefined;
}

/** The first entry that has all values of a key that are not empty. */
function find(list: readonly unknown[], fields: readonly string[], values: Key): PlainMap | undefined {
  if (values.every((value) => value === '')) return undefined;
  return list
    .filter(isMap)
    .find((entry) =>
      fields.every((field, index) => !values[index] || asText(entry[field]) === values[index]),
    );
}

function withKeys(entry: PlainMap, fields: readonly string[], values: Key): PlainMap {
  return fields.reduce<PlainMap>((whole, field, index) => {
    const value = values[index];
    return value && !Object.hasOwn(whole, field) ? withEntry(whole, field, value) : whole;
  }, entry);
}

/** The list with an entry in place of those with its key, or at the end; without these entries if no entry is given. */
function put(
  list: readonly unknown[],
  fields: readonly string[],
  values: Key,
  entry?: PlainMap,
): readonly unknown[] {
  const result: unknown[] = [];
  let isFound = false;
  for (const other of list) {
    if (!isMap(other) || !matches(other, fields, values)) {
      result.push(other);
      continue;
    }
    isFound = true;
    if (entry) result.push(entry);
  }
  if (entry && !isFound) result.push(entry);
  return result;
}

/** Missing or empty values match any entry. */
function matches(entry: PlainMap, fields: readonly string[], values: Key): boolean {
  return fields.every((field, index) => {
    const value = values[index];
    if (value === undefined) return index > 0;
    return (
      entry[field] !== undefined && entry[field] !== null && (value === '' || asText(entry[field]) === value)
    );
  });
}

function append(list: readonly unknown[], entry: unknown, fields: readonly string[]): readonly unknown[] {
  if (!isMap(entry)) return [...list, entry];
  const values = keyOf(entry, fields).filter((value) => value !== '');
  const before = values.length < fields.length ? [...list, entry] : list;
  if (values.length === 0) return before;
  const cleared = fields.length > 1 ? put(before, fields, values) : before;
  return put(cleared, fields, values, entry);
}
