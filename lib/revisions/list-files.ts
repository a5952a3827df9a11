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

/** A commit whose files are known. */
export interface ListedCommit {
  /** Its id. */
  readonly commit: string;
  /** What it holds, in git's order. */
  readonly entries: readonly GitEntry[];
}

/** What a commit holds, in git's order. If most of it is as in another commit, git looks only at what differs. */
export function listFilesLike(git: Git, commit: string, known: ListedCommit): GitEntry[] {
  const trees = [known.commit, commit].map((one) => `${one}^{tree}`);
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
  const changed = changedEntries(git.output([...args, ...trees]).toString('utf8'));
  const found = sized(
    git,
    [...changed.values()].flatMap((entry) => entry ?? []),
  );
  const kept = known.entries.flatMap((entry) =>
    changed.has(entry.path) ? (found.get(entry.path) ?? []) : entry,
  );
  const former = new Set(known.entries.map(({ path }) => path));
  const added = [...found.values()].filter(({ path }) => !former.has(path));
  // Most changes add nothing, and then all is in order.
  return added.length === 0 ? kept : [...kept, ...added].sort(inGitsOrder);
}

/** By path, what the other commit has there; `undefined` for what it lacks. `:<mode> <mode> <id> <id> <status>\0<path>\0` */
function changedEntries(text: string): Map<string, GitEntry | undefined> {
  const parts = text.split('\0');
  const changed = new Map<string, GitEntry | undefined>();
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, mode = '', , id = '', status] = (parts[at] as string).split(' ');
    const path = parts[at + 1] as string;
    changed.set(path, status === 'D' ? undefined : { path, type: TYPES[mode] ?? 'file', id, size: 0 });
  }
  return changed;
}

/** By path, entries with the sizes of their contents. An object that a partial clone lacks has none: reading it fails. */
function sized(git: Git, entries: readonly GitEntry[]): ReadonlyMap<string, GitEntry> {
  const ids = new Set(entries.filter(({ type }) => type !== 'submodule').map(({ id }) => id));
  if (ids.size === 0) return new Map(entries.map((entry) => [entry.path, entry]));
  const args = ['cat-file', '--batch-check=%(objectname) %(objectsize)'];
  const lines = git
    .output(args, `${[...ids].join('\n')}\n`)
    .toString('latin1')
    .split('\n');
  const sizes = new Map(lines.map((line) => line.split(' ') as [string, string]));
  const size = ({ id }: GitEntry) => Number(sizes.get(id)) || 0;
  return new Map(entries.map((entry) => [entry.path, { ...entry, size: size(entry) }]));
}

/** Git orders paths by their bytes. */
function inGitsOrder(a: GitEntry, b: GitEntry): number {
  return Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));
}

/** `<mode> <type> <id> <size>\t<path>` */
function entryOf(line: string): GitEntry | undefined {
  const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]+)$/.exec(line);
  if (!match) return undefined;
  const [, mode = '', id = '', size, path = ''] = match;
  return { path, type: TYPES[mode] ?? 'file', id, size: size === '-' ? 0 : Number(size) };
}
