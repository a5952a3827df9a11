import { directoryOf } from '../tree/path';
import type { Change } from './change';
import { printEntries, printJournal, type Journal } from './journal';
import type { ChangePlan } from './change-plan';
import type { OwnedFolders } from './owned-folders';
import { journalName, type StateFolder } from './state-folder';
import type { Writer } from './writer';

/**
 * Carries a plan out. The journal comes first and goes last; records are written when their files are, so that until
 * then they speak of the files as they were; removals come before writes, so that a name may change its letters' case
 * on file systems that do not tell them apart.
 */
export function applyPlan(
  plan: ChangePlan,
  writer: Writer,
  folders: OwnedFolders,
  { state, earlier, token, runs }: { state: StateFolder; earlier: Journal; token: string; runs: string },
): void {
  const changes = [...plan.removals, ...plan.writes, ...plan.records];
  const journal = journalName(runs);
  if (changes.length > 0) state.write(journal, printJournal(changes, earlier, token));
  for (const change of changes) applyChange(change, writer);
  removeEmptyFolders(plan, writer, folders);
  if (plan.unfinished.size > 0) state.write(journal, printEntries(plan.unfinished, token));
  else if (changes.length > 0 || earlier.entries.size > 0) state.remove(journal);
}

function applyChange({ path, bytes, exists }: Change, writer: Writer): void {
  if (!bytes) {
    writer.remove(path);
  } else if (exists) {
    writer.replace(path, bytes);
  } else {
    writer.makeFolder(directoryOf(path));
    writer.create(path, bytes);
  }
}

/** Removes folders that our removals leave empty, and those above them, but not the published folders. */
function removeEmptyFolders(plan: ChangePlan, writer: Writer, folders: OwnedFolders): void {
  const candidates = [...plan.folders, ...plan.removals.map(({ path }) => directoryOf(path))];
  const needed = new Set(plan.writes.map(({ path }) => directoryOf(path)));
  const done = new Set<string>(['', ...folders.list]);
  for (const candidate of candidates) {
    for (let folder = candidate; !done.has(folder) && !needed.has(folder); folder = directoryOf(folder)) {
      if (!writer.removeEmptyFolder(folder)) break;
      done.add(folder);
    }
  }
}
