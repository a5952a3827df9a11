import { isMap, listOf, withoutEntries } from '../../plain/plain-data';

/** The keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** A copy of plain data in which a function replaces the value at a path. */
function changedAt(data: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(data);
  if (typeof key === 'number')
    return listOf(data).map((item, at) => (at === key ? changedAt(item, rest, change) : item));
  const map = isMap(data) ? data : {};
  return { ...map, [key]: changedAt(map[key], rest, change) };
}

/** A copy with a value set. */
export function valueSet(data: unknown, path: Path, value: unknown): unknown {
  return changedAt(data, path, () => value);
}

/** A copy with a value at the end of a list. */
export function appended(data: unknown, path: Path, value: unknown): unknown {
  return changedAt(data, path, (list) => [...listOf(list), value]);
}

/** A copy with an item of a list left out. */
export function withoutItem(data: unknown, path: Path, index: number): unknown {
  return changedAt(data, path, (list) => listOf(list).filter((_, at) => at !== index));
}

/** A copy with an entry of a map left out, and each map around it that is left empty. */
export function withoutEntryAt(data: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (!isMap(data) || key === undefined) return data;
  const inner = rest.length === 0 ? {} : withoutEntryAt(data[key], rest);
  const isEmpty = isMap(inner) && Object.keys(inner).length === 0;
  return isEmpty ? withoutEntries(data, [String(key)]) : { ...data, [key]: inner };
}

/** The keys and indexes of a field as findings and edges write it: `spec.dependsOn[0]`. */
export function parsedPath(field: string): Path {
  return [...field.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, key]) =>
    index === undefined ? (quoted ?? key ?? '') : Number(index),
  );
}
