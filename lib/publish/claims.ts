import { isBelow } from '../tree/path';
import type { Disk } from './disk';
import type { OwnedFolders } from './owned-folders';

/** What decides which files a record or a journal may speak of. */
export interface ClaimOptions {
  /** The folders that are published to. */
  readonly folders: OwnedFolders;
  /** The files outside of their owner's folder that the configuration names. */
  readonly named: ReadonlySet<string>;
  /** The folder whose record is to list a planned file. */
  readonly ownerOf: (path: string) => string | undefined;
  /** By folder, the other folders whose files its record may list: the entry path of a cluster has one for all of it. */
  readonly reach: ReadonlyMap<string, readonly string[]>;
}

/**
 * What records and journals may speak of. They lie where a pull request, too, can write, so that one that lists a file is
 * no reason yet to take that for ours: it has to be one that we could have written.
 */
export class Claims {
  constructor(
    private readonly disk: Disk,
    private readonly options: ClaimOptions,
  ) {}

  /** Whether the record in a folder may list a file. */
  allows(path: string, owner: string): boolean {
    const { folders, named, ownerOf, reach } = this.options;
    if (ownerOf(path) === owner) return true;
    if (folders.homes.includes(owner) && named.has(path)) return true;
    const around = folders.around(path);
    if (around === undefined) return false;
    if (isBelow(path, owner)) {
      return folders.holds(owner) && isManifest(path, owner) && !this.hasLink(path, around);
    }
    const reached = reach.get(owner)?.find((folder) => isBelow(path, folder));
    if (reached !== undefined && isManifest(path, reached) && !this.hasLink(path, around)) return true;
    return isManifest(path, around) && this.applies(path, owner, around);
  }

  /** Whether a folder is one whose record we write. */
  mayHaveRecord(folder: string): boolean {
    return this.options.folders.mayHaveRecord(folder);
  }

  /** Whether there is a link between a folder and a file below it, so that the file is elsewhere. */
  private hasLink(path: string, owner: string): boolean {
    for (let end = path.indexOf('/', owner.length + 1); end > 0; end = path.indexOf('/', end + 1)) {
      if (this.disk.kind(path.slice(0, end)) === 'link') return true;
    }
    return false;
  }

  /** Whether a file is the Flux Kustomization of a folder, which is in the folder of the app around it. */
  private applies(path: string, owner: string, around: string): boolean {
    if (this.disk.kind(path) === undefined) return true; // A missing file cannot be lost.
    if (this.disk.kind(path) !== 'file' || this.hasLink(path, around)) return false;
    return appliedFolders(this.disk.read(path)).includes(owner);
  }
}

/** The folders that a file names as those of Flux Kustomizations; empty for a file that holds none. */
export function appliedFolders(content: Buffer | undefined): string[] {
  const text = content?.toString('utf8') ?? '';
  if (!/^apiVersion: *["']?kustomize\.toolkit\.fluxcd\.io\//m.test(text)) return [];
  if (!/^kind: *["']?Kustomization["']?\s*$/m.test(text)) return [];
  return text.split('\n').flatMap((line) => {
    const value = /^ +path: (\S.*)$/.exec(line.trimEnd())?.[1];
    return value === undefined ? [] : [value.replaceAll(/^["']|["']$/g, '').replace(/^\.\//, '')];
  });
}

/** Whether a file below a folder has a name that we use for manifests. */
function isManifest(path: string, folder: string): boolean {
  const below = folder === '' ? path : path.slice(folder.length + 1);
  return /\.ya?ml$/.test(path) && !below.split('/').some((segment) => segment.startsWith('.'));
}
