import type { ManifestObject } from '../../tree/manifest';
import { baseName, joinPath } from '../../tree/path';
import { isKustomizationFile } from './folder-listing';
import { SOURCE_EXTENSIONS_GROUP } from '../../kinds/groups';
import { isMap, listOf, mapOf, textOf, type PlainMap } from '../../plain/plain-data';

/** A folder that an artifact has from its source, with all below it; or a file. */
export interface FolderCopy {
  /** The folder or file in the source. */
  readonly from: string;
  /** The folder or file in the artifact. */
  readonly to: string;
}

/** An artifact that an ArtifactGenerator makes of folders of one source. */
export interface CutArtifact {
  /** The `sources` entry from which all is copied. */
  readonly source: PlainMap;
  /** What is copied, in order: later copies overwrite earlier ones. */
  readonly copies: readonly FolderCopy[];
}

/** Folders and files of a source that lie in an artifact as they lie there. */
export interface PlaceInSource {
  /** The folder of the source that becomes the artifact's root. */
  readonly root: string;
  /** The folders and files of the source that are copied. */
  readonly folders: readonly string[];
}

/** Whether an object is an ArtifactGenerator. */
export function isArtifactGenerator({ apiVersion, kind }: ManifestObject): boolean {
  return kind === 'ArtifactGenerator' && apiVersion.startsWith(`${SOURCE_EXTENSIONS_GROUP}/`);
}

/** The names of the ExternalArtifacts that a generator makes. */
export function artifactNames(generator: ManifestObject): string[] {
  return artifactsOf(generator).flatMap(({ name }) => textOf(name) ?? []);
}

/**
 * How a generator makes an artifact, where that can be told from files: of whole folders and files of one source.
 * `undefined` for other patterns and several sources.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export function cutArtifact(generator: ManifestObject, name: string): CutArtifact | undefined {
  const copies = listOf(artifactsOf(generator).find((artifact) => artifact.name === name)?.copy).map(copyOf);
  const [first] = copies;
  if (!first) return undefined;
  const isPlain = copies.every((copy) => copy?.alias === first.alias);
  const sources = listOf(mapOf(generator.spec).sources).filter(isMap);
  const source = sources.find(({ alias }) => alias === first.alias);
  if (!isPlain || !source) return undefined;
  return { source, copies: copies.flatMap((copy) => (copy ? { from: copy.from, to: copy.to } : [])) };
}

/** Where the copies lie in the source, if they lie there as in the artifact; `undefined` where they are moved. */
export function placeInSource(copies: readonly FolderCopy[]): PlaceInSource | undefined {
  const roots = new Set(copies.map(rootOf));
  const [root] = roots;
  if (root === undefined || roots.size > 1) return undefined;
  return { root, folders: copies.map(({ from }) => from) };
}

/** What a path of the source has before the path that it has in the artifact. */
function rootOf({ from, to }: FolderCopy): string | undefined {
  if (to === '') return from;
  if (from === to) return '';
  return from.endsWith(`/${to}`) ? from.slice(0, -to.length - 1) : undefined;
}

function artifactsOf(generator: ManifestObject): PlainMap[] {
  return listOf(mapOf(generator.spec).artifacts).filter(isMap);
}

/** A copy, and the source that it is made from. */
type SourceCopy = FolderCopy & { readonly alias: string };

/**
 * A copy of a folder: what `@alias/a/b/**` holds, or the folder `@alias/a/b/` itself, into a folder `@artifact/c/`; or of the
 * file `@alias/a/b.yaml`, into a folder or as a file.
 */
function copyOf(value: unknown): SourceCopy | undefined {
  const { from, to, exclude, strategy } = mapOf(value);
  const isWhole = listOf(exclude).length === 0 && (strategy === undefined || strategy === 'Overwrite');
  if (!isWhole) return undefined;
  const [source, destination] = [textOf(from) ?? '', textOf(to) ?? ''];
  return folderCopyOf(source, destination) ?? fileCopyOf(source, destination);
}

function folderCopyOf(from: string, to: string): SourceCopy | undefined {
  const [, alias, path = '', all] = /^@([\w-]+)\/((?:[^*?[\]{}\\]+\/)?)(\*\*)?$/.exec(from) ?? [];
  const [, target] = /^@artifact\/((?:[^*?]*\/)?)$/.exec(to) ?? [];
  if (alias === undefined || target === undefined) return undefined;
  const folder = joinPath(...path.split('/'));
  if (all === undefined && folder === '') return undefined;
  const name = all === undefined ? [baseName(folder)] : [];
  return { alias, from: folder, to: joinPath(...target.split('/'), ...name) };
}

/**
 * A copy of one file. The tree is not known here: a name without an ending may also be a folder, which makes a difference
 * only if it is not copied into a folder.
 */
function fileCopyOf(from: string, to: string): SourceCopy | undefined {
  const [, alias, path] = /^@([\w-]+)\/([^*?[\]{}\\]*[^*?[\]{}\\/])$/.exec(from) ?? [];
  const [, target] = /^@artifact\/([^*?]*)$/.exec(to) ?? [];
  if (alias === undefined || path === undefined || target === undefined) return undefined;
  const file = joinPath(...path.split('/'));
  const name = baseName(file);
  const isFolder = target === '' || target.endsWith('/');
  if (!isFolder && !name.includes('.') && !isKustomizationFile(file)) return undefined;
  return { alias, from: file, to: joinPath(...target.split('/'), ...(isFolder ? [name] : [])) };
}
