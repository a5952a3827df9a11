import type { Place } from '../flux/directory';
import { directoryOf } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { TreeFile } from '../tree/tree-file';

/** The files of a place. */
export interface PlaceFiles {
  /**
   * The place in whose directory they are.
   *
   * @default - none
   */
  readonly place?: Place;
  readonly files: readonly TreeFile[];
}

/** The files of a tree by the place that they are in; without the `kustomization.yaml`s, which hold no objects. */
export function filesByPlace(tree: Tree, places: readonly Place[]): PlaceFiles[] {
  const byDirectory = new Map<string, Place | undefined>(places.map((place) => [place.directory, place]));
  const groups = new Map<Place | undefined, TreeFile[]>();
  for (const file of tree.files) {
    if (file.path.endsWith('/kustomization.yaml')) continue;
    const place = placeOfFolder(directoryOf(file.path), byDirectory);
    const group = groups.get(place);
    if (group) group.push(file);
    else groups.set(place, [file]);
  }
  return [...groups].map(([place, files]) => ({ place, files }));
}

/** The place of a folder or of the nearest one around it; what was found is remembered. */
function placeOfFolder(folder: string, byDirectory: Map<string, Place | undefined>): Place | undefined {
  if (folder === '' || byDirectory.has(folder)) return byDirectory.get(folder);
  const place = placeOfFolder(directoryOf(folder), byDirectory);
  byDirectory.set(folder, place);
  return place;
}
