import type { Git } from './git';

/** A file, link or submodule of a commit. */
export interface GitEntry {
  /** The path from the top of the repository. */
  readonly path: string;
  /** What it is. */
  readonly type: 'file' | 'link' | 'submodule';
  /** The id of its content. */
  readonly id: string;
  /** The size of its content in bytes; 0 for a submodule. */
  readonly size: number;
}

const TYPES: Readonly<Record<string, GitEntry['type']>> = { '120000': 'link', '160000': 'submodule' };

/** What a commit holds, in git's order. */
export function listFiles(git: Git, commit: string): GitEntry[] {
  const args = ['ls-tree', '-r', '-z', '-l', '--full-tree', `${commit}^{tree}`];
  const text = git.output(args).toString('utf8');
  return text.split('\0').flatMap((line) => entryOf(line) ?? []);
}

/** `<mode> <type> <id> <size>\t<path>` */
function entryOf(line: string): GitEntry | undefined {
  const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line);
  if (!match) return undefined;
  const [, mode = '', id = '', size, path = ''] = match;
  return { path, type: TYPES[mode] ?? 'file', id, size: size === '-' ? 0 : Number(size) };
}
