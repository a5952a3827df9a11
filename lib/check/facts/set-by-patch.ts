import type { FindingLocation } from '../../findings/finding';
import type { KustomizationBuild } from '../../graph/graph';
import { mapOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import { fieldParts } from './locate-fields';
import { objectsOf } from './used-files';

/**
 * The place of a patch that sets a field of an object: the one file among those that a build reads in which an object
 * of the kind has the value. Fields inside lists are not looked for, because patches merge lists.
 *
 * @returns nothing if it is the object's own file
 */
export function placeInPatch(
  tree: Tree,
  { reads }: Pick<KustomizationBuild, 'reads'>,
  { object, location, field }: { object: ManifestObject; location: FindingLocation; field: string },
): FindingLocation | undefined {
  const path = fieldParts(field);
  const value = valueAt(object, ...path);
  const sets = (file: TreeFile | undefined) =>
    file !== undefined &&
    objectsOf(file).some((one) => mapOf(one).kind === object.kind && valueAt(one, ...path) === value);
  if (value === undefined) return undefined;
  const [file, ...others] = [...new Set(reads)].filter((read) => sets(tree.get(read)));
  if (file === undefined || file === location.file || others.length > 0) return undefined;
  const document = tree.get(file)?.documents.find((one) => valueAt(one.object, ...path) === value);
  return { file, line: document?.line, field };
}
