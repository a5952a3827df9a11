import { FindingsError } from '../../findings/findings-error';
import type { Graph } from '../../graph/graph';
import { kustomizationFileNames } from '../../graph/sources/repository-view';
import { SYNC_FILE } from '../../kinds/names';
import { directoryOf, joinPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import { groupBy } from '../../plain/group-by';

/** A manifest that no Kustomization reads. */
export interface UnreadFile {
  readonly file: TreeFile;
  /**
   * The kustomization file that could list it: the nearest one at or above its folder.
   *
   * @default - there is none
   */
  readonly kustomization?: string;
  /** Whether a Kustomization builds that kustomization. */
  readonly isBuilt: boolean;
}

/** The manifests of a repository that no Kustomization of any cluster reads, in the order of their paths. */
export function findUnreadFiles(tree: Tree, graph: Graph): UnreadFile[] {
  const read = readPaths(graph);
  const folders = kustomizationFolders(tree);
  return tree.files
    .filter((file) => !read.has(file.path) && isCandidate(file, tree) && isManifest(file))
    .map((file) => {
      const kustomization = nearestKustomization(file.path, folders);
      const isBuilt = kustomization !== undefined && read.has(directoryOf(kustomization));
      return { file, kustomization, isBuilt };
    });
}

/** The files and folders that builds read, and the files that start clusters, which bootstrap applies. */
function readPaths({ clusters }: Graph): Set<string> {
  const read = new Set<string>();
  for (const { nodes, root } of clusters) {
    for (const { id, build, location } of nodes) {
      for (const path of build?.reads ?? []) read.add(path);
      if (id === root && location?.file !== undefined) read.add(location.file);
    }
  }
  return read;
}

/** Unread files by the topmost folder around them below which nothing is read, else by themselves. */
export function byTopFolder(unread: readonly UnreadFile[], graph: Graph): Map<string, UnreadFile[]> {
  const live = new Set(['']);
  for (const path of readPaths(graph)) {
    for (let folder = path; !live.has(folder); folder = directoryOf(folder)) live.add(folder);
  }
  return groupBy(unread, ({ file }) => {
    let top = file.path;
    while (!live.has(directoryOf(top))) top = directoryOf(top);
    return top;
  });
}

function kustomizationFolders(tree: Tree): Map<string, string> {
  const files = tree.files.filter(({ path }) => kustomizationFileNames.includes(baseName(path)));
  return new Map(files.map(({ path }) => [directoryOf(path), path]));
}

function nearestKustomization(path: string, folders: ReadonlyMap<string, string>): string | undefined {
  for (let folder = directoryOf(path); ; folder = directoryOf(folder)) {
    const found = folders.get(folder);
    if (found !== undefined || folder === '') return found;
  }
}

/** Files of hidden folders, of charts, of bootstrap and for a cluster's first start are for other programs. */
function isCandidate({ path }: TreeFile, tree: Tree): boolean {
  if (!/\.ya?ml$/.test(path) || kustomizationFileNames.includes(baseName(path))) return false;
  if (tree.has(joinPath(directoryOf(path), SYNC_FILE))) return false;
  const segments = path.split('/').slice(0, -1);
  return segments.every(
    (segment, index) =>
      !segment.startsWith('.') &&
      segment !== 'bootstrap' &&
      !tree.has(`${segments.slice(0, index + 1).join('/')}/Chart.yaml`),
  );
}

/** Whether a file holds Kubernetes objects and nothing else. */
function isManifest(file: TreeFile): boolean {
  if (!file.bytes.includes('apiVersion:') || !file.bytes.includes('kind:')) return false;
  try {
    return file.documents.length > 0 && file.documents.every(({ object }) => isObject(object));
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return false;
    throw error;
  }
}

/** What kustomize and other programs read locally has the form of an object too, but no name. */
function isObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, metadata } = value as Record<string, unknown>;
  const isNamed = typeof metadata === 'object' && metadata !== null && 'name' in metadata;
  const isCatalogue = String(apiVersion).startsWith('backstage.io/');
  return typeof apiVersion === 'string' && typeof kind === 'string' && isNamed && !isCatalogue;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
