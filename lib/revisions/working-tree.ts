import { relative } from 'node:path';
import { isBelow } from '../tree/path';
import type { Git } from './git';
import { withSlashes } from '../plain/with-slashes';

/**
 * What of the working tree would be no part of a commit: files that git ignores, and submodules.
 *
 * @param root - the absolute path of the folder that is loaded
 * @returns whether a path from the root is one of these
 */
export function notCommitted(git: Git, root: string): (path: string) => boolean {
  const folder = withSlashes(relative(git.top, root));
  const start = folder === '' ? 0 : folder.length + 1;
  const listed = git
    .output(['ls-files', '-z', '--full-name', '--others', '--ignored', '--exclude-standard', '--directory'])
    .toString('utf8')
    .split('\0');
  const paths = [...listed, ...submodules(git)]
    .map((path) => path.replace(/\/$/, ''))
    .filter((path) => path !== '' && path !== folder && isBelow(path, folder))
    .map((path) => path.slice(start));
  const left = new Set(paths);
  return (path) => left.has(path);
}

/** `<mode> <id> <stage>\t<path>` */
function submodules(git: Git): string[] {
  const text = git.output(['ls-files', '-z', '--full-name', '--stage']).toString('utf8');
  return text.split('\0').flatMap((line) => /^160000 [^\t]*\t([\s\S]+)$/.exec(line)?.[1] ?? []);
}
