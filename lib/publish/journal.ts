import { finding, type Finding } from '../findings/finding';
import { isMap } from '../plain/plain-data';
import { directoryOf, isBelow, joinPath } from '../tree/path';
import type { Change } from './change';
import type { Marks } from './marks';
import { temporaryName } from './names';
import { readRegular } from './read-regular';
import { isPlainPath } from './record';
import { journalName, type StateFolder } from './state-folder';

/** What a run was about to do with a file. */
export interface JournalEntry {
  /** The folder whose record lists the file. */
  readonly owner: string;
  /** The fingerprints of what was to be written; none for a removal, and for a record. */
  readonly hashes: readonly string[];
  /**
   * The code's values of marked fields, by policy. A fingerprint does not see them, and the record does not have them yet.
   *
   * @default - the file has no marked field
   */
  readonly marks?: Readonly<Record<string, readonly string[]>>;
}

/** What a run that did not end was about to change. */
export interface Journal {
  /** By path. */
  readonly entries: ReadonlyMap<string, JournalEntry>;
  /**
   * What the names of its temporary files have in them.
   *
   * @default - no run was killed
   */
  readonly token?: string;
  /** Why what was found is not one. */
  readonly findings: readonly Finding[];
}

const VERSION = 1;
const NONE: Journal = { entries: new Map(), findings: [] };

/**
 * Reads the journal that a killed run left. It is put in place by a rename, so that it is whole or not there; one that
 * is anything else was not written by us, and is ignored whole.
 *
 * @param output - the folder that is written to: entries of others do not belong here
 * @param runs - what tells the journal from others in the state folder; by default the folder
 */
export function readJournal(state: StateFolder, output: string, runs: string = output): Journal {
  const name = journalName(runs);
  if (!state.names().includes(name)) return NONE;
  const bytes = readRegular(state.path(name), { follow: false, shown: state.shown(name) });
  const problem = (text: string): Journal => ({ ...NONE, findings: [ignored(state.shown(name), text)] });
  if (!bytes) return problem('it is not a regular file');
  try {
    return (
      parseJournal(bytes.toString('utf8'), output) ?? problem('this version of cdk8s-flux did not write it')
    );
  } catch {
    return problem('it is not valid JSON');
  }
}

function parseJournal(text: string, output: string): Journal | undefined {
  const data: unknown = JSON.parse(text);
  if (!isMap(data) || data['version'] !== VERSION || !isMap(data['files'])) return undefined;
  const { token } = data;
  if (typeof token !== 'string' || !/^[0-9a-f]{32}$/.test(token)) return undefined;
  const entries = new Map<string, JournalEntry>();
  for (const [path, entry] of Object.entries(data['files'])) {
    if (!isPlainPath(path) || !isEntry(entry, output)) return undefined;
    entries.set(path, { owner: entry.owner, hashes: entry.hashes, marks: entry.marks });
  }
  return { entries, token, findings: [] };
}

function isEntry(entry: unknown, output: string): entry is JournalEntry {
  if (!isMap(entry)) return false;
  const { owner, hashes, marks = {} } = entry;
  if (typeof owner !== 'string' || !isBelow(owner, output) || !(owner === '' || isPlainPath(owner)))
    return false;
  if (!isMap(marks) || !Object.values(marks).every(isTexts)) return false;
  return isTexts(hashes) && hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash));
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The finding for what stands where a journal is expected. */
export function ignored(file: string, reason: string): Finding {
  return finding({
    code: 'journal-ignored',
    severity: 'warning',
    message: `${JSON.stringify(file)} is ignored: ${reason}`,
    hint: 'delete it; if synth then reports files of an interrupted run as file-not-ours, check them, and run again with --overwrite and their paths',
    locations: [{ file }],
  });
}

/** Where a killed run may have left a temporary file: beside each file that it was about to write. */
export function temporaryPaths({ entries, token }: Journal): string[] {
  if (token === undefined) return [];
  const folders = new Set([...entries.keys()].map(directoryOf));
  return [...folders].map((folder) => joinPath(folder, temporaryName(token)));
}

/** Prints the journal of what is about to be changed, with what an earlier journal still has to say. */
export function printJournal(changes: readonly Change[], earlier: Journal, token: string): string {
  const entries = new Map(earlier.entries);
  for (const { path, owner, hash, marks } of changes) {
    const before = earlier.entries.get(path);
    const hashes = new Set(before?.hashes);
    if (hash) hashes.add(hash);
    entries.set(path, { owner, hashes: [...hashes], marks: withMarks(before?.marks, marks) });
  }
  return printEntries(entries, token);
}

function withMarks(before: JournalEntry['marks'], marks: Marks = new Map()): JournalEntry['marks'] {
  if (marks.size === 0) return before;
  const merged = new Map(Object.entries(before ?? {}));
  for (const [policy, value] of marks)
    merged.set(policy, [...new Set([...(merged.get(policy) ?? []), value])]);
  return Object.fromEntries(merged);
}

/** Prints the entries of a journal. */
export function printEntries(entries: ReadonlyMap<string, JournalEntry>, token: string): string {
  const lines = [...entries].map(([path, entry]) => `${JSON.stringify(path)}:${JSON.stringify(entry)}`);
  return `{"version":${VERSION},"token":"${token}","files":{\n${lines.join(',\n')}\n}}\n`;
}
