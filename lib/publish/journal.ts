import type { Change } from './change';
import type { Disk } from './disk';
import { JOURNAL_FILE } from './names';
import { isPlainPath } from './record';
import { joinPath } from '../tree/path';

/** What a run was about to do with a file. */
export interface JournalEntry {
  /** The folder whose record lists the file. */
  readonly owner: string;
  /** The fingerprints of what was to be written; none for a removal. */
  readonly hashes: readonly string[];
  /**
   * The length of a file that was to be created, in bytes: one that is shorter was cut off in mid-write.
   *
   * @default - the file was not to be created
   */
  readonly size?: number;
}

/** What a run that did not end was about to change, by path. */
export type Journal = ReadonlyMap<string, JournalEntry>;

/** Where the journal of a published folder is. */
export function journalPath(output: string): string {
  return joinPath(output, JOURNAL_FILE);
}

/** Reads the journal that a killed run left. It is put in place by a rename, so that it is whole or not there. */
export function readJournal(disk: Disk, output: string): Journal {
  const bytes = disk.kind(journalPath(output)) === undefined ? undefined : disk.read(journalPath(output));
  if (!bytes) return new Map();
  try {
    const data = JSON.parse(bytes.toString('utf8')) as { readonly files: Record<string, JournalEntry> };
    return new Map(Object.entries(data.files).filter(([path]) => isPlainPath(path)));
  } catch {
    return new Map(); // not written by us
  }
}

/** Prints the journal of what is about to be changed, with what an earlier journal still has to say. */
export function printJournal(changes: readonly Change[], earlier: Journal): string {
  const entries = new Map(earlier);
  for (const { path, owner, bytes, hash, exists } of changes) {
    const before = earlier.get(path);
    const hashes = new Set(before?.hashes);
    if (hash) hashes.add(hash);
    const size = bytes && !exists ? Math.max(bytes.length, before?.size ?? 0) : before?.size;
    entries.set(path, { owner, hashes: [...hashes], size });
  }
  return printEntries(entries);
}

/** Prints the entries of a journal. */
export function printEntries(entries: Journal): string {
  const lines = [...entries].map(([path, entry]) => `${JSON.stringify(path)}:${JSON.stringify(entry)}`);
  return `{"version":1,"files":{\n${lines.join(',\n')}\n}}\n`;
}
