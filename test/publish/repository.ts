import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { findRemoved, publish, type PublishOptions, type PublishResult } from '../../lib/publish/publish';
import { RECORD_FILE } from '../../lib/publish/names';
import { journalName, StateFolder } from '../../lib/publish/state-folder';
import { Tree } from '../../lib/tree/tree';
import { TreeFile } from '../../lib/tree/tree-file';

/** Planned files by path: the content, and the folder of the record, unless it is the folder of the file. */
export type Plan = Readonly<Record<string, string | { readonly owner: string; readonly content: string }>>;

const made: string[] = [];

/** A repository in a temporary folder, with methods for what people and runs do in it. */
export class Repository {
  readonly root = mkdtempSync(join(tmpdir(), 'publish-'));

  /** The folder of the lock and the journals, from the root; with git, it is in git's directory. */
  readonly state: string;

  constructor(
    readonly output = 'out',
    options: { readonly git?: boolean } = {},
  ) {
    made.push(this.root);
    if (options.git) initialize(this.path('.git'));
    this.state = relative(this.root, StateFolder.find(this.root, output).path(''));
  }

  /** The journal of the runs that publish, from the root. */
  get journal(): string {
    return join(this.state, journalName(this.output));
  }

  publish(plan: Plan, options: Partial<PublishOptions> = {}, wait = 200): PublishResult {
    const all = { root: this.root, output: this.output, tree: treeOf(plan), ...options };
    this.compareRemovals(all);
    return publish(all, { wait });
  }

  /** Files that are to be removed according to the records alone are those that publishing removes. */
  private compareRemovals(options: PublishOptions): void {
    let removed: readonly string[];
    try {
      removed = publish({ ...options, check: true }).removed;
    } catch {
      return; // This is the subject of the test.
    }
    const files = removed.filter((path) => basename(path) !== RECORD_FILE);
    expect(findRemoved(options)).toEqual(files);
  }

  path(path: string): string {
    return join(this.root, path);
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  has(path: string): boolean {
    return lstatSync(this.path(path), { throwIfNoEntry: false }) !== undefined;
  }

  /** Everything in the repository, except git's own files: folders as `''`, files as their content. */
  snapshot(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const name of readdirSync(this.root, { recursive: true, encoding: 'utf8' }).sort()) {
      if (/^\.git(\/|$)/.test(name)) continue;
      found[name] = lstatSync(this.path(name)).isDirectory() ? '' : this.read(name);
    }
    return found;
  }

  /** When each file was last written, in nanoseconds, with its inode. */
  stamps(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const name of Object.keys(this.snapshot())) {
      const { mtimeNs, ino } = lstatSync(this.path(name), { bigint: true });
      if (lstatSync(this.path(name)).isFile()) found[name] = `${mtimeNs} ${ino}`;
    }
    return found;
  }
}

/** Creates a folder that git accepts as its directory. */
export function initialize(gitDirectory: string): void {
  mkdirSync(join(gitDirectory, 'objects'), { recursive: true });
  writeFileSync(join(gitDirectory, 'HEAD'), 'ref: refs/heads/main\n');
}

/** The Flux Kustomization that applies a folder. */
export function kustomization(folder: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  path: ./${folder}\n`;
}

/** The tree of a plan. The record of a file is in its folder, unless the plan sets another one. */
export function treeOf(plan: Plan): Tree {
  return new Tree(
    Object.entries(plan).map(([path, value]) => {
      const { owner, content } = typeof value === 'string' ? { owner: dirname(path), content: value } : value;
      return TreeFile.fromBytes(path, content, { owner });
    }),
  );
}

/** Removes what the tests of a file have created. */
export function removeRepositories(): void {
  for (const root of made.splice(0)) {
    chmodSync(root, 0o755);
    rmSync(root, { recursive: true, force: true });
  }
}
