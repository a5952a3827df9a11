import { randomBytes } from 'node:crypto';
import { finding, type Finding } from '../findings/finding';
import type { Change } from './change';
import { Disk } from './disk';
import { fingerprint } from './content';
import { printJournal, readJournal, temporaryPaths } from './journal';
import { takeLock } from './lock';
import { journalName, StateFolder } from './state-folder';
import { Writer, type OperationHook } from './writer';

/** A file that is there, and what it is to become. */
export interface FileReplacement {
  /** The path from the repository's root. */
  readonly path: string;
  /** The content that the new one was made from. */
  readonly before: Buffer;
  readonly bytes: Buffer;
}

/**
 * The runs that replace files share a journal, whose name is not a path, so that no published folder has the same one.
 */
const JOURNAL = '//replaced';
const WAIT_MILLISECONDS = 10_000;

/**
 * Replaces files of a repository that are not published, all or none: when one has changed since it was read, nothing is
 * written. A kill leaves each file as it was or as it was to be; the next call clears away the rest.
 *
 * @param root - the absolute path of the repository's root
 * @returns `file-changed` for each file that is no longer as it was read; empty when all are replaced
 * @throws FindingsError `publish-locked`, `publish-failed`, `path-blocked`
 */
export function replaceFiles(
  root: string,
  files: readonly FileReplacement[],
  hook?: OperationHook,
): Finding[] {
  const state = StateFolder.find(root, '', hook);
  const lock = takeLock(state, WAIT_MILLISECONDS);
  try {
    const disk = new Disk(root);
    const changed = files.filter(
      ({ path, before }) => disk.kind(path) !== 'file' || !disk.equals(path, before),
    );
    if (changed.length > 0) return changed.map(({ path }) => fileChanged(path));
    const token = randomBytes(16).toString('hex');
    const writer = new Writer(root, token, hook);
    const earlier = readJournal(state, '', JOURNAL);
    for (const path of temporaryPaths(earlier)) if (disk.kind(path) === 'file') writer.remove(path);
    state.write(journalName(JOURNAL), printJournal(files.map(toChange), earlier, token));
    for (const { path, bytes } of files) writer.replace(path, bytes);
    state.remove(journalName(JOURNAL));
    return [];
  } finally {
    lock.release();
  }
}

function toChange({ path, bytes }: FileReplacement): Change {
  return { path, owner: '', exists: true, bytes, hash: fingerprint(bytes, path) };
}

function fileChanged(path: string): Finding {
  return finding({
    code: 'file-changed',
    message: `${JSON.stringify(path)} changed while the command prepared its new content`,
    hint: 'run the command again',
    locations: [{ file: path }],
  });
}
