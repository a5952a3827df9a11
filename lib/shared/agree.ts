import type { FieldSchema } from '../graph/kustomize/patches/merge-schema';
import { comparableText } from '../plain/comparable-text';
import { isMap, type PlainMap } from '../plain/plain-data';

/** A value, and how many clusters have it. */
export interface Ballot {
  readonly value: unknown;
  readonly weight: number;
}

/** What decides about a value besides the values themselves. */
interface Vote {
  /** The number of clusters; those without a value count for none. */
  readonly total: number;
  /** The value if there is no majority. */
  readonly inherited: unknown;
  readonly schema: FieldSchema | undefined;
}

/**
 * What more than half of some clusters agree on, field by field. A field without a majority is what the folder around
 * has, or missing. So one more cluster changes what is shared only when it decides a vote.
 *
 * Lists are voted on as a whole, except those that kustomize merges by a key, such as the containers of a Pod.
 *
 * @returns the agreed value; `undefined` for none
 */
export function agree(ballots: readonly Ballot[], vote: Vote): unknown {
  const { total, inherited, schema } = vote;
  const [first] = ballots;
  if (ballots.length === 1 && first?.weight === total) return first.value;
  const maps = ballots.filter((ballot): ballot is Ballot & { value: PlainMap } => isMap(ballot.value));
  if (isMajority(maps, total)) return agreeOnMap(maps, vote);
  const byKey = schema?.mergedBy?.length ? agreeOnEntries(ballots, vote, schema.mergedBy) : undefined;
  return byKey ?? majority(ballots, total, inherited);
}

function isMajority(ballots: readonly Ballot[], total: number): boolean {
  return weightOf(ballots) * 2 > total;
}

function weightOf(ballots: readonly Ballot[]): number {
  return ballots.reduce((sum, { weight }) => sum + weight, 0);
}

/** The value that more than half of the clusters have; the inherited one if there is none. */
function majority(ballots: readonly Ballot[], total: number, inherited: unknown): unknown {
  if ((total - weightOf(ballots)) * 2 > total) return undefined;
  const weights = new Map<string, number>();
  for (const { value, weight } of ballots) {
    const text = comparableText(value);
    const sum = (weights.get(text) ?? 0) + weight;
    if (sum * 2 > total) return value;
    weights.set(text, sum);
  }
  return inherited;
}

function agreeOnMap(
  ballots: readonly (Ballot & { value: PlainMap })[],
  { total, inherited, schema }: Vote,
): PlainMap | undefined {
  const outer = isMap(inherited) ? inherited : {};
  const keys = new Set([...ballots.flatMap(({ value }) => Object.keys(value)), ...Object.keys(outer)]);
  const result: Record<string, unknown> = {};
  for (const key of keys) {
    const own = ballots.flatMap(({ value, weight }) =>
      Object.hasOwn(value, key) ? [{ value: value[key], weight }] : [],
    );
    const agreed = agree(own, { total, inherited: outer[key], schema: schema?.fields?.[key] });
    if (agreed !== undefined)
      Object.defineProperty(result, key, { value: agreed, enumerable: true, writable: true });
  }
  const empty = ballots.filter(({ value }) => Object.keys(value).length === 0);
  return Object.keys(result).length > 0 || isMajority(empty, total) ? result : undefined;
}

/** Lists with the same keys in the same order are compared entry by entry. */
function agreeOnEntries(
  ballots: readonly Ballot[],
  { total, inherited, schema }: Vote,
  fields: readonly string[],
): unknown {
  const lists = ballots.flatMap(({ value, weight }) => {
    const entries = entriesByKey(value, fields);
    return entries ? [{ entries, weight, value: [...entries.keys()] }] : [];
  });
  const order = majority(lists, total, undefined) as readonly string[] | undefined;
  if (!order) return undefined;
  const outer = entriesByKey(inherited, fields);
  return order.map((key) => {
    const own = lists.flatMap(({ entries, weight }) =>
      entries.has(key) ? [{ value: entries.get(key), weight }] : [],
    );
    return agree(own, { total, inherited: outer?.get(key), schema: { fields: schema?.fields } });
  });
}

/** The entries of a list by the values of their key fields; `undefined` where they cannot be told apart. */
export function entriesByKey(
  list: unknown,
  fields: readonly string[],
): ReadonlyMap<string, PlainMap> | undefined {
  if (!Array.isArray(list)) return undefined;
  const entries = new Map<string, PlainMap>();
  for (const entry of list as readonly unknown[]) {
    if (!isMap(entry) || !Object.hasOwn(entry, fields[0] ?? '')) return undefined;
    entries.set(JSON.stringify(fields.map((field) => comparableText(entry[field]))), entry);
  }
  return entries.size === list.length ? entries : undefined;
}
