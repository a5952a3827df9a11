import type { Finding } from '../findings/finding';
import { groupBy } from '../plain/group-by';
import type { LoadedRepository } from '../tree/load-tree';
import { LoadedTree } from '../tree/loaded-tree';
import {
  folderLeftOut,
  isManifestName,
  isSkippedName,
  leftOut,
  linkLeftOut,
  MAX_DEPTH,
} from '../tree/left-out';
import { baseName, directoryOf, isBelow } from '../tree/path';
import { MAX_FILE_BYTES } from '../tree/read-file';
import { TreeFile } from '../tree/tree-file';
import type { Git } from './git';
import type { GitEntry } from './list-files';
import { readBlobs } from './read-blobs';

/** Files above this size are read one by one, in bytes. */
const MAX_BESIDE_BYTES = 64 * 1024;

/** A manifest that was read, with the id of its content. */
interface ReadFile {
  readonly id: string;
  readonly file: TreeFile;
}

/** The manifests of the revision that was read last: another one shares those that it has too, so that each is parsed once. */
export type SharedFiles = Map<string, ReadFile>;

/**
 * Makes a tree of files of a commit, as `loadTree` does of a folder: nothing is checked out. Manifests are there at once,
 * other files when they are asked for. Links and submodules are left out, as they are from the artifacts that Flux makes
 * by default.
 *
 * @param entries - all files of the commit
 * @param folder - the root of the repository from the top of git's, `''` where they are one
 * @param shared - the files of revisions that were read before
 * @throws FindingsError `git-failed`, `revision-too-large`
 */
export function loadRevision(
  git: Git,
  entries: readonly GitEntry[],
  folder: string,
  shared: SharedFiles = new Map(),
): LoadedRepository {
  const findings = new Map<string, Finding>();
  const known = ({ id, path, type }: GitEntry): ReadFile | undefined => {
    const read = shared.get(path);
    // A link has the same content as a file with the text of its target.
    return read?.id === id && type === 'file' ? read : undefined;
  };
  // What was a manifest of another revision is one here.
  const files = entriesBelow(entries, folder).filter(
    (entry) => known(entry) !== undefined || isTaken(entry, findings),
  );
  const [manifests, others] = partition(files, ({ path }) => isManifestName(baseName(path)));
  const blobs = readBlobs(
    git,
    manifests.filter((entry) => known(entry) === undefined),
  );
  const tree = new LoadedTree([], new Set(others.map(({ path }) => path)), readerOf(git, others));
  for (const entry of manifests) {
    const { id, path } = entry;
    const read = known(entry) ?? { id, file: TreeFile.fromBytes(path, blobs.get(id) ?? '') };
    shared.set(path, read);
    const clash = tree.add(read.file);
    if (clash) findings.set(path, clash);
  }
  return { tree, findings: [...findings.values()] };
}

function partition<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []];
  for (const one of all) parts[isFirst(one) ? 0 : 1].push(one);
  return parts;
}

function entriesBelow(entries: readonly GitEntry[], folder: string): readonly GitEntry[] {
  if (folder === '') return entries;
  const start = folder.length + 1;
  return entries.flatMap((entry) =>
    entry.path !== folder && isBelow(entry.path, folder) ? [{ ...entry, path: entry.path.slice(start) }] : [],
  );
}

/** Whether an entry belongs to the tree; other entries are recorded by path, as for a folder on disk. */
function isTaken({ path, type, size }: GitEntry, findings: Map<string, Finding>): boolean {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  if (folders.some(isSkippedName) || type === 'submodule') return false;
  if ([...folders, name].some(isNoName)) {
    findings.set(path, leftOut('path-invalid', path, 'the path is not valid for a file'));
    return false;
  }
  if (folders.length > MAX_DEPTH) {
    const folder = folders.slice(0, MAX_DEPTH + 1).join('/');
    findings.set(folder, folderLeftOut(folder, MAX_DEPTH));
    return false;
  }
  if (type === 'link') {
    if (!isSkippedName(name)) findings.set(path, linkLeftOut(path));
    return false;
  }
  if (size <= MAX_FILE_BYTES || !isManifestName(name)) return true;
  const message = `the file has ${size} bytes; the limit is ${MAX_FILE_BYTES}`;
  findings.set(path, leftOut('file-too-large', path, message));
  return false;
}

/** A name that a tree may have if no checkout created it. */
function isNoName(segment: string): boolean {
  return segment === '' || segment === '.' || segment === '..';
}

/** Reads files that are not manifests, those of one folder together: if one is used, the others usually are too. */
function readerOf(git: Git, others: readonly GitEntry[]): (path: string) => Buffer | undefined {
  const byPath = new Map(others.map((entry) => [entry.path, entry]));
  const byFolder = groupBy(
    others.filter(({ size }) => size <= MAX_BESIDE_BYTES),
    ({ path }) => directoryOf(path),
  );
  const read = new Map<string, ReadonlyMap<string, Buffer>>();
  return (path) => {
    const folder = directoryOf(path);
    const entry = byPath.get(path);
    if (!entry || entry.size > MAX_FILE_BYTES) return undefined;
    if (entry.size > MAX_BESIDE_BYTES) return readBlobs(git, [entry]).get(entry.id);
    const blobs = read.get(folder) ?? readBlobs(git, byFolder.get(folder) ?? []);
    read.set(folder, blobs);
    return blobs.get(entry.id);
  };
}
