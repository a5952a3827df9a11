import type { AppliedObject } from '../../../graph/graph';
import { itemsOf } from '../../../graph/kustomize/read/load-manifests';
import { groupBy } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import { isMap, mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import type { Tree } from '../../../tree/tree';
import type { TreeFile } from '../../../tree/tree-file';
import { documentsOf } from '../../../tree/readable-documents';

/**
 * What the file of an applied object contains, before the build gives it another name or namespace; also if it is an
 * item of a List. `undefined` if a generator makes it, or if several items may be it. In a file that we print, the line of
 * all documents is 1.
 */
export function objectInFile(
  tree: Tree,
  { identity: { kind, name }, location: { file, line } }: Pick<AppliedObject, 'identity' | 'location'>,
): PlainMap | undefined {
  const read = file === undefined ? undefined : tree.get(file);
  const written = ((read && line !== undefined && documentsByLine(read).get(line)) || [])
    .flatMap(({ object }) => itemsOf(object))
    .filter(isMap)
    .filter((object) => object.kind === kind);
  return written.length === 1 ? written[0] : written.find((object) => mapOf(object.metadata).name === name);
}

/** The name in the file of an applied object; `undefined` if it contains a variable, or if no file has the object. */
export function nameInFile(
  tree: Tree,
  applied: Pick<AppliedObject, 'identity' | 'location'>,
): string | undefined {
  const name = textOf(mapOf(objectInFile(tree, applied)?.metadata).name);
  return name?.includes('$') ? undefined : name;
}

/** The namespace in the file of an applied object; `undefined` if there is none. */
export function namespaceInFile(
  tree: Tree,
  applied: Pick<AppliedObject, 'identity' | 'location'>,
): string | undefined {
  return textOf(mapOf(objectInFile(tree, applied)?.metadata).namespace);
}

const documentsByLine = once((file: TreeFile) => groupBy(documentsOf(file), ({ line = 1 }) => line));
