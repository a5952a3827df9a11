import { isMap } from '../plain/plain-data';
import { fail, FindingsError } from '../findings/findings-error';
import { repositoryPath } from '../tree/path';
import {
  CLUSTER_VERSION,
  folderOf,
  headingOf,
  nameByPath,
  printClusterRecord,
  readClusterRecord,
  readField,
  type RecordReader,
} from './cluster-record';
import { isInGit } from './names';
import type { RecordEntry } from './record-entry';

const VERSION = 1;
const NEWEST = CLUSTER_VERSION;
const ABOUT =
  'the files that cdk8s-flux made here, so that it can update and remove them; keep this file in git';

/** The cluster to which the files of a record belong. */
export interface RecordedCluster {
  /** The id of its construct. */
  readonly name: string;
  /** Its entry path from the root of the repository, without `./`. */
  readonly path: string;
  /**
   * Its other folders, where the record in the entry path lists all files of the cluster.
   *
   * @default - each folder has a record
   */
  readonly folders?: readonly string[];
}

/** Where a record lies, and for which cluster. */
export interface RecordLocation {
  /** The folder of the record, from the root of the repository. */
  readonly folder: string;
  readonly cluster: RecordedCluster;
}

/** What a record on disk says of a file: several values where git merged two branches. */
export interface LoadedEntry {
  readonly hashes: string[];
  readonly marks: Map<string, string[]>;
}

/**
 * Prints a record. Each file has a line of its own, so that git merges two branches' changes, and the layout is the
 * one that formatters leave alone.
 *
 * @param place - where the record lies, and for which cluster; by default it belongs to none
 */
export function printRecord(
  entries: Iterable<readonly [path: string, entry: RecordEntry]>,
  place?: RecordLocation,
): string {
  const { folder = '', cluster } = place ?? {};
  if (cluster?.folders && folder === cluster.path)
    return printClusterRecord(entries, cluster.name, [folder, ...cluster.folders]);
  const files: string[] = [];
  const marks: string[] = [];
  for (const [path, entry] of entries) {
    files.push(`    ${JSON.stringify(path)}: "${entry.hash}"`);
    if (!entry.marks || entry.marks.size === 0) continue;
    const values = [...entry.marks].sort(([a], [b]) => (a < b ? -1 : 1));
    const lines = values.map(
      ([policy, value]) => `      ${JSON.stringify(policy)}: ${JSON.stringify(value)}`,
    );
    marks.push(`    ${JSON.stringify(path)}: {\n${lines.join(',\n')}\n    }`);
  }
  const told = cluster ? { folder: folder || '.', cluster: cluster.name, entry: cluster.path || '.' } : {};
  const starts = Object.entries(told).map(([key, value]) => `  "${key}": ${JSON.stringify(value)},\n`);
  const head = `{\n  "version": ${VERSION},\n  "about": "${ABOUT}",\n${starts.join('')}  "files": {\n${files.join(',\n')}\n  }`;
  return marks.length === 0 ? `${head}\n}\n` : `${head},\n  "marks": {\n${marks.join(',\n')}\n  }\n}\n`;
}

/**
 * Reads a record. One that a merge has left with conflict markers, or without a comma, is read line by line, and
 * counts for both sides.
 *
 * @returns undefined when the text is not a record
 * @throws FindingsError `record-version` when a newer version of this package wrote it
 */
export function parseRecord(text: string, file: string): Map<string, LoadedEntry> | undefined {
  const entries = new Map<string, LoadedEntry>();
  const reader: RecordReader = {
    file: (path, hash) => entryOf(entries, path)?.hashes.push(hash),
    mark: (path, policy, value) => addMark(entries, path, policy, value),
  };
  const whole = parsed(text);
  const version = whole === undefined ? new LineReader(reader).read(text) : readWhole(whole, reader);
  if (typeof version === 'number' && version > NEWEST) {
    fail({
      code: 'record-version',
      message: `${JSON.stringify(file)} has version ${version}; this version of cdk8s-flux supports versions up to ${NEWEST}`,
      hint: 'update cdk8s-flux to the version that wrote the file',
      locations: [{ file }],
    });
  }
  return version === undefined && entries.size === 0 ? undefined : entries;
}

/**
 * The cluster that a record names; also one that a merge has left with conflict markers.
 *
 * @param folder - where the record lies: one that says it lies elsewhere does not count
 */
