import { NameIndex } from '../../findings/name-index';
import { compareText } from '../../plain/compare-text';
import { baseName, directoryOf, joinPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';

/** The names under which kustomize looks for its file. */
export const kustomizationFileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether a path is that of a kustomization file. */
export function isKustomizationFile(path: string): boolean {
  return kustomizationFileNames.includes(baseName(path));
}

/** The path of the kustomization file in a folder of a tree, if there is one. */
export function kustomizationFileIn(tree: Pick<Tree, 'has'>, folder: string): string | undefined {
  return kustomizationFileNames.map((name) => joinPath(folder, name)).find((path) => tree.has(path));
}

interface Folder {
  readonly files: string[];
  readonly folders: string[];
  /** The names of kustomization files. */
  readonly kustomizations: string[];
  /** What Flux lists where it has no kustomization file, once something asked for it. */
  generated?: readonly string[];
  /** The names of the folders in it, once something asked for similar ones. */
  folderNames?: NameIndex;
  /** The names of the folders and files in it. */
  names?: NameIndex;
}

const none: Folder = { files: [], folders: [], kustomizations: [] };

/** The folders of an artifact and what lies in them: it follows from the paths of the files alone, and never changes. */
export class FolderListing {
  private readonly folders = new Map<string, Folder>([['', newFolder()]]);

  /** @param paths - the paths of the manifests, each once */
  constructor(private readonly paths: readonly string[]) {
    for (const path of paths) {
      const { files, kustomizations } = this.folder(directoryOf(path));
      files.push(path);
      if (isKustomizationFile(path)) kustomizations.push(path);
    }
    for (const folder of this.folders.values()) folder.folders.sort(compareText);
  }

  /** Whether it is the listing of some paths. */
  isOf(paths: readonly string[]): boolean {
    return paths.length === this.paths.length && paths.every((path, index) => path === this.paths[index]);
  }

  /** Whether there is a folder at a path that holds a manifest somewhere below. */
  hasFolder(path: string): boolean {
    return this.folders.has(path);
  }

  /** All folders that hold a manifest somewhere below. */
  allFolders(): string[] {
    return [...this.folders.keys()];
  }

  /** The kustomization files of a folder; more than one is an error for kustomize. */
  kustomizationFiles(folder: string): readonly string[] {
    return this.folders.get(folder)?.kustomizations ?? none.kustomizations;
  }

  /**
   * What Flux lists where a folder has no kustomization file: every YAML file below, and folders that have a
   * kustomization file of their own, which are not entered.
   */
  generatedResources(folder: string): readonly string[] {
    const own = this.folders.get(folder) ?? none;
    return (own.generated ??= this.resourcesBelow(own));
  }

  /** The path that was most likely meant by one that does not exist: its first wrong part is mistyped. */
  likely(path: string): string | undefined {
    const segments = path.split('/');
    let current = '';
    for (const [index, segment] of segments.entries()) {
      const isLast = index === segments.length - 1;
      const next = this.namesIn(current, isLast).nearest(segment);
      if (next === undefined) return undefined;
      current = joinPath(current, next);
    }
    return current;
  }

  private namesIn(path: string, isWithFiles: boolean): NameIndex {
    const folder = this.folders.get(path) ?? newFolder();
    const { files, folders } = folder;
    return isWithFiles
      ? (folder.names ??= new NameIndex([...folders, ...files].map(baseName)))
      : (folder.folderNames ??= new NameIndex(folders.map(baseName)));
  }

  private resourcesBelow(folder: Folder): readonly string[] {
    const found: string[] = [];
    const pending = [folder];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      found.push(...current.files.filter((path) => /\.ya?ml$/.test(path)));
      for (const child of current.folders) {
        if (this.kustomizationFiles(child).length > 0) found.push(child);
        else pending.push(this.folders.get(child) ?? none);
      }
    }
    return found.sort(compareText);
  }

  private folder(path: string): Folder {
    let folder = this.folders.get(path);
    if (!folder) {
      folder = newFolder();
      this.folders.set(path, folder);
      this.folder(directoryOf(path)).folders.push(path);
    }
    return folder;
  }
}

function newFolder(): Folder {
  return { files: [], folders: [], kustomizations: [] };
}
