import { isMap, textsOf } from '../plain/plain-data';
import type { ManifestDocument, ManifestObject } from '../tree/manifest';
import { joinPath } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { TreeFile } from '../tree/tree-file';

/** An object of a directory, and the file that it is in. */
export interface PlacedDocument {
  /** The path of the file from the directory. */
  readonly file: string;
  readonly document: ManifestDocument;
}

/** The objects of a directory by a text that is equal for the same object, in the order of their files. */
export type Contents = ReadonlyMap<string, PlacedDocument>;

/** What a directory holds. */
export interface DirectoryContents {
  readonly objects: Contents;
  /** The files that are kept as they are: encrypted secrets. */
  readonly verbatim: readonly TreeFile[];
}

const FIELDS = new Set(['apiVersion', 'kind', 'resources']);

/** A text that is equal for the same object of the same version. */
export function objectKey({ apiVersion, kind, metadata }: ManifestObject): string {
  return JSON.stringify([apiVersion, kind, metadata?.namespace, metadata?.name]);
}

/**
 * What a directory holds whose `kustomization.yaml` only lists its files; `undefined` for any other, whose bases and patches are
 * its author's.
 */
export function listedContents(tree: Tree, folder: string): DirectoryContents | undefined {
  const file = tree.get(joinPath(folder, 'kustomization.yaml'));
  const [document, ...others] = file?.isPrinted === true ? file.documents : [];
  if (!document || others.length > 0 || !Object.keys(document.object).every((key) => FIELDS.has(key)))
    return undefined;
  const names = textsOf(document.object.resources);
  const files = names.map((name) => tree.get(joinPath(folder, name)));
  return files.every((one) => one !== undefined) ? contentsOf(files, folder) : undefined;
}

/** What some files of a folder hold; `undefined` where two objects of them cannot be told apart. */
export function contentsOf(files: readonly TreeFile[], folder: string): DirectoryContents | undefined {
  const objects = new Map<string, PlacedDocument>();
  const verbatim: TreeFile[] = [];
  for (const file of files) {
    if (!file.isPrinted) {
      verbatim.push(file);
      continue;
    }
    const name = file.path.slice(folder === '' ? 0 : folder.length + 1);
    for (const document of file.documents) {
      const key = objectKey(document.object);
      if (objects.has(key) || !isPlain(document.object)) return undefined;
      objects.set(key, { file: name, document });
    }
  }
  return { objects, verbatim };
}

/** Whether an object has the fields by which a patch names it, and is not a list of others. */
function isPlain({ apiVersion, kind, metadata }: ManifestObject): boolean {
  const isNamed = isMap(metadata) && typeof metadata.name === 'string' && metadata.name !== '';
  return typeof apiVersion === 'string' && typeof kind === 'string' && isNamed && !kind.endsWith('List');
}
