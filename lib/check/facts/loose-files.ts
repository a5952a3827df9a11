import { once } from '../../plain/once';
import type { PlainMap } from '../../plain/plain-data';
import { mapOf } from '../../plain/plain-data';
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

/** Whether a file that no build reads has an object of which a test is true. */
export function isInLooseFile(
  context: CheckContext,
  name: string,
  test: (object: PlainMap) => boolean,
): boolean {
  return looseFiles(context).some(
    (file) => file.bytes.includes(name) && objectsOf(file).some((object) => test(mapOf(object))),
  );
}
