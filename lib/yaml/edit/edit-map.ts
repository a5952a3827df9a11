import type { Document, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { compareText } from '../../plain/compare-text';
import type { Path } from './plain-edits';
import { afterLine, columnOf, endOf, nextLine, startOf } from './text-places';
import { yamlLibrary } from './yaml-library';
import { flowText, indented, type Splice } from './yaml-text';

/** An entry that a map is to get. */
export interface NewEntry {
  readonly path: Path;
  readonly value: unknown;
  /**
   * Whether it goes before the first key that comes after it, where the keys of the map are sorted.
   *
   * @default false
   */
  readonly sorted?: boolean;
}

/** Adds an entry to the innermost map of its path that there is. */
export function newEntry(text: string, document: Document.Parsed, added: NewEntry): Splice | undefined {
  const { path, value, sorted = false } = added;
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const map = document.getIn(path.slice(0, depth), true);
    if (yamlLibrary().isMap(map)) {
      const [key, ...inner] = path.slice(depth) as [string, ...string[]];
      const held = inner.reduceRight<unknown>((inside, name) => ({ [name]: inside }), value);
      const follower = sorted && !map.flow ? followerOf(map, key) : undefined;
      return follower ? before(text, follower, { [key]: held }) : intoMap(text, map, { [key]: held });
    }
    if (map !== undefined && map !== null) return undefined;
  }
  return undefined;
}

/** The first entry after a key in a sorted map; `undefined` if the map has another order. */
function followerOf({ items }: YAMLMap, key: string): Pair | undefined {
  const pairs = items as readonly Pair[];
  const names = pairs.map((pair) => keyOf(pair) ?? '');
  const isSorted = names.every((name, at) => at === 0 || compareText(names[at - 1] ?? '', name) <= 0);
  return isSorted ? pairs.find((pair) => compareText(keyOf(pair) ?? '', key) > 0) : undefined;
}

function keyOf({ key }: Pair): string | undefined {
  return yamlLibrary().isScalar(key) ? String(key.value) : undefined;
}

/** Adds an entry above another one and its comments. */
function before(text: string, follower: Pair, entry: Readonly<Record<string, unknown>>): Splice | undefined {
  const start = startOf(follower);
  if (start === undefined) return undefined;
  const column = columnOf(text, start);
  let at = start - column;
  for (;;) {
    const line = at === 0 ? 0 : text.lastIndexOf('\n', at - 2) + 1;
    if (line === at || !/^[ \t]*#/.test(text.slice(line, at))) break;
    at = line;
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { start: at, end: at, text: `${indented(entry, column).replaceAll('\n', eol)}${eol}` };
}

function intoMap(text: string, map: YAMLMap, entry: Readonly<Record<string, unknown>>): Splice | undefined {
  const last = map.items.at(-1) as Pair | undefined;
  if (map.flow || !last) return intoFlow(text, map, flowText(entry).slice(1, -1).trim());
  const start = startOf(map.items[0] as Pair);
  const end = endOf(last.value) ?? endOf(last.key);
  if (start === undefined || end === undefined) return undefined;
  return afterLine(text, end, indented(entry, columnOf(text, start)));
}

/** Adds text before the bracket that closes a flow collection. */
export function intoFlow(
  text: string,
  { range, items }: YAMLMap | YAMLSeq,
  entry: string,
): Splice | undefined {
  if (!range || !/[\]}]/.test(text[range[1] - 1] ?? '')) return undefined;
  const inside = text.slice(range[0] + 1, range[1] - 1);
  const space = /\s*$/.exec(inside)?.[0] ?? '';
  const at = range[1] - 1 - (items.length > 0 ? space.length : 0);
  return { start: at, end: at, text: items.length > 0 ? `, ${entry}` : entry };
}

/** Takes an entry out of a map: its own lines, or its part of a map in braces. */
export function withoutPair(text: string, { flow, items }: YAMLMap, key: unknown): Splice | undefined {
  const pairs = items as readonly Pair[];
  const index = pairs.findIndex((pair) => keyOf(pair) === key);
  const pair = pairs[index];
  const start = pair && startOf(pair);
  const end = pair && (endOf(pair.value) ?? endOf(pair.key));
  if (start === undefined || end === undefined || pairs.length < 2) return undefined;
  if (flow) {
    const next = pairs[index + 1];
    const following = next && startOf(next);
    if (following !== undefined) return { start, end: following, text: '' };
    return { start: endOf(pairs[index - 1]?.value) ?? start, end, text: '' };
  }
  const line = start - columnOf(text, start);
  const last = text.slice(0, end).trimEnd().length;
  return text.slice(line, start).trim() === ''
    ? { start: line, end: nextLine(text, last), text: '' }
    : undefined;
}
