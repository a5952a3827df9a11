import { Construct } from 'constructs';
import type { OwnFindingInput } from '../../findings/finding';
import { nearestName } from '../../findings/nearest-name';
import type { PlainMap } from '../../plain/plain-data';
import type { ArgumentShape, MapShape, ValueKind } from './argument-shape';
import { kindOf, unknownName, wrongValue } from './shape-problems';

/** A value without what has the wrong shape, and what is wrong. */
export interface CheckedValue {
  /** The value itself where nothing is wrong; `undefined` where none of it can be used. */
  readonly value: unknown;
  readonly problems: readonly OwnFindingInput[];
}

type CheckedEntry = readonly [name: string, entry: CheckedValue];

/** What replaces a missing required argument, so that the construct can be created and more mistakes can be found. */
const STAND_INS: Readonly<Partial<Record<ValueKind, unknown>>> = { text: '', list: [], map: {} };

/** Compares the props of a constructor with their shape. There is a value for each that is required. */
export function checkProps(props: unknown, shape: MapShape): CheckedValue {
  const at = (name: string): string => name;
  if (kindOf(props) === 'map') return checkFields(props as PlainMap, shape, at);
  const { value, problems } = checkFields({}, shape, at);
  return {
    value,
    problems: props === undefined && problems.length === 0 ? [] : [wrongValue(props, shape, '')],
  };
}

/**
 * Compares a value with its shape. It returns the value itself, or a copy without the wrong parts.
 *
 * @param path - the name of the value: `sops.age`
 */
function checkShape(value: unknown, shape: ArgumentShape, path: string): CheckedValue {
  if (isTakenAsIs(value, shape)) return right(value);
  const kind = kindOf(value);
  const isListed = shape.literals?.includes(value as string) ?? true;
  if (kind === undefined || !shape.is.includes(kind) || (kind === 'text' && !isListed)) {
    const standIn = shape.is.map((one) => STAND_INS[one]).find((one) => one !== undefined);
    return { value: shape.required ? standIn : undefined, problems: [wrongValue(value, shape, path)] };
  }
  if (kind === 'list') return checkList(value as readonly unknown[], shape, path);
  return kind === 'map' ? checkMap(value as PlainMap, shape, path) : right(value);
}

/** Whether there is nothing to compare: the value may be missing, or we know nothing about its kind. */
function isTakenAsIs(value: unknown, { is, required }: ArgumentShape): boolean {
  if (value === undefined && !required) return true;
  return is.includes('any') || isToken(value) || (is.includes('construct') && Construct.isConstruct(value));
}

function right(value: unknown): CheckedValue {
  return { value, problems: [] };
}

/** A token of cdk8s: its value is known when the object is rendered. */
function isToken(value: unknown): boolean {
  if (kindOf(value) !== 'map') return false;
  const { produce, resolve } = value as { readonly produce?: unknown; readonly resolve?: unknown };
  return typeof produce === 'function' || typeof resolve === 'function';
}

function checkList(list: readonly unknown[], { items }: ArgumentShape, path: string): CheckedValue {
  if (!items) return right(list);
  const checked = list.map((item, index) =>
    checkShape(item, { ...items, required: true }, `${path}[${index}]`),
  );
  const problems = checked.flatMap((item) => item.problems);
  if (problems.length === 0) return right(list);
  return { value: checked.filter((item) => item.problems.length === 0).map(({ value }) => value), problems };
}

function checkMap(map: PlainMap, shape: ArgumentShape, path: string): CheckedValue {
  const { fields, entries } = shape;
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (fields) return checkFields(map, { ...shape, fields }, at);
  if (!entries) return right(map);
  const each = { ...entries, required: true };
  return merged(
    map,
    Object.entries(map).map(([name, entry]) => [name, checkShape(entry, each, at(name))]),
  );
}

function checkFields(map: PlainMap, { fields, open }: MapShape, at: (name: string) => string): CheckedValue {
  if (isRight(map, fields, at)) return right(map);
  const names = Object.keys(fields);
  // In an open map, an unknown name is a mistake only if it resembles a missing required one.
  const wanted = open ? names.filter((name) => fields[name]?.required) : names;
  const misspelt = misspeltNames(map, names, wanted);
  const meant = new Set(misspelt.values());
  const checked = Object.entries(fields).map(([name, field]): CheckedEntry => {
    const entry = checkShape(map[name], field, at(name));
    // The misspelt name explains why this one is missing.
    return [name, meant.has(name) ? { ...entry, problems: [] } : entry];
  });
  const unknown = [...misspelt].map(([name, near]) => unknownName(at(name), near));
  return merged(map, checked, unknown);
}

/** Whether everything is right, decided by the props that exist, which are few of the possible ones. */
function isRight(map: PlainMap, fields: MapShape['fields'], at: (name: string) => string): boolean {
  for (const name of Object.keys(map)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field || checkShape(map[name], field, at(name)).problems.length > 0) return false;
  }
  for (const name in fields) if (fields[name]?.required && map[name] === undefined) return false;
  return true;
}

/** The unknown names of a map, each with the name that was probably meant. Names that resemble none do no harm. */
function misspeltNames(
  map: PlainMap,
  names: readonly string[],
  wanted: readonly string[],
): Map<string, string> {
  const free = wanted.filter((name) => map[name] === undefined);
  const unknown = Object.keys(map).filter((name) => !names.includes(name));
  return new Map(
    unknown.flatMap((name): [string, string][] => {
      const near = nearestName(name, free);
      return near === undefined ? [] : [[name, near]];
    }),
  );
}

/** A map with checked entries: the map itself if nothing is wrong. */
function merged(
  map: PlainMap,
  checked: readonly CheckedEntry[],
  unknown: readonly OwnFindingInput[] = [],
): CheckedValue {
  const problems = [...unknown, ...checked.flatMap(([, entry]) => entry.problems)];
  if (problems.length === 0) return right(map);
  const result = new Map<string, unknown>(Object.entries(map));
  for (const [name, { value }] of checked) {
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return { value: Object.fromEntries(result), problems };
}
