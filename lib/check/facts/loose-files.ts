import { once } from '../../plain/once';
import { listOf, mapOf, type PlainMap } from '../../plain/plain-data';
import type { TreeFile } from '../../tree/tree-file';
import type { CheckContext } from '../check-context';
import { objectsOf } from './used-files';

/** The YAML files that no build reads: someone may apply them by hand or with another tool, or a chart contains them. */
export const looseFiles = once(({ tree, clusters }: CheckContext): readonly TreeFile[] => {
  const built = new Set(
    clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ build }) => build?.reads ?? [])),
  );
  return tree.files.filter((file) => !file.isPrinted && /\.ya?ml$/.test(file.path) && !built.has(file.path));
});

/**
 * Whether a file that no build reads has an object of which a test is true.
 *
 * @param text - what must be in the file, so that few files are parsed
 */
export function isInLooseFile(
  context: CheckContext,
  text: string,
  test: (object: PlainMap) => boolean,
): boolean {
  return looseFiles(context).some(
    (file) =>
      file.bytes.includes(text) &&
      objectsOf(file).some((object) =>
        [object, ...listOf(mapOf(object).items)].some((one) => test(mapOf(one))),
      ),
  );
}
