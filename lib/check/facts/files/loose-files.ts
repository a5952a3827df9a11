import { once } from '../../../plain/once';
import { listOf, mapOf, type PlainMap } from '../../../plain/plain-data';
import type { TreeFile } from '../../../tree/tree-file';
import type { CheckContext } from '../../check-context';
import { builtPaths } from './built-paths';
import { objectsOf } from '../../../tree/readable-documents';

/** The YAML files that no build reads: someone may apply them by hand or with another tool, or a chart contains them. */
export const looseFiles = once((context: CheckContext): readonly TreeFile[] => {
  const built = builtPaths(context);
  return context.tree.files.filter(
    (file) => !file.isPrinted && /\.ya?ml$/.test(file.path) && !built.has(file.path),
  );
});

/**
 * The objects in the files that no build reads, those in lists too.
 *
 * @param text - what must be in the file, so that few files are parsed
 */
export function* looseObjects(context: CheckContext, text: string): Iterable<PlainMap> {
  for (const file of looseFiles(context)) {
    if (!file.bytes.includes(text)) continue;
    for (const object of objectsOf(file)) yield* [object, ...listOf(mapOf(object).items)].map(mapOf);
  }
}
