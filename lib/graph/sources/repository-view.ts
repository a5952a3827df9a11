import { nearestName } from '../../findings/nearest-name';
import { directoryOf, isBelow, joinPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import { compareText } from '../../plain/compare-text';
import { filesBelow } from './files-below';
import type { FolderCopy } from './generated-artifact';

/** The names under which kustomize looks for its file. */
export const kustomizationFileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether a path is that of a kustomization file. */
export function isKustomizationFile(path: string): boolean {
  return kustomizationFileNames.includes(path.slice(path.lastIndexOf('/') + 1));
}

interface Folder {
  readonly files: string[];
  readonly folders: string[];
  /** The names of kustomization files. */
  readonly kustomizations: string[];
}

const none: Folder = { files: [], folders: [], kustomizations: [] };

/** A tree as a source's artifact shows it: by folder, without what is ignored. */
export class RepositoryView {
  private readonly folders = new Map<string, Folder>([['', newFolder()]]);
  private readonly files = new Map<string, TreeFile>();

  private extensions?: ReadonlySet<string>;

  /**
   * @param holds - whether the source's artifact holds a path
   * @param copies - the folders that an artifact made of it has, where they lie elsewhere than in the source
   * @param folders - the folders and files outside of which it holds nothing
   */
  constructor(
    private readonly tree: Tree,
    private readonly holds: (path: string) => boolean,
    private readonly copies: readonly FolderCopy[] = [{ from: '', to: '' }],
    folders: readonly string[] = [''],
  ) {
    for (const { from, to } of copies) {
      for (const folder of outermost(folders.map((one) => (isBelow(one, from) ? one : from)))) {
        for (const file of filesBelow(tree.files, folder)) {
          if (holds(file.path)) this.add(movedPath(file.path, from, to), file);
        }
      }
    }
    for (const folder of this.folders.values()) folder.folders.sort(compareText);
  }

  /** The file at a path, unless the artifact lacks it. */
  file(path: string): TreeFile | undefined {
    const manifest = this.files.get(path);
    if (manifest) return manifest;
    const source = this.sourcePath(path);
    return source !== undefined && this.holds(source) ? this.tree.get(source) : undefined;
  }

  /** Where in the repository a path of the artifact lies; `undefined` where it was made by copying others into it. */
  sourcePath(path: string): string | undefined {
    const copies = [...this.copies].reverse();
    const copy = copies.find(({ to }) => isBelow(path, to));
    if (copy) return movedPath(path, copy.to, copy.from);
    // The folder of a file that was copied by itself.
    const inner = copies.find(({ from, to }) => isBelow(to, path) && from.endsWith(to.slice(path.length)));
    return inner?.from.slice(0, inner.from.length - (inner.to.length - path.length));
  }

  /**
   * Whether the tree has no file of a kind at all, by its extension. Then it may be a part of a repository, such as its
   * manifests alone.
   */
  lacksKind(path: string): boolean {
    this.extensions ??= new Set([...this.tree.paths].map(extensionOf));
    const extension = extensionOf(path);
    return extension !== '' && !/^ya?ml$/.test(extension) && !this.extensions.has(extension);
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
    return this.folders.get(folder)?.kustomizations ?? [];
  }

  /**
   * What Flux lists where a folder has no kustomization file: every YAML file below, and folders that have a
   * kustomization file of their own, which are not entered.
   */
  generatedResources(folder: string): string[] {
    const found: string[] = [];
    const pending = [folder];
    for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
      const { files, folders } = this.folders.get(current) ?? none;
      found.push(...files.filter((path) => /\.ya?ml$/.test(path)));
      for (const child of folders) {
        if (this.kustomizationFiles(child).length > 0) found.push(child);
        else pending.push(child);
      }
    }
    return found.sort(compareText);
  }

  /** The path that was most likely meant by one that does not exist: its first wrong part is mistyped. */
  likely(path: string): string | undefined {
    const segments = path.split('/');
    let current = '';
    for (const [index, segment] of segments.entries()) {
      const isLast = index === segments.length - 1;
      const { files, folders } = this.folders.get(current) ?? none;
      const children = [...folders, ...(isLast ? files : [])].map(nameOf);
      const next = children.includes(segment) ? segment : nearestName(segment, children);
      if (next === undefined) return undefined;
      current = joinPath(current, next);
    }
    return current;
  }

  private add(path: string, file: TreeFile): void {
    const { files, kustomizations } = this.folder(directoryOf(path));
    const isOverwritten = this.files.has(path);
    this.files.set(path, file);
    if (isOverwritten) return;
    files.push(path);
    if (kustomizationFileNames.includes(nameOf(path))) kustomizations.push(path);
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

/** Folders without those inside other folders of the list. */
function outermost(folders: readonly string[]): string[] {
  const kept: string[] = [];
  for (const folder of [...new Set(folders)].sort(compareText))
    if (!kept.some((outer) => isBelow(folder, outer))) kept.push(folder);
  return kept;
}

function movedPath(path: string, from: string, to: string): string {
  if (from === to) return path;
  const below = from === '' ? path : path.slice(from.length + 1);
  return [to, below].filter((part) => part !== '').join('/');
}

function newFolder(): Folder {
  return { files: [], folders: [], kustomizations: [] };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The text after the last dot of a file's name; empty for a name without a dot. */
function extensionOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}
