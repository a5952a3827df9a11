import { lowerBound } from '../../plain/lower-bound';
import type { TreeFile } from '../../tree/tree-file';

/**
 * The files of a folder, with all below it, or the file at a path. Only these are looked at: of hundreds of artifacts, each
 * holds a small part.
 *
 * @param files - in code-unit order of their paths
 */
export function filesBelow(files: readonly TreeFile[], folder: string): readonly TreeFile[] {
  if (folder === '') return files;
  const start = firstFrom(files, folder);
  const own = files[start]?.path === folder ? files.slice(start, start + 1) : [];
  // The character after `/` in code-unit order.
  const below = files.slice(firstFrom(files, `${folder}/`), firstFrom(files, `${folder}0`));
  return own.length > 0 ? [...own, ...below] : below;
}

function firstFrom(files: readonly TreeFile[], path: string): number {
  return lowerBound(files, (file) => file.path < path);
}
