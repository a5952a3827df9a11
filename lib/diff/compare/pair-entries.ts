import { comparableText } from '../../plain/comparable-text';
import { isMap, type PlainMap } from '../../plain/plain-data';
import type { ListSchema } from './list-schema';
import type { ValueIds } from './value-ids';

/** An entry of one list and its counterpart in the other, by their positions. */
export interface EntryPair {
  /** What names the entry in a path: its key, or its position. */
  readonly label: string | number;
  /** @default - only the other list has it */
  readonly before?: number;
  /** @default - only the other list has it */
  readonly after?: number;
}

/** The entries of two lists that may differ. */
export interface PairedEntries {
  readonly pairs: readonly EntryPair[];
  /**
   * Both lists as their entries are named, where the entries that both have stand in another order.
   *
   * @default - they stand in the same order
   */
  readonly order?: { readonly before: readonly unknown[]; readonly after: readonly unknown[] };
}

type List = readonly unknown[];

/** Pairs the entries of two lists: by their keys, else by their names, else as plain values, else by their contents. */
export function pairEntries(before: List, after: List, schema: ListSchema, ids: ValueIds): PairedEntries {
  for (const keys of schema.keys ? [schema.keys, ['name']] : [['name']]) {
    const [known, found] = [before, after].map((list) => keysOf(list, keys, schema.keyDefaults ?? {}));
    if (known && found) return byKey(known, found);
  }
  if ([before, after].every((list) => list.every(isScalar))) return scalars(before, after, schema);
  return byContents(before, after, ids);
}

/** The positions by key; `undefined` if an entry has no unique key. */
function keysOf(
  list: List,
  fields: readonly string[],
  defaults: Readonly<Record<string, string>>,
): ReadonlyMap<string, number> | undefined {
  const positions = new Map<string, number>();
  for (const [index, entry] of list.entries()) {
    const key = isMap(entry) ? keyOf(entry, fields, defaults) : undefined;
    if (key === undefined || positions.has(key)) return undefined;
    positions.set(key, index);
  }
  return positions;
}

function keyOf(entry: PlainMap, fields: readonly string[], defaults: Readonly<Record<string, string>>) {
  const values = fields.map((field) => entry[field] ?? defaults[field]);
  if (!values.every((value) => typeof value === 'string' || typeof value === 'number')) return undefined;
  return values.filter((value, index) => value !== '' || index === values.length - 1).join('/');
}

function byKey(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): PairedEntries {
  const labels = new Set([...before.keys(), ...after.keys()]);
  const pairs = [...labels].map((label) => ({ label, before: before.get(label), after: after.get(label) }));
  const positions = [...before.keys()].flatMap((key) => after.get(key) ?? []);
  if (isRising(positions)) return { pairs };
  return { pairs, order: { before: [...before.keys()], after: [...after.keys()] } };
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** As a difference of sets, or position by position, whichever names fewer entries. */
function scalars(before: List, after: List, { unordered = false }: ListSchema): PairedEntries {
  const byPosition = positionPairs(before, after);
  const [known, found] = [before, after].map(
    (list) => new Map(list.map((value, at) => [labelOf(value), at])),
  );
  if (!known || !found || known.size < before.length || found.size < after.length) {
    return { pairs: byPosition };
  }
  const { pairs, order } = byKey(known, found);
  const changed = pairs.filter((pair) => pair.before === undefined || pair.after === undefined);
  const isSet = unordered || changed.length < byPosition.length;
  if (!isSet) return { pairs: byPosition };
  return order === undefined ? { pairs: changed } : { pairs: changed, order };
}

function labelOf(value: unknown): string {
  return typeof value === 'string' ? value : comparableText(value);
}

function positionPairs(before: List, after: List): EntryPair[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => ({
    label: index,
    ...(index < before.length && { before: index }),
    ...(index < after.length && { after: index }),
  })).filter(({ label }) => before[label] !== after[label]);
}

/** Equal entries are paired first; the others are paired in order. */
function byContents(before: List, after: List, ids: ValueIds): PairedEntries {
  const waiting = new Map<number, number[]>();
  for (const [index, entry] of after.entries()) {
    const id = ids.of(entry);
    const positions = waiting.get(id) ?? [];
    positions.push(index);
    waiting.set(id, positions);
  }
  for (const positions of waiting.values()) positions.reverse();
  const equal = new Set<number>();
  const left: number[] = [];
  for (const [index, entry] of before.entries()) {
    const position = waiting.get(ids.of(entry))?.pop();
    if (position === undefined) left.push(index);
    else equal.add(position);
  }
  const right = [...after.keys()].filter((index) => !equal.has(index));
  const pairs = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => ({
    label: right[index] ?? left[index] ?? index,
    before: left[index],
    after: right[index],
  }));
  return isRising([...equal]) ? { pairs } : { pairs, order: { before, after } };
}

function isRising(positions: readonly number[]): boolean {
  return positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0));
}
