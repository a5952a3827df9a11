import { existsSync, lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { realPath } from './real-path';

/**
 * The nearest file of a name in a folder or above it. The search ends at the top of the git repository: what lies
 * above it describes something else. A link that leads nowhere is found too, so that its reader can refuse it.
 */
export function findUpwards(name: string, from: string): string | undefined {
  for (let folder = realPath(resolve(from)); ; folder = dirname(folder)) {
    const file = join(folder, name);
    if (lstatSync(file, { throwIfNoEntry: false })) return file;
    if (isGitTop(folder) || dirname(folder) === folder) return undefined;
  }
}

/** The top of the git repository that a folder belongs to; `undefined` where there is none. */
export function gitTop(from: string): string | undefined {
  for (let folder = realPath(resolve(from)); ; folder = dirname(folder)) {
    if (isGitTop(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

/** In a worktree and in a submodule, `.git` is a file. */
function isGitTop(folder: string): boolean {
  return existsSync(join(folder, '.git'));
}
