import { goRegex } from '../../../plain/go-regex';
import { isMap, withEntry } from '../../../plain/plain-data';
import { parseDocuments } from '../../../yaml/parse';
import { resolvePlain } from '../../../yaml/resolve';
import { StepError } from '../step-error';

/** Splits `spec.containers.[name=app].image`; a dot inside a key is written `\.`, or the key stands in brackets. */
export function parseReplacementPath(path: string): string[] {
  // A bracket that is not closed ends a key, as a dot does.
  const closed = path.lastIndexOf(']') + 1;
  const open = path.slice(closed).replace(/\\.|\[/g, (part) => (part === '[' ? '.' : part));
  const keys = `${path.slice(0, closed)}${open}`.match(/\[[^\]]*\]|(?:\\.|[^.[\\])+/g) ?? [];
  return keys.map((key) =>
    key.startsWith('[') && !key.includes('=') ? key.slice(1, -1) : key.replaceAll('\\.', '.'),
  );
}

const CORRECT_PATH = 'correct the path in fieldPaths';

/** How a target is changed. */
export interface TargetEdit {
  /**
   * What is made at the end of a path that does not exist.
   *
   * @default - nothing is made
   */
  readonly create?: unknown;
  /** Gets the value that is there, or `undefined` where it is made. */
  readonly change: (found: unknown) => unknown;
}

/** A value after an edit, and how many fields were changed. */
export interface Edited {
  readonly value: unknown;
  readonly count: number;
}

/**
 * Changes all fields at a path: keys of maps, positions of lists, `*` for all entries of a list, and `[key=expression]`
 * for those of which a field matches.
 *
 * @throws StepError where a map stands for a list or the other way round
 */
export function editFields(value: unknown, keys: readonly string[], edit: TargetEdit): Edited {
  const [key, ...rest] = keys;
  if (key === undefined) return { value: edit.change(value), count: 1 };
  if (/^\d+$/.test(key)) return editPosition(value, Number(key), rest, edit);
  if (key === '*') return editEntries(listAt(value, key), rest, edit, () => true);
  const [, field, expression] = /^\[([^=]*)=(.*)\]$/.exec(key) ?? [];
  if (field !== undefined && expression !== undefined)
    return editMatching(listAt(value, key), { field, expression }, rest, edit);
  return editField(value, key, rest, edit);
}

function listAt(value: unknown, key: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new StepError(
    `${JSON.stringify(key)} selects an entry of a list, and the value there is not a list`,
    CORRECT_PATH,
  );
}

function editField(value: unknown, key: string, rest: readonly string[], edit: TargetEdit): Edited {
  if (!isMap(value)) {
    if (value === null || value === undefined) return { value, count: 0 };
    // kustomize also finds fields in a text after "*", but loses what it sets there.
    if (typeof value === 'string' && holdsField(value, [key, ...rest])) return { value, count: 1 };
    throw new StepError(
      `${JSON.stringify(key)} is a key of a map, and the value there is not a map`,
      Array.isArray(value)
        ? `select entries of the list with "*", "[name=...]" or a position before "${key}"`
        : CORRECT_PATH,
    );
  }
  const isThere = Object.hasOwn(value, key);
  if (!isThere && edit.create === undefined) return { value, count: 0 };
  // A field that should be created below a null is lost.
  if (value[key] === null && rest.length > 0) return { value, count: edit.create === undefined ? 0 : 1 };
  const edited = editFields(isThere ? value[key] : emptyFor(rest), rest, edit);
  return { value: edited.count === 0 ? value : withEntry(value, key, edited.value), count: edited.count };
}

function holdsField(text: string, keys: readonly string[]): boolean {
  try {
    const [document] = parseDocuments(text, '');
    return editFields(document?.value, keys, { change: (found) => found }).count > 0;
  } catch {
    return false;
  }
}

/** The value that is created so that a path can continue from it. */
function emptyFor([next]: readonly string[]): unknown {
  if (next === undefined) return undefined;
  return /^(?:\d+|\*|\[[^=\n]*=.*\])$/.test(next) ? [] : {};
}

function editPosition(value: unknown, position: number, rest: readonly string[], edit: TargetEdit): Edited {
  const list = listAt(value, String(position));
  const isNext = position === list.length && edit.create !== undefined;
  if (position >= list.length && !isNext)
    throw new StepError(
      `entry ${position} does not exist: the list has ${list.length} entries`,
      'correct the position in fieldPaths; the first entry has the position 0',
    );
  const whole = isNext ? [...list, emptyFor(rest)] : list;
  return editEntries(whole, rest, edit, (_, index) => index === position);
}

function editEntries(
  list: readonly unknown[],
  rest: readonly string[],
  edit: TargetEdit,
  isMeant: (entry: unknown, index: number) => boolean,
): Edited {
  let count = 0;
  const value = list.map((entry, index) => {
    if (!isMeant(entry, index)) return entry;
    const edited = editFields(entry, rest, edit);
    count += edited.count;
    return edited.value;
  });
  return { value, count };
}

function editMatching(
  list: readonly unknown[],
  { field, expression }: { readonly field: string; readonly expression: string },
  rest: readonly string[],
  edit: TargetEdit,
): Edited {
  const matches = goRegex(expression);
  const isMeant = (entry: unknown) => {
    const found = field === '' ? entry : isMap(entry) ? entry[field] : undefined;
    return found !== undefined && matches(String(found));
  };
  const edited = editEntries(list, field === '' ? [] : rest, edit, isMeant);
  if (edited.count > 0 || edit.create === undefined) return edited;
  const made = field === '' ? resolvePlain(expression) : { [field]: resolvePlain(expression) };
  return editEntries([...list, made], rest, edit, (_, index) => index === list.length);
}

/** The value at a path; an entry of a list is named by its position, or by the value of a field. */
export function readField(value: unknown, keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (!Array.isArray(current)) {
      current = isMap(current) && Object.hasOwn(current, key) ? current[key] : undefined;
      continue;
    }
    const [, field = '', wanted] = /^\[([^=]*)=(.*)\]$/.exec(key) ?? [];
    current = (current as unknown[]).find((entry, index) =>
      wanted === undefined ? String(index) === key : isMap(entry) && String(entry[field]) === wanted,
    );
  }
  return current;
}
