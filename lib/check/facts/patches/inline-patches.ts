import type { FindingLocation } from '../../../findings/finding';
import { kustomizationFileNames } from '../../../graph/sources/folder-listing';
import { once } from '../../../plain/once';
import { listOf, mapOf, textOf } from '../../../plain/plain-data';
import { joinPath, resolvePath } from '../../../tree/path';
import { documentsOf, objectsOf } from '../../../tree/readable-documents';
import type { Tree } from '../../../tree/tree';
import { TreeFile } from '../../../tree/tree-file';

/** A patch inside a kustomization file or a Kustomization, not in a file of its own. */
export interface InlinePatch {
  /** Where its text is. */
  readonly location: FindingLocation;
  /** An object to merge, or a list of JSON operations. */
  readonly content: unknown;
  /** The kind that its target selects, if it has one. */
  readonly kind: unknown;
}

/** The patches inside the kustomization files of folders, and the files with JSON operations that they name. */
export function patchesInFolders(tree: Tree, folders: Iterable<string>): InlinePatch[] {
  return [...folders].flatMap((folder) =>
    kustomizationFileNames.flatMap((name) => {
      const file = tree.get(joinPath(folder, name));
      return file ? [...patchesInFile(file), ...operationsOf(tree, folder, file)] : [];
    }),
  );
}

const patchesInFile = once((file: TreeFile): readonly InlinePatch[] =>
  patchesIn(mapOf(objectsOf(file)[0]).patches, { file: file.path }, 'patches'),
);

/** JSON operations in files of their own. An object to merge is a manifest, which other code looks at. */
function operationsOf(tree: Tree, folder: string, kustomization: TreeFile): InlinePatch[] {
  return listOf(mapOf(objectsOf(kustomization)[0]).patches)
    .map(mapOf)
    .flatMap(({ path, target }) => {
      const file = resolvePath(folder, textOf(path) ?? '');
      const [document] = file === undefined ? [] : documentsOf(tree.get(file));
      const content: unknown = document?.object;
      const place = { file, line: document?.line };
      return Array.isArray(content) ? [{ location: place, content, kind: mapOf(target).kind }] : [];
    });
}

/** The patches in a list of them, which is a field of what is at a location. */
export function patchesIn(patches: unknown, location: FindingLocation, field: string): InlinePatch[] {
  return listOf(patches)
    .map(mapOf)
    .flatMap(({ patch, target }, index) => {
      const text = textOf(patch);
      const [content] = text === undefined ? [] : objectsOf(TreeFile.fromBytes('patch.yaml', text));
      const place = { ...location, field: `${field}[${index}].patch` };
      return content === undefined ? [] : [{ location: place, content, kind: mapOf(target).kind }];
    });
}
