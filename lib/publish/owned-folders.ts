import { directoryOf } from '../tree/path';

/**
 * The folders that a run publishes to. Nothing outside of them is searched, written or removed: not even in a folder
 * around several of them, where other people's files are.
 */
export class OwnedFolders {
  /** The folders, none of which lies in another. */
  readonly list: readonly string[];

  private readonly known: ReadonlySet<string>;

  /**
   * @param folders - the folders
   * @param homes - where records of other files may lie: the first is where they are written, the others are where an
   *   earlier run may have written them
   */
  constructor(
    folders: readonly string[],
    readonly homes: readonly string[],
  ) {
    const unique = [...new Set(folders)];
    this.known = new Set(unique);
    this.list = unique
      .filter((folder) => folder === '' || this.around(directoryOf(folder)) === undefined)
      .sort();
  }

  /** The folder whose record lists the files that are in no folder of the list. */
  get home(): string {
    return this.homes[0] ?? '';
  }

  /** Whether a path is one of the folders or lies in one. */
  holds(path: string): boolean {
    return this.around(path) !== undefined;
  }

  /** Whether the record in a folder may be written or removed. */
  mayHaveRecord(folder: string): boolean {
    return this.holds(folder) || this.homes.includes(folder);
  }

  /** The nearest of the given folders that a path is or lies in. */
  around(path: string): string | undefined {
    if (this.known.has('')) return '';
    for (let folder = path; folder !== ''; folder = directoryOf(folder)) {
      if (this.known.has(folder)) return folder;
    }
    return undefined;
  }
}
