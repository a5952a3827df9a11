import { isMap, type PlainMap } from '../../plain/plain-data';

/** The part of a value in which variables are substituted, and how its result is put back. */
interface VariablePart {
  /** The value with only the entries that lead to strings with variables. */
  readonly value: unknown;
  /**
   * The whole value with the substituted part in its place.
   *
   * @throws PartChangedError if the part has other entries than before
   */
  readonly merge: (substituted: unknown) => unknown;
}

/** Thrown where variables change more than texts, so that a part does not tell what becomes of the whole. */
export class PartChangedError extends Error {}

/** Strings that stay the same when they are printed as YAML and read again. */
const STABLE = /^[\x20-\x7e\n]*$/;

/**
 * The part of an object that variables may change. An object with a few variables in a large text is cheaper to print and
 * to read without that text.
 *
 * @returns `undefined` where the object must be taken as a whole: an expression may reach from one text into another, or
 *   variables stand in keys
 */
export function variablePart(object: PlainMap): VariablePart | undefined {
  const part = partOf(object);
  return part === 'whole' || part === 'nothing' ? undefined : part;
}

/** Whether there is something for Flux in a text. */
export function hasVariables(text: string): boolean {
  return text.includes('${') || text.includes('$$');
}

type PartOf = VariablePart | 'whole' | 'nothing';

function partOf(value: unknown): PartOf {
  if (typeof value === 'string') return partOfText(value);
  if (Array.isArray(value)) return partOfList(value);
  if (isMap(value)) return partOfMap(value);
  return value === null || typeof value === 'boolean' || Number.isSafeInteger(value) ? 'nothing' : 'whole';
}

function partOfText(text: string): PartOf {
  if (!hasVariables(text)) return STABLE.test(text) ? 'nothing' : leaf(text);
  return isClosed(text) ? leaf(text) : 'whole';
}

function leaf(text: string): VariablePart {
  return { value: text, merge: (substituted) => substituted };
}

/** Whether each expression of a string also ends in it. */
function isClosed(text: string): boolean {
  return text.split('${').length <= text.split('}').length && text.lastIndexOf('${') <= text.lastIndexOf('}');
}

function partOfList(list: readonly unknown[]): PartOf {
  const parts: [index: number, part: VariablePart][] = [];
  for (const [index, item] of list.entries()) {
    const part = partOf(item);
    if (part === 'whole') return part;
    if (part !== 'nothing') parts.push([index, part]);
  }
  if (parts.length === 0) return 'nothing';
  const merge = (substituted: unknown): unknown => {
    if (!Array.isArray(substituted) || substituted.length !== parts.length) throw new PartChangedError();
    const merged = [...list];
    for (const [position, [index, part]] of parts.entries())
      merged[index] = part.merge(substituted[position]);
    return merged;
  };
  return { value: parts.map(([, { value }]) => value), merge };
}

function partOfMap(map: PlainMap): PartOf {
  const parts = new Map<string, VariablePart>();
  for (const key of Object.keys(map)) {
    if (hasVariables(key) || !STABLE.test(key)) return 'whole';
    const part = partOf(map[key]);
    if (part === 'whole') return part;
    if (part !== 'nothing') parts.set(key, part);
  }
  if (parts.size === 0) return 'nothing';
  const merge = (substituted: unknown): unknown => {
    if (!isMap(substituted) || Object.keys(substituted).length !== parts.size) throw new PartChangedError();
    const merged: Record<string, unknown> = { ...map };
    for (const [key, part] of parts) {
      if (!Object.hasOwn(substituted, key)) throw new PartChangedError();
      merged[key] = part.merge(substituted[key]);
    }
    return merged;
  };
  return { value: Object.fromEntries([...parts].map(([key, { value }]) => [key, value])), merge };
}
