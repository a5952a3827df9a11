import { hash } from 'node:crypto';
import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { findGitDirectory } from './git-directory';
import { STATE_FOLDER } from './names';
import { isCode } from '../plain/error-code';
import { failedOperation, notFileFinding } from './problems';
import { FindingsError } from '../findings/findings-error';
import type { OperationHook } from './writer';
import { withSlashes } from '../plain/with-slashes';

/**
 * Where runs keep what is to survive a kill, and what keeps them apart: the lock and the journals. With git it is a
 * folder in the git directory, where no clone and no pull request can put anything; a worktree, and each project in it,
 * has its own. Without git it is a folder in the one that is published to.
 *
 * See docs/adr/0034-state-in-the-git-directory.md.
 */
export class StateFolder {
  /**
   * Finds the state folder of a project.
   *
   * @param root - the absolute path of the repository's root
   * @param output - where the folder is without git, as a path from the root
   */
  static find(root: string, output: string, hook?: OperationHook): StateFolder {
    const git = findGitDirectory(root);
    if (!git) return new StateFolder(root, join(root, output, STATE_FOLDER), false, hook);
    const key = shortHash(`${git.worktree}\0${git.folder}`);
    return new StateFolder(root, join(git.common, 'cdk8s-flux', key), true, hook);
  }

  private constructor(
    private readonly root: string,
    private readonly folder: string,
    /** Whether only processes of this machine can have written what is in it. */
    readonly isInGit: boolean,
    private readonly hook: OperationHook = () => undefined,
  ) {}

  /** The absolute path of a file in it. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** A file in it as findings name it: from the repository's root where it is below that. */
  shown(name: string): string {
    const path = withSlashes(relative(this.root, this.path(name)));
    return path.startsWith('../') ? this.path(name) : path;
  }

  /**
   * Makes the folder.
   *
   * @throws FindingsError `path-blocked` when something else is there, `publish-failed`
   */
  make(): void {
    try {
      mkdirSync(this.folder, { recursive: true });
    } catch (error) {
      // ENOENT: a link that leads nowhere is there.
      if (!isCode(error, 'EEXIST', 'ENOTDIR', 'ENOENT'))
        throw failedOperation('create the folder', this.shown(''), error);
    }
    if (!this.isFolder()) throw new FindingsError([notFileFinding(this.shown(''), 'a folder')]);
  }

  /** Whether it is there, and no link to elsewhere. */
  isFolder(): boolean {
    try {
      return lstatSync(this.folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
    } catch (error) {
      // A file is in place of a folder on the way; the publisher reports that.
      if (isCode(error, 'ENOTDIR')) return false;
      throw error;
    }
  }

  /** The names in it. */
  names(): string[] {
    return this.isFolder() ? readdirSync(this.folder) : [];
  }

  /** Puts a file in place: a kill leaves the old one or the new one. */
  write(name: string, text: string): void {
    const temporary = this.path(`${name}.new`);
    this.run('write', name, () => {
      rmSync(temporary, { force: true });
      const descriptor = openSync(temporary, 'wx');
      try {
        writeFileSync(descriptor, text);
      } finally {
        closeSync(descriptor);
      }
    });
    this.run('replace', name, () => renameSync(temporary, this.path(name)));
  }

  /** Removes a file, if it is there. */
  remove(name: string): void {
    this.run('remove', name, () => {
      rmSync(this.path(name), { force: true });
      rmSync(this.path(`${name}.new`), { force: true });
    });
  }

  /** Removes the folder when nothing is left in it. */
  removeIfEmpty(): void {
    try {
      rmdirSync(this.folder);
    } catch {
      // Another run uses it, or someone keeps files there.
    }
  }

  private run(operation: string, name: string, work: () => void): void {
    this.hook(operation, this.shown(name));
    try {
      work();
    } catch (error) {
      throw failedOperation(operation, this.shown(name), error);
    }
  }
}

/** The name of the journal of those runs that write to the same folder, or that are otherwise of a kind. */
export function journalName(runs: string): string {
  return `journal-${shortHash(runs)}`;
}

function shortHash(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}
