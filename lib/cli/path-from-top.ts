import { relative } from 'node:path';
import { realPath } from '../config/real-path';
import { withSlashes } from '../plain/with-slashes';

/** The path of a folder from the top of git's repository; `''` for the top itself. */
export function pathFromTop(top: string, path: string): string {
  return withSlashes(relative(realPath(top), realPath(path)));
}
