import { Tree } from './tree';
import { TreeFile } from './tree-file';

/**
 * The tree of a folder on disk. Manifests are there from the start; another file is read when it is first asked
 * for, as the script that a generator puts into a ConfigMap is.
 */
export class LoadedTree extends Tree {
  private readonly others = new Map<string, TreeFile | undefined>();

  /**
   * @param files - the manifests
   * @param otherPaths - the paths of all other files
   * @param read - reads one of these; `undefined` where that fails
   */
  constructor(
    files: Iterable<TreeFile>,
    readonly otherPaths: ReadonlySet<string>,
    private readonly read: (path: string) => Buffer | undefined,
  ) {
    super(files);
  }

  override get paths(): Iterable<string> {
    return [...super.paths, ...this.otherPaths];
  }

  override get(path: string): TreeFile | undefined {
    return super.get(path) ?? this.readOther(path);
  }

  override has(path: string): boolean {
    return super.has(path) || this.otherPaths.has(path);
  }

  private readOther(path: string): TreeFile | undefined {
    if (!this.otherPaths.has(path)) return undefined;
    if (!this.others.has(path)) {
      const bytes = this.read(path);
      this.others.set(path, bytes && TreeFile.fromBytes(path, bytes));
    }
    return this.others.get(path);
  }
}
