import { relative, sep } from 'node:path';
import { realPath } from '../config/real-path';

/** The path of a folder from the top of git's repository; `''` for the top itself. */
export function pathFromTop(top: string, path: string): string {
  return relative(realPath(top), realPath(path)).split(sep).join('/');
}
