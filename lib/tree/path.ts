import { fail } from '../findings/findings-error';
import type { FindingLocation } from '../findings/finding';

/**
 * A path from the repository's root in its one spelling: `/` between segments, no `.` or `..`, nothing at either
 * end. The root itself is `''`. A leading `./` or `/`, as Flux allows it, is dropped.
 *
 * @throws FindingsError `path-outside-repository` when `..` leads out of the repository, `path-invalid` when a
 *   segment cannot be a file's name on every system
 */
export function repositoryPath(path: string, location?: FindingLocation): string {
  const locations = location ? [location] : [];
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.pop() === undefined) {
        fail({
          code: 'path-outside-repository',
          message: `${JSON.stringify(path)} leads out of the repository`,
          hint: 'give a path from the root of the repository',
          locations,
        });
      }
      continue;
    }
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    if (/[\u0000-\u001f\\:*?"<>|]/.test(segment) || /[. ]$/.test(segment)) {
      fail({
        code: 'path-invalid',
        message: `${JSON.stringify(path)} has a segment that not every file system can store: ${JSON.stringify(segment)}`,
        hint: 'use letters, digits, "-", "_" and "." and end no segment in "." or a space',
        locations,
      });
    }
    segments.push(segment);
  }
  return segments.join('/');
}

/** The folder of a path in the form of `repositoryPath`; `''` at the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Joins path parts in the form of `repositoryPath`. */
export function joinPath(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}

/** Whether `path` is `folder` or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
