import { addToGroup } from '../plain/group-by';
import { isMap, type PlainMap } from '../plain/plain-data';
import { compareText } from '../plain/compare-text';
import { baseName, isBelow } from '../tree/path';
import type { RecordEntry } from './record-entry';

/**
 * The record of a cluster that shares files, which lists all that is its own. A fleet has as many of these as clusters, so that
 * each folder is written once, and fingerprints are shorter: a record protects from chance, not from those who can also change it.
 */
export const CLUSTER_VERSION = 2;

/** How many bytes of a fingerprint are written: 96 bits. */
const BYTES = 12;
/** A fingerprint as it is written. */
export const SHORT_HASH = /^[\w-]{16}$/;
/** The fingerprint of a file that has marked fields. */
const HASH = 'hash';
const HEAD: ReadonlySet<string> = new Set(['version', 'cluster']);

/** How the line of a folder begins: no file ends in a slash. */
export function headingOf(folder: string): string {
  return `${folder || '.'}/`;
}

/** The folder of a line, with a slash; `undefined` for any other key. */
export function folderOf(key: string): string | undefined {
  if (key === './') return '';
  return key.endsWith('/') ? key : undefined;
}

/**
 * Prints the record of a cluster, with a line for each file, below one for its folder. The name of the cluster is said only where
 * the entry path does not end in it.
 *
 * @param folders - the entry path of the cluster, then its other folders
 */
export function printClusterRecord(
  entries: Iterable<readonly [path: string, entry: RecordEntry]>,
  name: string,
  folders: readonly string[],
): string {
  const deepestFirst = [...folders].sort((a, b) => b.length - a.length);
  const byFolder = new Map<string, string[]>();
  for (const [path, entry] of [...entries].sort(([a], [b]) => compareText(a, b))) {
    const folder = deepestFirst.find((one) => isBelow(path, one)) ?? '';
    const file = path.slice(folder === '' ? 0 : folder.length + 1);
    addToGroup(byFolder, folder, `    ${JSON.stringify(file)}: ${printed(entry)}`);
  }
  const lines = [...byFolder]
    .sort(([a], [b]) => compareText(a, b))
    .map(([folder, files]) => `  ${JSON.stringify(headingOf(folder))}: {\n${files.join(',\n')}\n  }`);
  const told = name === nameByPath(folders[0] ?? '') ? [] : [`  "cluster": ${JSON.stringify(name)}`];
  return `{\n${[`  "version": ${CLUSTER_VERSION}`, ...told, ...lines].join(',\n')}\n}\n`;
}

/** What a cluster is called where its record does not say it. */
export function nameByPath(entry: string): string {
  return baseName(entry);
}

function printed({ hash, marks }: RecordEntry): string {
  const short = JSON.stringify(shortHash(hash));
  if (!marks || marks.size === 0) return short;
  const values = [...marks].sort(([a], [b]) => compareText(a, b));
  const lines = values.map(([policy, value]) => `      ${JSON.stringify(policy)}: ${JSON.stringify(value)}`);
  return `{\n${[`      "${HASH}": ${short}`, ...lines].join(',\n')}\n    }`;
}

function shortHash(hash: string): string {
  return Buffer.from(hash, 'hex').subarray(0, BYTES).toString('base64url');
}

/** The beginning of a fingerprint, in hex. */
function longHash(text: string): string | undefined {
  return SHORT_HASH.test(text) ? Buffer.from(text, 'base64url').toString('hex') : undefined;
}

/** Told of each file of a record, and of each marked field. */
export interface RecordReader {
  readonly file: (path: string, hash: string) => void;
  readonly mark: (path: string, policy: string, value: string) => void;
}

/** Reads a record that is intact. */
export function readClusterRecord(data: PlainMap, reader: RecordReader): void {
  for (const [key, files] of Object.entries(data)) {
    const folder = HEAD.has(key) ? undefined : folderOf(key);
    if (folder === undefined || !isMap(files)) continue;
    for (const [name, entry] of Object.entries(files)) {
      for (const [field, value] of Object.entries(isMap(entry) ? entry : { [HASH]: entry }))
        if (typeof value === 'string') readField({ path: folder + name, field, value }, reader);
    }
  }
}

/** What one line says of a file: its fingerprint, or the value of a marked field. */
export function readField(
  { path, field, value }: { readonly path: string; readonly field: string; readonly value: string },
  reader: RecordReader,
): void {
  const hash = field === HASH ? longHash(value) : undefined;
  if (hash !== undefined) reader.file(path, hash);
  else if (field !== HASH) reader.mark(path, field, value);
}
