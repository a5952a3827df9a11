import { NameIndex } from '../../findings/name-index';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import { baseName, directoryOf, isBelow, joinPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import { compareText } from '../../plain/compare-text';
import { filesBelow } from './files-below';
import { FolderListing } from './folder-listing';
import type { FolderCopy } from './generated-artifact';

/** What of a repository an artifact holds, and how. */
export interface ViewOptions {
  /**
   * The folders that an artifact made of it has, where they lie elsewhere than in the source.
   *
   * @default - as in the source
   */
  readonly copies?: readonly FolderCopy[];
  /**
   * The folders and files outside of which it holds nothing.
   *
   * @default - all
   */
  readonly folders?: readonly string[];
  /**
   * Lists the folders of some paths.
   *
   * @default - lists them anew
   */
  readonly listingOf?: (paths: readonly string[]) => FolderListing;
}

/** A tree as a source's artifact shows it: by folder, without what is ignored. */
export class RepositoryView {
  /** The folders that hold manifests. */
  readonly listing: FolderListing;

  private readonly files = new Map<string, TreeFile>();
  private readonly copies: readonly FolderCopy[];

  /** Whether it holds everything that is not ignored. */
  private readonly isWhole: boolean;

  /** The folder of the repository that is its root, where it has only that. */
  private readonly root?: string;

  private extensions?: ReadonlySet<string>;
  private readonly names = new Map<string, NameIndex>();

  /** @param holds - whether the source's artifact holds a path */
  constructor(
    private readonly tree: Tree,
    private readonly holds: (path: string) => boolean,
    {
      copies = [{ from: '', to: '' }],
      folders = [''],
      listingOf = (paths) => new FolderListing(paths),
    }: ViewOptions = {},
  ) {
    this.copies = copies;
    if (folders.length === 1 && copies.every(({ from }) => from === '')) this.root = folders[0];
    this.isWhole = [...folders, ...copies.map(({ from }) => from)].every((folder) => folder === '');
    for (const { from, to } of copies) {
      for (const folder of outermost(folders.map((one) => (isBelow(one, from) ? one : from)))) {
        for (const file of filesBelow(tree.files, folder)) {
          if (holds(file.path)) this.files.set(movedPath(file.path, from, to), file);
        }
      }
    }
    this.listing = listingOf([...this.files.keys()]);
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

  /** Whether the repository has manifests at a path, which `spec.ignore` or `.sourceignore` leaves out. */
  leavesOut(path: string): boolean {
    return this.isWhole && filesBelow(this.tree.files, path).some((file) => !this.holds(file.path));
  }

  /** The only folder of the repository that it holds, if a path leads out of that. */
  rootAround(path: string): string | undefined {
    return this.root === undefined || isBelow(path, this.root) ? undefined : this.root;
  }

  /** Whether there is a folder at a path that holds a manifest somewhere below. */
  hasFolder(path: string): boolean {
    return this.listing.hasFolder(path);
  }

  /** All folders that hold a manifest somewhere below. */
  allFolders(): string[] {
    return this.listing.allFolders();
  }

  /** The kustomization files of a folder; more than one is an error for kustomize. */
  kustomizationFiles(folder: string): readonly string[] {
    return this.listing.kustomizationFiles(folder);
  }

  /** What Flux lists where a folder has no kustomization file. */
  generatedResources(folder: string): readonly string[] {
    return this.listing.generatedResources(folder);
  }

  /** The path that was most likely meant by one that does not exist. */
  likely(path: string): string | undefined {
    return this.listing.likely(path);
  }

  /** The file, whatever its kind, that was most likely meant by one that does not exist: its name is mistyped. */
  likelyFile(path: string): string | undefined {
    const folder = this.sourcePath(directoryOf(path));
    const meant = folder === undefined ? undefined : this.namesIn(folder).nearest(baseName(path));
    return meant && joinPath(directoryOf(path), meant);
  }

  /** The names of all files in a folder of the repository, whatever their kind. */
  private namesIn(folder: string): NameIndex {
    const known = this.names.get(folder);
    if (known) return known;
    const held = (pathsByFolder(this.tree).get(folder) ?? []).filter((path) => this.holds(path));
    const names = new NameIndex(held.sort(compareText).map(baseName));
    this.names.set(folder, names);
    return names;
  }
}

const pathsByFolder = once((tree: Tree) => groupBy(tree.paths, directoryOf));

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

/** The text after the last dot of a file's name; empty for a name without a dot. */
function extensionOf(path: string): string {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}
