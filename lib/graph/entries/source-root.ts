import { baseName, directoryOf, isBelow, joinPath } from '../../tree/path';
import type { BuiltPath, Repository } from './repository';
import { pushedFolders } from './pushed-artifacts';

/** What is known of a sync before it is known which folder of the repository its source holds. */
export interface Sync {
  /** The path from the root of the source. */
  readonly path: string;
  /** The file that says so. */
  readonly file?: string;
  /** The kind of the source. */
  readonly kind: string;
  /** The address of the source. */
  readonly url?: string;
  /** The paths that Kustomizations build from the same source, with the files of these. */
  readonly built: readonly BuiltPath[];
}

/** Where the root of a source lies. */
export interface SourceRoot {
  /** The folders of the repository that may be the root: one where it is known. */
  readonly folders: readonly string[];
  /**
   * The file that says which folder an artifact is made from.
   *
   * @default - it follows from where files lie
   */
  readonly pushedBy?: string;
}

/**
 * Finds the folder of the repository that is the root of a source. A Git repository is its own root, unless the paths
 * hold only below the folder that a whole repository was copied to. An artifact may be made from any folder: from the
 * one that a CI file names, else from the one below which all paths exist.
 */
export function sourceRoot(sync: Sync, repository: Repository): SourceRoot {
  const candidates = candidateRoots(sync, repository);
  if (!isArtifact(sync.kind)) return { folders: [repositoryRoot(candidates, sync, repository)] };
  const isPossible = (folder: string) =>
    sync.path === '' ? repository.has(folder) : candidates.includes(folder);
  const pushed = pushedFolders(repository.tree, sync.url).filter(({ folder }) => isPossible(folder));
  const [first] = pushed;
  if (first && pushed.every(({ folder }) => folder === first.folder))
    return { folders: [first.folder], pushedBy: first.file };
  return { folders: candidates.length === 0 ? [''] : fitting(candidates, sync, repository) };
}

/** Whether a source holds an artifact that someone made, of whatever folder. */
export function isArtifact(kind: string): boolean {
  return kind === 'OCIRepository' || kind === 'Bucket';
}

/** The folders below which the path exists. */
function candidateRoots({ path, file }: Sync, { folders, has }: Repository): string[] {
  if (path === '') return file === undefined ? [''] : ancestors(directoryOf(file));
  const candidates = folders().flatMap((folder) =>
    folder === path ? [''] : folder.endsWith(`/${path}`) ? [folder.slice(0, -path.length - 1)] : [],
  );
  return candidates.filter((root) => has(joinPath(root, path)));
}

/** If there are several, the one whose path contains the file, and below which most paths exist. */
function fitting(candidates: readonly string[], sync: Sync, repository: Repository): string[] {
  const { path, file } = sync;
  const counts = new Map(candidates.map((root) => [root, missingBelow(root, root, sync, repository)]));
  const least = Math.min(...counts.values());
  const best = candidates.filter((root) => counts.get(root) === least);
  if (path === '') return best.includes('') ? [''] : best.slice(0, 1);
  const own = best.filter((root) => file !== undefined && isBelow(file, joinPath(root, path)));
  return own.length === 1 ? own : best;
}

/** How many of the paths in files below a folder do not exist below a root. */
function missingBelow(root: string, folder: string, { built }: Sync, { has }: Repository): number {
  return built.filter((one) => isBelow(one.file, folder) && !has(joinPath(root, one.path))).length;
}

/**
 * The folder around a file that contains a whole repository. It is the root, unless more paths exist below that folder,
 * or only a path of several names indicates it, or the folder has, or may have, the name at the end of the address.
 */
function repositoryRoot(candidates: readonly string[], sync: Sync, repository: Repository): string {
  const { file } = sync;
  if (file === undefined || candidates.includes('')) return '';
  const around = candidates.filter((root) => isBelow(file, root)).sort((a, b) => b.length - a.length);
  const isBetter = (root: string) =>
    sync.built.some((one) => isBelow(one.file, root))
      ? missingBelow(root, root, sync, repository) < missingBelow('', root, sync, repository)
      : sync.path.includes('/');
  return around.find((root) => isNamedAs(root, sync.url) || isBetter(root)) ?? '';
}

/** An address with a placeholder, which may mean any repository. */
const UNFILLED = /^<|[<{]{1,2} ?[\w-]*(?:url|repo)/i;

/** Whether a folder has the name of the repository at an address. */
function isNamedAs(folder: string, url = ''): boolean {
  if (UNFILLED.test(url)) return true;
  const name = /([^/:]+?)(?:\.git)?\/?$/.exec(url)?.[1];
  return name !== undefined && baseName(folder) === name;
}

function ancestors(folder: string): string[] {
  const found = [''];
  for (let current = folder; current !== ''; current = directoryOf(current)) found.push(current);
  return found;
}
