import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { withSlashes } from '../plain/with-slashes';

/** The git directory that a folder belongs to. */
export interface GitDirectory {
  /** The directory that all worktrees share, as an absolute path. */
  readonly common: string;
  /** The name that tells the worktree from others of the same repository; empty for the main one. */
  readonly worktree: string;
  /** The folder, from the top of the worktree, with `/` between segments. */
  readonly folder: string;
}

/**
 * Finds the git directory of a folder as git does, from files alone: `.git` is the directory, or a file that names it
 * (https://git-scm.com/docs/gitrepository-layout); that of a linked worktree names the common one in `commondir`.
 */
export function findGitDirectory(from: string): GitDirectory | undefined {
  const start = realpathSync(from);
  for (let top = start; ; top = dirname(top)) {
    const own = ownDirectory(join(top, '.git'));
    if (own !== undefined) {
      const common = commonDirectory(own);
      if (existsSync(join(common, 'objects'))) {
        const worktree = common === own ? '' : basename(own);
        return { common, worktree, folder: withSlashes(relative(top, start)) };
      }
    }
    if (dirname(top) === top) return undefined;
  }
}

function ownDirectory(dotGit: string): string | undefined {
  const stats = statSync(dotGit, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return existsSync(join(dotGit, 'HEAD')) ? dotGit : undefined;
  const named = stats?.isFile() ? /^gitdir: (.+)/.exec(firstLine(dotGit))?.[1] : undefined;
  if (named === undefined) return undefined;
  const own = resolve(dirname(dotGit), named);
  return existsSync(join(own, 'HEAD')) ? own : undefined;
}

function commonDirectory(own: string): string {
  const file = join(own, 'commondir');
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? resolve(own, firstLine(file)) : own;
}

function firstLine(file: string): string {
  return statSync(file).size > 64 * 1024 ? '' : (readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '');
}
