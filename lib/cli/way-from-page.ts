import { relative, resolve } from 'node:path';
import { wayToRoot } from '../draw/way-to-root';
import { withSlashes } from '../plain/with-slashes';

/**
 * The path from a page to the root of the repository, by which the page links files; `undefined` if it is not in the repository.
 *
 * @param page - the file of the page, from the working folder
 * @param root - the absolute path of the repository's root
 */
export function wayFromPage(page: string, root: string, cwd: string): string | undefined {
  return wayToRoot(withSlashes(relative(root, resolve(cwd, page))));
}
