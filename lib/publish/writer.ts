import {
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { directoryOf, joinPath } from '../tree/path';
import { temporaryName } from './names';
import { isCode } from '../plain/error-code';
import { failedOperation } from './problems';

/** Told of each operation before it is done; tests stop there. */
export type OperationHook = (operation: string, path: string) => void;

/** The error codes of file systems without hard links. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * Changes files in a repository. Each is written under a name of its own and put in place when it is whole: a kill leaves
 * the old content, or the new one, and never a part.
 */
export class Writer {
  private readonly made = new Set<string>(['']);
  /** The folders that were not there before: no file of anyone else is in them. */
  private readonly own = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly token: string,
    private readonly hook: OperationHook = () => undefined,
  ) {}

  /** Makes a folder and those above it. */
  makeFolder(folder: string): void {
    if (this.made.has(folder)) return;
    const first = this.run('create the folder', folder, () =>
      mkdirSync(this.absolute(folder), { recursive: true }),
    );
    this.made.add(folder);
    if (first !== undefined) this.own.add(folder);
  }

  /** Writes a file that is not there. What has appeared there in the meantime is not replaced. */
  create(path: string, bytes: Buffer): void {
    const temporary = this.writeTemporary(path, bytes);
    const put = this.own.has(directoryOf(path)) ? renameSync : putWhereNothingIs;
    this.run('create', path, () => put(temporary, this.absolute(path)));
  }

  /** Puts a file in place of another. */
  replace(path: string, bytes: Buffer): void {
    const temporary = this.writeTemporary(path, bytes);
    this.run('replace', path, () => renameSync(temporary, this.absolute(path)));
  }

  /** Removes a file, if it is there. */
  remove(path: string): void {
    this.run('remove', path, () => {
      try {
        unlinkSync(this.absolute(path));
      } catch (error) {
        if (!isCode(error, 'ENOENT')) throw error;
      }
    });
  }

  /** Removes a folder, if it is there and empty, and says whether it is gone. */
  removeEmptyFolder(folder: string): boolean {
    return this.run('remove the folder', folder, () => {
      try {
        rmdirSync(this.absolute(folder));
        return true;
      } catch (error) {
        if (isCode(error, 'ENOENT')) return true;
        if (isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EBUSY')) return false;
        throw error;
      }
    });
  }

  private writeTemporary(path: string, bytes: Buffer): string {
    const temporary = this.absolute(joinPath(directoryOf(path), temporaryName(this.token)));
    this.run('write', path, () => {
      const descriptor = openSync(temporary, 'wx');
      try {
        this.hook('fill', path);
        for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      } catch (error) {
        rmSync(temporary, { force: true }); // A full disk needs the space.
        throw error;
      } finally {
        closeSync(descriptor);
      }
    });
    return temporary;
  }

  private absolute(path: string): string {
    return `${this.root}/${path}`;
  }

  private run<T>(operation: string, path: string, work: () => T): T {
    this.hook(operation, path);
    try {
      return work();
    } catch (error) {
      throw failedOperation(operation, path, error);
    }
  }
}

/** Moves a file to a place where none is. A link, unlike a rename, replaces nothing, but it takes two operations. */
function putWhereNothingIs(temporary: string, target: string): void {
  try {
    linkSync(temporary, target);
    unlinkSync(temporary);
  } catch (error) {
    if (!isCode(error, ...NO_LINKS) || lstatSync(target, { throwIfNoEntry: false })) {
      rmSync(temporary, { force: true });
      throw error;
    }
    renameSync(temporary, target);
  }
}
