import type { ManifestObject } from '../../tree/manifest';
import { joinPath } from '../../tree/path';
import { SOURCE_EXTENSIONS_GROUP } from '../../kinds/groups';
import { isMap, listOf, mapOf, textOf, type PlainMap } from '../../plain/plain-data';

/** An artifact that an ArtifactGenerator cuts out of one source, with its folders as they lie there. */
export interface CutArtifact {
  /** The `sources` entry from which all is copied. */
  readonly source: PlainMap;
  /** The folder of the source that becomes the artifact's root. */
  readonly root: string;
  /** The folders of the source that are copied, with all below them. */
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
 * How a generator makes an artifact, where that can be told from files: whole folders of one source, which lie in the
 * artifact as they lie in the source, below one root. `undefined` for patterns, single files, several sources, and
 * folders that are moved against each other.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export function cutArtifact(generator: ManifestObject, name: string): CutArtifact | undefined {
  const copies = listOf(artifactsOf(generator).find((artifact) => artifact.name === name)?.copy).map(copyOf);
  const [first] = copies;
  if (!first) return undefined;
  const isPlain = copies.every((copy) => copy?.alias === first.alias && copy.root === first.root);
  const sources = listOf(mapOf(generator.spec).sources).filter(isMap);
  const source = sources.find(({ alias }) => alias === first.alias);
  if (!isPlain || !source) return undefined;
  return { source, root: first.root, folders: copies.flatMap((copy) => copy?.folder ?? []) };
}

function artifactsOf(generator: ManifestObject): PlainMap[] {
  return listOf(mapOf(generator.spec).artifacts).filter(isMap);
}

interface Copy {
  readonly alias: string;
  readonly folder: string;
  readonly root: string;
}

/** A copy of a folder `@alias/a/b/**` to `@artifact/b/`: then `a` is the artifact's root. */
function copyOf(value: unknown): Copy | undefined {
  const { from, to, exclude, strategy } = mapOf(value);
  const [, alias, path = ''] = /^@([\w-]+)\/((?:[^*?[\]{}\\]+\/)?)\*\*$/.exec(textOf(from) ?? '') ?? [];
  const [, target] = /^@artifact\/((?:[^*?]*\/)?)$/.exec(textOf(to) ?? '') ?? [];
  const isWhole = listOf(exclude).length === 0 && (strategy === undefined || strategy === 'Overwrite');
  if (alias === undefined || target === undefined || !isWhole || !path.endsWith(target)) return undefined;
  const root = path.slice(0, path.length - target.length);
  if (root !== '' && !root.endsWith('/')) return undefined;
  return { alias, folder: joinPath(...path.split('/')), root: joinPath(...root.split('/')) };
}