export function clusterOfRecord(text: string, folder: string): RecordedCluster | undefined {
  const [told, name, path] = ['folder', 'cluster', 'entry'].map((key) =>
    parsed(new RegExp(`^ {2}"${key}": ("(?:[^"\\\\]|\\\\.)*"),?\\r?$`, 'm').exec(text)?.[1]),
  );
  const heading = `\n  ${JSON.stringify(headingOf(folder))}: {`;
  if (told === undefined && text.includes(heading))
    return { name: typeof name === 'string' ? name : nameByPath(folder), path: folder };
  if (typeof name !== 'string' || typeof path !== 'string' || told !== (folder || '.')) return undefined;
  const plain = path === '.' ? '' : path;
  return plain === '' || isPlainPath(plain) ? { name, path: plain } : undefined;
}

function readWhole(data: unknown, reader: RecordReader): unknown {
  if (!isMap(data) || typeof data.version !== 'number') return undefined;
  if (data.version === CLUSTER_VERSION) readClusterRecord(data, reader);
  for (const [path, hash] of Object.entries(isMap(data.files) ? data.files : {})) {
    if (typeof hash === 'string') reader.file(path, hash);
  }
  for (const [path, values] of Object.entries(isMap(data.marks) ? data.marks : {})) {
    for (const [policy, value] of Object.entries(isMap(values) ? values : {})) {
      if (typeof value === 'string') reader.mark(path, policy, value);
    }
  }
  return data.version;
}

/** The position of a line: in a folder, whose name ends in a slash, and among the entries of a file. */
interface LinePlace {
  readonly folder?: string;
  readonly file?: string;
}

/** Reads a record of either version line by line. Each side of a conflict begins where the conflict begins. */
class LineReader {
  private place: LinePlace = {};
  private conflict: LinePlace = {};
  private version: unknown;

  constructor(private readonly reader: RecordReader) {}

  read(text: string): unknown {
    for (const line of text.split(/\r?\n/)) this.readLine(line);
    return this.version;
  }

  private readLine(line: string): void {
    if (line.startsWith('<<<<<<<')) this.conflict = this.place;
    else if (/^(?:=======|\|{7})/.test(line)) this.place = this.conflict;
    else if (/^\s*\}/.test(line)) this.close();
    const match = /^("(?:[^"\\]|\\.)*"): (.*)$/.exec(line.trim());
    const key = parsed(match?.[1]);
    if (!match || typeof key !== 'string') return;
    const written = (match[2] ?? '').replace(/,$/, '');
    if (written === '{') this.open(key);
    else this.readValue(key, parsed(written));
  }

  private close(): void {
    const { folder, file } = this.place;
    this.place = file !== undefined && folder !== undefined ? { folder } : {};
  }

  private open(key: string): void {
    const { folder } = this.place;
    const inner = folderOf(key);
    if (inner !== undefined) this.place = { folder: inner };
    else if (key === 'files' || key === 'marks') this.place = {};
    else this.place = { folder, file: `${folder ?? ''}${key}` };
  }

  private readValue(key: string, value: unknown): void {
    const { folder, file } = this.place;
    if (key === 'version' && folder === undefined) this.version = value;
    if (typeof value !== 'string') return;
    if (/^[0-9a-f]{64}$/.test(value)) this.reader.file(key, value);
    else if (folder !== undefined)
      readField({ path: file ?? folder + key, field: file === undefined ? 'hash' : key, value }, this.reader);
    else if (file !== undefined && key !== 'about') this.reader.mark(file, key, value);
  }
}

function addMark(entries: Map<string, LoadedEntry>, path: string, policy: string, value: string): void {
  const entry = entryOf(entries, path);
  if (entry) entry.marks.set(policy, [...(entry.marks.get(policy) ?? []), value]);
}

/** The entry of a path; undefined for a path that we would never have written. */
function entryOf(entries: Map<string, LoadedEntry>, path: string): LoadedEntry | undefined {
  const known = entries.get(path);
  if (known) return known;
  if (!isPlainPath(path)) return undefined;
  const entry: LoadedEntry = { hashes: [], marks: new Map() };
  entries.set(path, entry);
  return entry;
}

/** Whether a path is spelt as we spell paths, and leads to no place that we would never write to. */
export function isPlainPath(path: string): boolean {
  try {
    return path !== '' && repositoryPath(path) === path && !isInGit(path);
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return false;
    throw error;
  }
}

function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}
