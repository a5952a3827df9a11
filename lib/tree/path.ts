import { fail } from '../findings/findings-error';
import type { FindingLocation } from '../findings/finding';

/** Words of letters, digits, `_` and `-` with dots between them: the form of nearly all paths. */
const SIMPLE = /^[\w-]+(?:\.[\w-]+)*(?:\/[\w-]+(?:\.[\w-]+)*)*$/;

/** Whether a path is so simple that it has one spelling, is allowed everywhere, and has no name that starts with a dot. */
export function isSimplePath(path: string): boolean {
  return SIMPLE.test(path);
}

/**
 * A path from the repository's root in its one spelling: `/` between segments, no `.` or `..`, nothing at either
 * end. The root itself is `''`. A leading `./` or `/`, as Flux allows it, is dropped.
 *
 * @throws FindingsError `path-outside-repository` when `..` leads out of the repository, `path-invalid` when a
 *   segment cannot be a file's name on every system, or leads into the folder that is git's own
 */
export function repositoryPath(path: string, location?: FindingLocation): string {
  const locations = location ? [location] : [];
  if (typeof path !== 'string') {
    fail({
      code: 'path-invalid',
      message: `got ${JSON.stringify(path) ?? 'undefined'} as a path; must be a string`,
      hint: 'use a path relative to the root of the repository, for example "./clusters/home"',
      locations,
    });
  }
  if (isSimplePath(path)) return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.pop() === undefined) {
        fail({
          code: 'path-outside-repository',
          message: `the path ${JSON.stringify(path)} leads out of the repository`,
          hint: 'use a path relative to the root of the repository',
          locations,
        });
      }
      continue;
    }
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    if (/[\u0000-\u001f\\:*?"<>|]/.test(segment) || /[. ]$/.test(segment)) {
      fail({
        code: 'path-invalid',
        message: `the path ${JSON.stringify(path)} has a segment that some file systems cannot store: ${JSON.stringify(segment)}`,
        hint: 'use letters, digits, "-", "_" and ".", and do not end a segment with "." or a space',
        locations,
      });
    }
    segments.push(segment);
  }
  if (segments.some(isGitName)) {
    fail({
      code: 'path-invalid',
      message: `the path ${JSON.stringify(path)} is in .git, where git keeps its own files`,
      hint: 'use another folder',
      locations,
    });
  }
  return segments.join('/');
}

/** Characters that a Mac's file system leaves out of names. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Whether a folder of this name is git's own on some file system: in other letters, with characters that are ignored, or
 * by the short name that Windows gives it.
 *
 * @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-coreprotectHFS
 */
export function isGitName(name: string): boolean {
  const folded = name.replace(IGNORED, '').toLowerCase();
  return folded === '.git' || /^git~\d+$/.test(folded);
}

/** The folder of a path in the form of `repositoryPath`; `''` at the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The last part of a path: the name of the file or folder. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins path parts in the form of `repositoryPath`. */
export function joinPath(...parts: readonly string[]): string {
  let joined = '';
  for (const part of parts) {
    if (part !== '') joined = joined === '' ? part : `${joined}/${part}`;
  }
  return joined;
}

/** A path relative to a folder, or to the root if it starts with `/`; `undefined` where it leads out of the repository. */
export function resolvePath(folder: string, path: string): string | undefined {
  const segments = path.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return joinPath(...segments);
}

/** Whether `path` is `folder` or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  if (folder === '' || path === folder) return true;
  return path.charAt(folder.length) === '/' && path.startsWith(folder);
}
