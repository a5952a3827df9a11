import type { FindingLocation } from '../../../findings/finding';
import { kustomizationFileNames } from '../../../graph/sources/folder-listing';
import { comparableText } from '../../../plain/comparable-text';
import { once } from '../../../plain/once';
import { pointerKeys, pointerOf } from '../../../plain/json-pointer';
import { listOf, mapOf, textOf, valueAt } from '../../../plain/plain-data';
import { joinPath } from '../../../tree/path';
import { documentsOf, objectsOf } from '../../../tree/readable-documents';
import type { ManifestObject } from '../../../tree/manifest';
import type { Tree } from '../../../tree/tree';
import { TreeFile } from '../../../tree/tree-file';
import { resolvedPath } from '../files/used-files';
import { fieldParts } from '../locate-fields';

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
      const file = resolvedPath(folder, textOf(path) ?? '');
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

/**
 * Whether a patch sets a field of an object, a part of it or one around it, to the value that the object has. Objects that
 * are merged are not asked about fields inside lists, because kustomize merges lists.
 */
export function setsField(patch: InlinePatch, object: ManifestObject, path: FieldPath): boolean {
  const { content, kind = object.kind } = patch;
  const hasValue = (value: unknown, at: FieldPath) =>
    comparableText(value) === comparableText(valueAt(object, ...at));
  if (!Array.isArray(content))
    return (
      mapOf(content).kind === object.kind && !isInList(path) && hasValue(valueAt(content, ...path), path)
    );
  const pointer = `${pointerOf(path.map(String))}/`;
  return content.map(mapOf).some(({ op, path: to, value }) => {
    const changed = `${textOf(to) ?? ''}/`;
    const isOf = changed.startsWith(pointer) || pointer.startsWith(changed);
    return isOf && kind === object.kind && (op === 'add' || op === 'replace') && hasValue(value, partsOf(to));
  });
}

/** The names of fields, and the positions of items. */
export type FieldPath = readonly (string | number)[];

/** The path of a field, such as `spec.rules[0].host`. */
export function fieldPath(field: string): FieldPath {
  return fieldParts(field).map(asPosition);
}

/** Whether a path leads into a list. */
export function isInList(path: FieldPath): boolean {
  return path.some((part) => typeof part === 'number');
}

function asPosition(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part;
}

/** The parts of a JSON pointer. */
function partsOf(pointer: unknown): FieldPath {
  return pointerKeys(textOf(pointer) ?? '').map(asPosition);
}
