import { compareText } from '../../plain/compare-text';
import { lowerBound } from '../../plain/lower-bound';
import { isKustomizationFile } from '../sources/folder-listing';

/** What one artifact is to hold: the folders and files that its builds read, by their paths in the source. */
export interface WantedArtifact {
  /** The name of the ExternalArtifact. */
  readonly name: string;
  /** The folders and files that the builds read. */
  readonly reads: readonly string[];
}

/** An entry of `spec.artifacts` of an ArtifactGenerator. */
export interface PlannedArtifact {
  readonly name: string;
  readonly originRevision: string;
  readonly copy: readonly { readonly from: string; readonly to: string }[];
}

/** The alias of the source in `spec.sources`. */
export const SOURCE_ALIAS = 'repo';

/** What `from` reads as a pattern; a name with these characters cannot be written. */
const PATTERN = /[*?[\]{}\\]/;

/**
 * The artifacts that hold what is wanted, and nothing that only others read. Files lie in them as in the source, so that
 * paths and bases stay as they are. A folder is copied as a whole, so that a new file in it needs no change here, unless
 * another artifact alone reads something below it; then each file is copied.
 *
 * @param wanted - what each artifact is to hold
 * @param paths - the paths of all files of the source
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export function planArtifacts(wanted: readonly WantedArtifact[], paths: Iterable<string>): PlannedArtifact[] {
  const all = new SortedPaths(paths);
  const owned = wanted.map(({ reads }) => new SortedPaths(filesOf(reads, all)));
  const known = new SortedPaths(owned.flatMap(({ list }) => list));
  return wanted.map(({ name, reads }, index): PlannedArtifact => {
    const own = owned[index] as SortedPaths;
    const copied = reads.flatMap((path) => {
      if (all.has(path)) return [path];
      const isShared = known.countBelow(path) > own.countBelow(path);
      return isShared ? own.below(path) : [`${path}/`];
    });
    return { name, originRevision: `@${SOURCE_ALIAS}`, copy: withoutCovered(copied).map(copyOf) };
  });
}

/** The files that a build reads: those that it names, and the kustomization files of its folders. */
function filesOf(reads: readonly string[], all: SortedPaths): string[] {
  return reads.flatMap((path) => (all.has(path) ? [path] : all.directlyIn(path).filter(isKustomizationFile)));
}

/** Paths without those inside a folder in the list; folders end in `/`. */
function withoutCovered(paths: readonly string[]): string[] {
  const sorted = [...new Set(paths)].sort(compareText);
  if (sorted.some((path) => path === '/' || PATTERN.test(path))) return ['/'];
  const kept: string[] = [];
  for (const path of sorted) {
    const last = kept.at(-1);
    const isCovered = last?.endsWith('/') === true && path.startsWith(last);
    if (!isCovered) kept.push(path);
  }
  return kept;
}

function copyOf(path: string): { from: string; to: string } {
  if (path === '/') return { from: `@${SOURCE_ALIAS}/**`, to: '@artifact/' };
  const from = path.endsWith('/') ? `${path}**` : path;
  const [folder = '', name = ''] = /^(.*\/)?([^/]*)$/.exec(path)?.slice(1) ?? [];
  // A name without an ending could also be that of a folder, which would be copied into a folder of this name.
  return { from: `@${SOURCE_ALIAS}/${from}`, to: `@artifact/${name.includes('.') ? path : folder}` };
}

/** Paths in code-unit order, in which paths below a folder are adjacent. */
class SortedPaths {
  readonly list: readonly string[];
  private readonly set: ReadonlySet<string>;

  constructor(paths: Iterable<string>) {
    this.set = new Set(paths);
    this.list = [...this.set].sort(compareText);
  }

  has(path: string): boolean {
    return this.set.has(path);
  }

  below(folder: string): readonly string[] {
    return this.list.slice(...this.range(folder));
  }

  countBelow(folder: string): number {
    const [start, end] = this.range(folder);
    return end - start;
  }

  directlyIn(folder: string): string[] {
    const start = folder === '' ? 0 : folder.length + 1;
    return this.below(folder).filter((path) => !path.slice(start).includes('/'));
  }

  private range(folder: string): [number, number] {
    if (folder === '') return [0, this.list.length];
    // The character after `/` in code-unit order.
    return [this.firstFrom(`${folder}/`), this.firstFrom(`${folder}0`)];
  }

  private firstFrom(text: string): number {
    return lowerBound(this.list, (path) => compareText(path, text) < 0);
  }
}
