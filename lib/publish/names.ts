import { isGitName, isSimplePath } from '../tree/path';

/** The record of an owner's files, in the owner's folder. Committed. */
export const RECORD_FILE = '.cdk8s-flux.json';

/** Where lock and journals are in a repository without git: a folder of the published one. Gone when the run ends. */
export const STATE_FOLDER = '.cdk8s-flux.state';

/** Where earlier versions kept their journal, in the published folder. It may have come with a clone. */
export const FORMER_JOURNAL = '.cdk8s-flux.journal';

/** Folders that are never searched for records. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules']);

const RESERVED_FILES: ReadonlySet<string> = new Set([RECORD_FILE, STATE_FOLDER, FORMER_JOURNAL]);

/**
 * A file that is being written, beside the one that it becomes. The token is random and stands in the run's journal, so
 * that no other file has this name.
 */
export function temporaryName(token: string): string {
  return `.cdk8s-flux.${token}.tmp`;
}

/** Whether a path leads into a git directory, by any spelling that some file system takes for `.git`. */
export function isInGit(path: string): boolean {
  return path.split('/').some(isGitName);
}

/** Whether no planned file may be at a path: in git's own folder, or where we keep records and state. */
export function isReservedPath(path: string): boolean {
  if (isSimplePath(path)) return false;
  return isInGit(path) || path.split('/').some((segment) => RESERVED_FILES.has(segment.toLowerCase()));
}
