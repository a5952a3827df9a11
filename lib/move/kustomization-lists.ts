import { posix } from 'node:path';
import { isRemote } from '../graph/kustomize/read/kustomization-file';
import { isKustomizationFile, kustomizationFileIn } from '../graph/sources/folder-listing';
import { isMap, listOf, mapOf, type PlainMap } from '../plain/plain-data';
import { directoryOf, isBelow } from '../tree/path';
import { objectsOf } from '../tree/readable-documents';
import type { Tree } from '../tree/tree';
import type { Path } from '../yaml/edit/plain-edits';
import { asText } from '../plain/as-text';

/** A path that a kustomization file names. */
export interface ListedPath {
  /** The kustomization file. */
  readonly file: string;
  /** Where the path stands in it. */
  readonly at: Path;
  /** The path as it is written, without the `name=` of a generator's file. */
  readonly text: string;
  /** The `name=` before it. */
  readonly prefix: string;
  /** The path from the root of the repository. */
  readonly target: string;
}

/** Lists that pull in objects: an entry goes where they go. */
export const LISTS = ['resources', 'bases', 'components'] as const;

const PATH_LISTS = [
  ...LISTS,
  'crds',
  'configurations',
  'transformers',
  'generators',
  'validators',
  'patchesStrategicMerge',
] as const;

/** Every path that the kustomization files of a repository name. */
export function listedPaths(tree: Tree): ListedPath[] {
  return [...tree.paths]
    .filter(isKustomizationFile)
    .sort()
    .flatMap((file) => pathsIn(dataOf(tree, file), file));
}

/** The nearest kustomization file at or above a folder, up to another one. */
export function kustomizationAbove(tree: Tree, folder: string, top: string): string | undefined {
  for (let at = folder; isBelow(at, top); at = directoryOf(at)) {
    const found = kustomizationFileIn(tree, at);
    if (found !== undefined || at === top || at === '') return found;
  }
  return undefined;
}

/** A path as a kustomization file names it, `./` before it where the file's habit is so. */
export function relativePath(tree: Tree, file: string, target: string): string {
  const path = posix.relative(directoryOf(file), target);
  const entries = LISTS.flatMap((field) => listOf(dataOf(tree, file)[field]));
  const isDotted = entries.length > 0 && entries.every((entry) => asText(entry).startsWith('.'));
  return isDotted && !path.startsWith('.') ? `./${path}` : path;
}

/** A kustomization file as plain data. */
export function dataOf(tree: Tree, file: string): PlainMap {
  return mapOf(objectsOf(tree.get(file))[0]);
}

function pathsIn(data: PlainMap, file: string): ListedPath[] {
  const direct = PATH_LISTS.flatMap((field) =>
    listOf(data[field]).map((entry, index) => [[field, index], entry] as const),
  );
  const patches = ['patches', 'patchesJson6902', 'replacements'].flatMap((field) =>
    listOf(data[field]).map((entry, index) => [[field, index, 'path'], mapOf(entry).path] as const),
  );
  const made = ['configMapGenerator', 'secretGenerator'].flatMap((field) =>
    listOf(data[field]).flatMap((entry, index) =>
      ['files', 'envs'].flatMap((list) =>
        listOf(mapOf(entry)[list]).map((path, at) => [[field, index, list, at], path] as const),
      ),
    ),
  );
  return [...direct, ...patches, ...made].flatMap(([at, entry]) => {
    if (typeof entry !== 'string' || isRemote(entry) || entry.includes('\n') || isMap(entry)) return [];
    const [, prefix = '', text = ''] = /^([^/=]*=)?(.*)$/.exec(entry) ?? [];
    const target = posix.join(directoryOf(file), text).replace(/\/$/, '');
    return [{ file, at, text, prefix, target: target === '.' ? '' : target }];
  });
}
