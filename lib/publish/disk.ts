import { closeSync, openSync, readdirSync, readSync, realpathSync, type Dirent } from 'node:fs';
import { sep } from 'node:path';
import { directoryOf, joinPath } from '../tree/path';
import { isCode } from '../plain/error-code';
import { failedOperation } from './problems';
import { isInGit, RECORD_FILE, SKIPPED_FOLDERS } from './names';
import { readRegular } from './read-regular';

/** What stands at a path. */
export type Kind = 'file' | 'folder' | 'link' | 'other';

/** A folder as it is on disk, or why there is none. */
interface Folder {
  readonly state: 'folder' | 'missing' | 'file' | 'outside';
  /** The path that is not a folder, or the link that points outside. */
  readonly cause: string;
  readonly names: ReadonlyMap<string, Kind>;
}

const NO_NAMES: ReadonlyMap<string, Kind> = new Map();

/**
 * A repository as it stands on disk before a run: each folder is listed once, when it is first asked for, and a
 * file is read when it is asked for. Paths are paths from the root.
 */
export class Disk {
  private readonly folders = new Map<string, Folder>();
  private buffer = Buffer.allocUnsafe(64 * 1024);

  constructor(private readonly root: string) {
    this.folders.set('', { state: 'folder', cause: '', names: this.list('') });
  }

  /** What stands at a path; undefined when there is nothing that we could reach. */
  kind(path: string): Kind | undefined {
    const folder = directoryOf(path);
    return this.folder(folder).names.get(folder === '' ? path : path.slice(folder.length + 1));
  }

  /** Why a file cannot be at a path: a parent is a file, or a link that leads out of the repository. */
  obstacle(path: string): { readonly state: 'file' | 'outside'; readonly cause: string } | undefined {
    const { state, cause } = this.folder(directoryOf(path));
    return state === 'file' || state === 'outside' ? { state, cause } : undefined;
  }

  /** The content of a file; undefined when there is none, or none that could be ours: see `readRegular`. */
  read(path: string): Buffer | undefined {
    return readRegular(`${this.root}/${path}`, { shown: path });
  }

  /** Whether the file at a path, which is one, has exactly these bytes. */
  equals(path: string, bytes: Buffer): boolean {
    if (this.buffer.length <= bytes.length) this.buffer = Buffer.allocUnsafe(bytes.length * 2);
    let descriptor: number;
    try {
      descriptor = openSync(`${this.root}/${path}`, 'r');
    } catch {
      return false; // The problem is reported when the content is needed.
    }
    try {
      // We ask for one byte more than expected, so that one call also detects a longer file.
      const length = readSync(descriptor, this.buffer, 0, bytes.length + 1, 0);
      return length === bytes.length && this.buffer.compare(bytes, 0, length, 0, length) === 0;
    } catch {
      return false;
    } finally {
      closeSync(descriptor);
    }
  }

  /**
   * The folders that have a record, in one folder and all below it. What links lead to is left out.
   *
   * @param except - the folders to leave out, with all in them
   */
  findRecords(start: string, except: ReadonlySet<string> = new Set()): string[] {
    const records: string[] = [];
    const pending = [start];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      if (except.has(folder)) continue;
      for (const [name, kind] of this.folder(folder).names) {
        if (name === RECORD_FILE) records.push(folder);
        else if (kind === 'folder' && !SKIPPED_FOLDERS.has(name)) pending.push(joinPath(folder, name));
      }
    }
    return records;
  }

  private folder(path: string): Folder {
    const known = this.folders.get(path);
    if (known) return known;
    const folder = this.find(path);
    this.folders.set(path, folder);
    return folder;
  }

  private find(path: string): Folder {
    const parent = this.folder(directoryOf(path));
    if (parent.state !== 'folder') return parent;
    switch (this.kind(path)) {
      case undefined:
        return { state: 'missing', cause: path, names: NO_NAMES };
      case 'folder':
        return { state: 'folder', cause: path, names: this.list(path) };
      case 'link':
        return this.follow(path);
      default:
        return { state: 'file', cause: path, names: NO_NAMES };
    }
  }

  private follow(path: string): Folder {
    const root = realpathSync(this.root);
    let target: string;
    try {
      target = realpathSync(`${this.root}/${path}`);
    } catch {
      return { state: 'outside', cause: path, names: NO_NAMES }; // The link has no target: nothing can be written through it.
    }
    if (
      target !== root &&
      (!target.startsWith(root + sep) || isInGit(target.slice(root.length).replaceAll(sep, '/')))
    )
      return { state: 'outside', cause: path, names: NO_NAMES };
    return { state: 'folder', cause: path, names: this.list(path) };
  }

  private list(path: string): ReadonlyMap<string, Kind> {
    const names = new Map<string, Kind>();
    try {
      for (const entry of readdirSync(`${this.root}/${path}`, { withFileTypes: true })) {
        names.set(entry.name, kindOf(entry));
      }
    } catch (error) {
      if (!isCode(error, 'ENOTDIR', 'ENOENT')) throw failedOperation('list', path === '' ? '.' : path, error);
    }
    return names;
  }
}

function kindOf(entry: Dirent): Kind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
