import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Finding } from '../findings/finding';
import { objectsOf } from '../tree/readable-documents';
import { isEntryPath, type Directory } from '../flux/directory';
import { isKustomizationFile, kustomizationFileNames } from '../graph/sources/folder-listing';
import { mapOf } from '../plain/plain-data';
import { firstNames } from '../plain/first-names';
import { loadTree } from '../tree/load-tree';
import { directoryOf, isBelow, joinPath } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { TreeFile } from '../tree/tree-file';
import { seenByFlux } from './seen-by-flux';

/** What has to be known to find manifests that would fall out of what Flux applies. */
export interface LeftOutOptions {
  /** The absolute path of the repository's root. */
  readonly root: string;
  readonly directories: readonly Directory[];
  /** The files to publish; where clusters share files, those of their own directories, which Flux then applies no more. */
  readonly files: Tree;
  /** Finds the files that publishing removes. */
  readonly findRemoved: () => readonly string[];
}

/**
 * Finds manifests that Flux applies now, and would delete from the cluster after this run. Where a folder has no
 * `kustomization.yaml`, Flux applies all of its manifests; the one that synth is about to write lists only its own.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml
 */
export function leftOutFiles({ root, directories, files, findRemoved }: LeftOutOptions): Finding[] {
  const folders = new FoldersOnDisk(root);
  const taken = directories.filter(
    (directory) => !isEntryPath(directory) && isWithoutKustomization(folders, directory.path, files),
  );
  if (taken.length === 0) return [];
  const removed = new Set(findRemoved());
  return taken.flatMap((directory) => {
    const listed = listedIn(directory);
    const left = manifestsIn(root, directory.path).filter(
      (name) => !isListed(name, listed) && !isKnown(joinPath(directory.path, name), files, removed),
    );
    return left.length === 0 ? [] : [leftOut(directory, left)];
  });
}

/** Whether a folder exists without a `kustomization.yaml`, and synth is about to write one. */
function isWithoutKustomization(folders: FoldersOnDisk, path: string, files: Tree): boolean {
  const own = joinPath(path, 'kustomization.yaml');
  if (!files.has(own) || !folders.has(directoryOf(path))) return false;
  // An earlier run wrote the file to nearly every directory: then one look is enough.
  if (existsSync(`${folders.root}/${own}`) || !folders.has(path)) return false;
  return !kustomizationFileNames.some((name) => existsSync(join(folders.root, path, name)));
}

/** Which folders there are. A first synth looks for thousands, and none of those above them is there. */
class FoldersOnDisk {
  private readonly known = new Map<string, boolean>([['', true]]);

  constructor(readonly root: string) {}

  has(folder: string): boolean {
    const before = this.known.get(folder);
    if (before !== undefined) return before;
    const found = this.has(directoryOf(folder)) && existsSync(`${this.root}/${folder}`);
    this.known.set(folder, found);
    return found;
  }
}

/** What Flux's generated `kustomization.yaml` lists: manifests, and folders that have a `kustomization.yaml`. */
function manifestsIn(root: string, path: string): string[] {
  const { tree } = loadTree(join(root, path));
  const seen = new Set(
    seenByFlux(
      root,
      tree.files.map((file) => joinPath(path, file.path)),
    ),
  );
  const files = tree.files.filter((file) => seen.has(joinPath(path, file.path)));
  const built = files.flatMap(({ path: file }) => (isKustomizationFile(file) ? [directoryOf(file)] : []));
  const manifests = files.flatMap((file) =>
    isManifest(file) && !built.some((folder) => isBelow(file.path, folder)) ? [file.path] : [],
  );
  return [...built, ...manifests].sort();
}

function isManifest(file: TreeFile): boolean {
  if (!/\.ya?ml$/.test(file.path)) return false;
  return objectsOf(file).some((object) => {
    const { apiVersion, kind } = mapOf(object);
    return typeof apiVersion === 'string' && typeof kind === 'string';
  });
}

function listedIn({ kustomize }: Directory): readonly string[] {
  const given = [...(kustomize?.resources ?? []), ...(kustomize?.components ?? [])];
  const patches = kustomize?.patches ?? [];
  return [...given, ...patches.map(({ path }) => path)].flatMap((entry) =>
    typeof entry === 'string' ? [entry.replace(/^\.\//, '').replace(/\/$/, '')] : [],
  );
}

function isListed(name: string, listed: readonly string[]): boolean {
  return listed.some((entry) => isBelow(name, entry));
}

/** Whether this run writes or removes a file, or a file in a folder. */
function isKnown(path: string, files: Tree, removed: ReadonlySet<string>): boolean {
  const isOf = (other: string): boolean => isBelow(other, path);
  return files.files.some((file) => isOf(file.path)) || [...removed].some(isOf);
}

function leftOut({ construct, path }: Directory, left: readonly string[]): Finding {
  const paths = left.map((name) => JSON.stringify(joinPath(path, name)));
  return finding({
    code: 'files-left-out',
    message: `Flux applies ${firstNames(paths, 5)} now, but would delete it from the cluster: the kustomization.yaml that synth would write lists only what the code generates`,
    hint: `describe it too, or list it: kustomize: { resources: [${left
      .map((name) => JSON.stringify(name))
      .slice(0, 5)
      .join(', ')}] }; or delete it`,
    locations: [{ constructPath: construct.node.path, file: joinPath(path, 'kustomization.yaml') }],
  });
}
