import { finding, type Finding } from '../findings/finding';
import type { TreeFile } from './tree-file';

/**
 * The files of a repository by their path from its root. Everything but the constructs works on a tree, and never
 * knows whether constructs or people wrote it.
 */
export class Tree {
  private readonly byPath = new Map<string, TreeFile>();
  private readonly spelling = new Map<string, TreeFile>();
  private sorted?: readonly TreeFile[];

  constructor(files: Iterable<TreeFile> = []) {
    for (const file of files) this.add(file);
  }

  /** How many files there are. */
  get size(): number {
    return this.byPath.size;
  }

  /** All files, in code-unit order of their paths. */
  get files(): readonly TreeFile[] {
    this.sorted ??= [...this.byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return this.sorted;
  }

  /** The paths of all files, also of those that are read only when they are asked for; in no particular order. */
  get paths(): Iterable<string> {
    return this.byPath.keys();
  }

  /** The file at a path. */
  get(path: string): TreeFile | undefined {
    return this.byPath.get(path);
  }

  /** Whether there is a file at a path. */
  has(path: string): boolean {
    return this.byPath.has(path);
  }

  /**
   * Adds a file, unless its path is taken, or differs from one that is only in the case of letters (macOS and
   * Windows would store one file for both). Then the finding says who wants it.
   */
  add(file: TreeFile): Finding | undefined {
    const folded = file.path.toLowerCase();
    const other = this.spelling.get(folded);
    if (other) return clash(other, file);
    this.byPath.set(file.path, file);
    this.sorted = undefined;
    this.spelling.set(folded, file);
    return undefined;
  }
}

function clash(first: TreeFile, second: TreeFile): Finding {
  const same = first.path === second.path;
  return finding({
    code: same ? 'file-collision' : 'file-case-collision',
    message: same
      ? `two constructs create the file ${JSON.stringify(first.path)}`
      : `the paths ${JSON.stringify(first.path)} and ${JSON.stringify(second.path)} differ only in upper and lower case`,
    hint: 'give one of the constructs another id or another file name',
    locations: [first, second].map((file) => ({ constructPath: file.constructPath, file: file.path })),
  });
}
