/** A map of plain data. */
export type PlainMap = { readonly [key: string]: unknown };

/** Whether a value is a map. */
export function isMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The map at a value, or an empty one. */
export function mapOf(value: unknown): PlainMap {
  return isMap(value) ? value : {};
}

/** The list at a value, or an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list; other entries are left out. */
export function textsOf(value: unknown): string[] {
  return listOf(value).filter((entry) => typeof entry === 'string');
}

/** The text at a value; `undefined` for what is no text, and for an empty one. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Follows keys through maps (and indexes through lists). */
export function valueAt(value: unknown, ...keys: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of keys) {
    if (Array.isArray(current) && typeof key === 'number') current = current[key];
    else if (isMap(current) && Object.hasOwn(current, key)) current = current[key];
    else return undefined;
  }
  return current;
}

/** A copy of a map with one entry set. Nothing else is copied. */
export function withEntry<T extends PlainMap>(map: T, key: string, value: unknown): T {
  if (Object.hasOwn(map, key) && map[key] === value) return map;
  return { ...map, [key]: value };
}

/** A copy of a map without some entries. */
export function withoutEntries(map: PlainMap, keys: Iterable<string>): PlainMap {
  const copy: Record<string, unknown> = { ...map };
  for (const key of keys) delete copy[key];
  return copy;
}

/** A copy in which the map at some keys has one more entry; maps on the way are made where there are none. */
export function withValueAt<T extends PlainMap>(map: T, keys: readonly string[], value: unknown): T {
  const [first, ...rest] = keys;
  if (first === undefined) return map;
  if (rest.length === 0) return withEntry(map, first, value);
  return withEntry(map, first, withValueAt(mapOf(map[first]), rest, value));
}

/** A copy of an object with more labels or annotations. */
export function withMetadataMap<T extends PlainMap>(
  object: T,
  field: 'labels' | 'annotations',
  added: PlainMap,
): T {
  const metadata = mapOf(object.metadata);
  return withEntry(object, 'metadata', { ...metadata, [field]: { ...mapOf(metadata[field]), ...added } });
}

/** A list with every entry replaced; the same list where no entry changes. */
export function mapList<T>(list: readonly T[], change: (entry: T, index: number) => T): readonly T[] {
  let copy: T[] | undefined;
  list.forEach((entry, index) => {
    const changed = change(entry, index);
    if (changed === entry) return;
    copy ??= [...list];
    copy[index] = changed;
  });
  return copy ?? list;
}

/** A map with every value replaced; the same map where none changes. */
export function mapValues<T extends PlainMap>(map: T, change: (value: unknown, key: string) => unknown): T {
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(map)) {
    const changed = change(map[key], key);
    if (changed === map[key]) continue;
    copy ??= { ...map };
    copy[key] = changed;
  }
  return (copy as T | undefined) ?? map;
}

/** Whether a value, and what is in it, are more than some number of values. */
export function holdsMoreThan(value: unknown, limit: number): boolean {
  const found: unknown[] = [value];
  // The list grows while it is walked.
  for (const current of found) {
    if (found.length > limit) return true;
    if (typeof current !== 'object' || current === null) continue;
    for (const child of Object.values(current)) found.push(child);
  }
  return found.length > limit;
}
