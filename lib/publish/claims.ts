import { isBelow } from '../tree/path';
import type { Disk } from './disk';

/** What decides which files a record or a journal may speak of. */
export interface ClaimOptions {
  /** The folder that is published to. */
  readonly output: string;
  /** The files outside of their owner's folder that the configuration names. */
  readonly named: ReadonlySet<string>;
  /** The folder whose record is to list a planned file. */
  readonly ownerOf: (path: string) => string | undefined;
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
    const { output, named, ownerOf } = this.options;
    if (ownerOf(path) === owner) return true;
    if (owner === output && named.has(path)) return true;
    if (isBelow(path, owner)) return isManifest(path, owner) && !this.hasLink(path, owner);
    return isBelow(path, output) && isManifest(path, output) && this.applies(path, owner);
  }

  /** Whether a link stands between a folder and a file below it, so that the file is elsewhere. */
  private hasLink(path: string, owner: string): boolean {
    for (let end = path.indexOf('/', owner.length + 1); end > 0; end = path.indexOf('/', end + 1)) {
      if (this.disk.kind(path.slice(0, end)) === 'link') return true;
    }
    return false;
  }

  /** Whether a file is the Flux Kustomization of a folder, which stands in the folder of the app around it. */
  private applies(path: string, owner: string): boolean {
    if (this.disk.kind(path) === undefined) return true; // what is gone cannot be lost
    if (this.disk.kind(path) !== 'file' || this.hasLink(path, this.options.output)) return false;
    const text = this.disk.read(path)?.toString('utf8') ?? '';
    if (!/^apiVersion: *["']?kustomize\.toolkit\.fluxcd\.io\//m.test(text)) return false;
    if (!/^kind: *["']?Kustomization["']?\s*$/m.test(text)) return false;
    return text.split('\n').some((line) => {
      const value = /^ +path: (\S.*)$/.exec(line.trimEnd())?.[1];
      return value?.replaceAll(/^["']|["']$/g, '').replace(/^\.\//, '') === owner;
    });
  }
}

/** Whether a file below a folder has a name as we give them to manifests. */
function isManifest(path: string, folder: string): boolean {
  const below = folder === '' ? path : path.slice(folder.length + 1);
  return /\.ya?ml$/.test(path) && !below.split('/').some((segment) => segment.startsWith('.'));
}
