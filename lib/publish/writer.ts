import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { directoryOf, joinPath } from '../tree/path';
import { TEMPORARY_FILE } from './names';
import { failedOperation, isCode } from './problems';

/** Told of each operation before it is done; tests stop there. */
export type OperationHook = (operation: string, path: string) => void;

/** Changes files in a repository, each in a way that a kill cannot make worse than unfinished. */
export class Writer {
  private readonly made = new Set<string>(['']);

  constructor(
    private readonly root: string,
    private readonly hook: OperationHook = () => undefined,
  ) {}

  /** Makes a folder and those above it. */
  makeFolder(folder: string): void {
    if (this.made.has(folder)) return;
    this.run('make the folder', folder, () => mkdirSync(this.absolute(folder), { recursive: true }));
    this.made.add(folder);
  }

  /** Writes a file that is not there. What a kill leaves of it is told by the journal. */
  create(path: string, bytes: Buffer): void {
    this.run('create', path, () => this.writeNew(path, path, bytes));
  }

  /** Puts a file in place of another, or of nothing: a kill leaves the old one or the new one. */
  replace(path: string, bytes: Buffer): void {
    const temporary = joinPath(directoryOf(path), TEMPORARY_FILE);
    this.run('write', path, () => {
      rmSync(this.absolute(temporary), { force: true });
      this.writeNew(temporary, path, bytes);
    });
    this.run('replace', path, () => renameSync(this.absolute(temporary), this.absolute(path)));
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

  private writeNew(path: string, meant: string, bytes: Buffer): void {
    const descriptor = openSync(this.absolute(path), 'wx');
    try {
      this.hook('fill', meant);
      for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
    } finally {
      closeSync(descriptor);
    }
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
