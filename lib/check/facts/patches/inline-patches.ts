import type { FindingLocation } from '../../../findings/finding';
import { kustomizationFileNames } from '../../../graph/sources/folder-listing';
import { comparableText } from '../../../plain/comparable-text';
import { once } from '../../../plain/once';
import { listOf, mapOf, textOf, valueAt } from '../../../plain/plain-data';
import { joinPath } from '../../../tree/path';
import { objectsOf } from '../../../tree/readable-documents';
import type { ManifestObject } from '../../../tree/manifest';
import type { Tree } from '../../../tree/tree';
import { TreeFile } from '../../../tree/tree-file';
import { pointerOf } from '../../../yaml/field-positions';

/** A patch inside a kustomization file or a Kustomization, not in a file of its own. */
export interface InlinePatch {
  /** Where its text is. */
  readonly location: FindingLocation;
  /** An object to merge, or a list of JSON operations. */
  readonly content: unknown;
  /** The kind that its target selects, if it has one. */
  readonly kind: unknown;
}

/** The patches inside the kustomization files of folders. */
export function patchesInFolders(tree: Tree, folders: Iterable<string>): InlinePatch[] {
  return [...folders].flatMap((folder) =>
    kustomizationFileNames.flatMap((name) => {
      const file = tree.get(joinPath(folder, name));
      return file ? patchesInFile(file) : [];
    }),
  );
}

const patchesInFile = once((file: TreeFile): readonly InlinePatch[] =>
  patchesIn(mapOf(objectsOf(file)[0]).patches, { file: file.path }, 'patches'),
);

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

/** Whether a patch sets a field of an object, or a part of it, to the value that the object has. */
export function setsField(patch: InlinePatch, object: ManifestObject, path: readonly string[]): boolean {
  const { content, kind = object.kind } = patch;
  const hasValue = (value: unknown, at: readonly string[]) =>
    comparableText(value) === comparableText(valueAt(object, ...at));
  if (!Array.isArray(content))
    return mapOf(content).kind === object.kind && hasValue(valueAt(content, ...path), path);
  const pointer = pointerOf(path);
  return content.map(mapOf).some(({ op, path: to, value }) => {
    const isOf = textOf(to) === pointer || textOf(to)?.startsWith(`${pointer}/`) === true;
    return isOf && kind === object.kind && (op === 'add' || op === 'replace') && hasValue(value, partsOf(to));
  });
}

/** The parts of a JSON pointer. */
function partsOf(pointer: unknown): string[] {
  const parts = (textOf(pointer) ?? '').split('/').slice(1);
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
