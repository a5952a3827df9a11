import { dump, loadAll } from 'js-yaml';

type Files = Readonly<Record<string, string>>;
type Path = readonly (string | number)[];

/** What people and fuzzers write where something else belongs. A map with the name of a method is no text either. */
const ODD: readonly unknown[] = [
  null,
  1,
  'x',
  [],
  {},
  true,
  [null],
  { a: null },
  ['x'],
  [{}],
  '',
  { toString: 1 },
  [{ toString: 1 }],
  1e30,
];

/** Files in which one value is replaced. */
export interface OddFiles {
  /** Where, and with what. */
  readonly change: string;
  readonly files: Files;
}

/**
 * Replaces each value of the YAML files of a repository with an odd one, one at a time.
 *
 * @param turn - with which odd value it begins; each value gets the next one
 */
export function* oddFiles(files: Files, turn: number): Iterable<OddFiles> {
  let at = turn;
  for (const [path, text] of Object.entries(files)) {
    const documents = documentsOf(path, text);
    for (const [index, document] of documents.entries()) {
      for (const keys of pathsIn(document)) {
        const odd = ODD[at++ % ODD.length];
        const changed = withItem(documents, index, replaced(document, keys, odd));
        yield {
          change: `${path} ${keys.join('.')} = ${JSON.stringify(odd)}`,
          files: { ...files, [path]: changed.map((one) => dump(one, { noRefs: true })).join('---\n') },
        };
      }
    }
  }
}

function documentsOf(path: string, text: string): unknown[] {
  if (!path.endsWith('.yaml')) return [];
  try {
    return loadAll(text);
  } catch {
    return [];
  }
}

function* pathsIn(value: unknown, path: Path = []): Iterable<Path> {
  yield path;
  if (Array.isArray(value)) for (const [index, one] of value.entries()) yield* pathsIn(one, [...path, index]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) yield* pathsIn(one, [...path, key]);
}

function replaced(value: unknown, [key, ...rest]: Path, odd: unknown): unknown {
  if (key === undefined) return odd;
  if (Array.isArray(value))
    return withItem(value, key as number, replaced((value as readonly unknown[])[key as number], rest, odd));
  const map = value as Readonly<Record<string, unknown>>;
  return { ...map, [key]: replaced(map[key], rest, odd) };
}

function withItem(list: readonly unknown[], index: number, item: unknown): unknown[] {
  return list.map((one, at) => (at === index ? item : one));
}
