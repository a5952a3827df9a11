import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Git } from '../../revisions/git';
import {
  defaultBase,
  findRevision,
  mergeBase,
  resolveRevision,
  type Revision,
} from '../../revisions/resolve-revision';
import type { Io } from '../io';

/** Where one side of a diff is read from. */
export type SideSource =
  | { readonly kind: 'folder'; readonly dir: string }
  | { readonly kind: 'revision'; readonly git: Git; readonly revision: Revision }
  | { readonly kind: 'working-tree'; readonly git: Git };

/** The two sides of a diff. */
export interface SideSources {
  /** The earlier state. */
  readonly base: SideSource;
  /** The later state. */
  readonly head: SideSource;
}

/**
 * What two arguments of `diff` name: revisions, folders, or `BASE..HEAD` and `BASE...HEAD` as git has them. Without a
 * base it is the merge base of the main branch and HEAD, without a head the working tree.
 *
 * @throws FindingsError `git-missing`, `git-repository-missing`, `revision-missing`, `merge-base-missing`
 */
export function sideSources(base: string | undefined, head: string | undefined, io: Io): SideSources {
  const opened = new OpenedGit(io);
  if (base === undefined) {
    const { git } = opened;
    return {
      base: opened.revision(defaultBase(git, opened.resolve('HEAD'))),
      head: { kind: 'working-tree', git },
    };
  }
  const range = head === undefined ? /^(.+?)(\.{2,3})(.+)$/.exec(base) : null;
  if (range && !isFolderPath(base)) {
    const [from, to] = [opened.resolve(range[1] ?? ''), opened.resolve(range[3] ?? '')];
    const start = range[2] === '...' ? mergeBase(opened.git, from, to) : from;
    return { base: opened.revision(start), head: opened.revision(to) };
  }
  const from = opened.side(base);
  if (head !== undefined) return { base: from, head: opened.side(head) };
  return {
    base: from,
    head: from.kind === 'folder' ? { kind: 'folder', dir: '.' } : { kind: 'working-tree', git: opened.git },
  };
}

/**
 * What one argument names: a revision, or a folder.
 *
 * @param repository - the absolute path of a folder in the repository that has the revision
 * @throws FindingsError `revision-missing`
 */
export function sideSource(
  name: string,
  repository: string,
  io: Io,
): Exclude<SideSource, { kind: 'working-tree' }> {
  return new OpenedGit(io, repository).side(name);
}

/** The git repository of the working folder, opened on first use. */
class OpenedGit {
  private found?: Git;

  constructor(
    private readonly io: Io,
    private readonly folder = io.cwd,
  ) {}

  get git(): Git {
    this.found ??= Git.of(this.folder, this.io.env);
    return this.found;
  }

  resolve(name: string): Revision {
    return resolveRevision(this.git, name);
  }

  revision(revision: Revision): Extract<SideSource, { kind: 'revision' }> {
    return { kind: 'revision', git: this.git, revision };
  }

  /** A revision, or a folder if no revision has the name. */
  side(name: string): Exclude<SideSource, { kind: 'working-tree' }> {
    if (isFolderPath(name)) return { kind: 'folder', dir: name };
    // An empty name, for example from a script variable that is not set, does not mean the working folder.
    const isFolder =
      name !== '' && statSync(resolve(this.io.cwd, name), { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isFolder) return this.revision(this.resolve(name));
    const revision = this.tryGit() && findRevision(this.git, name);
    return revision ? this.revision(revision) : { kind: 'folder', dir: name };
  }

  private tryGit(): boolean {
    try {
      return this.git !== undefined;
    } catch {
      // Two folders can be compared without git.
      return false;
    }
  }
}

/** Whether a text can only be the path of a folder. */
function isFolderPath(text: string): boolean {
  return /^(?:\.{1,2}(?:[\\/]|$)|[\\/]|[A-Za-z]:[\\/])/.test(text);
}
