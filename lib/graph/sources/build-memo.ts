import type { Finding } from '../../findings/finding';
import { shareFrame } from '../frame';
import type { ClusterGraph } from '../graph';
import { FolderListing } from './folder-listing';
import type { RecordedView, ViewReads } from './recorded-view';

interface Remembered {
  readonly reads: ViewReads;
  readonly result: unknown;
}

/**
 * What builds of one tree gave, for another tree that is mostly the same: a result holds where everything that was asked of
 * the one tree has the same answer in the other.
 */
export class BuildMemo {
  private readonly results = new Map<string, Remembered>();
  private readonly evaluated = new WeakMap<object, KeyedResults>();
  private readonly held = new Map<string, Map<string, boolean>>();
  private readonly made = new WeakMap<object, Map<object, unknown>>();
  private readonly clusters = new Map<string, ClusterGraph>();
  private readonly listings = new Map<string, FolderListing>();
  private readonly finished = new WeakMap<object, Map<string, unknown>>();

  /** Whether artifacts hold paths, by the patterns that decide. */
  heldPaths(patterns: string): Map<string, boolean> {
    const known = this.held.get(patterns) ?? new Map<string, boolean>();
    this.held.set(patterns, known);
    return known;
  }

  /**
   * The folders of some paths: those of the other tree where its paths are the same.
   *
   * @param key - what the paths are of, beside their tree
   */
  listing(key: string, paths: readonly string[]): FolderListing {
    const known = this.listings.get(key);
    if (known?.isOf(paths)) return known;
    const listing = new FolderListing(paths);
    this.listings.set(key, listing);
    return listing;
  }

  /** What was made of two things for the other tree, where that is the same: whatever looks at it then looks once. */
  sameAs<T>([one, other]: readonly [object, object], made: T, isSame: (a: T, b: T) => boolean): T {
    const all = this.made.get(one) ?? new Map<object, unknown>();
    this.made.set(one, all);
    const known = all.get(other) as T | undefined;
    if (known !== undefined && isSame(known, made)) return known;
    all.set(other, made);
    return made;
  }

  /** Gives a cluster the frame that it has in the other tree, if it is the same. */
  shareFrame(cluster: ClusterGraph): void {
    const other = this.clusters.get(cluster.entry);
    if (other) shareFrame(cluster, other);
    this.clusters.set(cluster.entry, cluster);
  }

  /**
   * The result of a part of a build: remembered, or made now.
   *
   * @param key - what the part depends on beside the files
   * @param isSound - whether a result holds for another tree
   */
  recall<T>(view: RecordedView, key: string, work: () => T, isSound: (result: T) => boolean): T {
    return recallFrom(this.results, { view, key, isSound }, work);
  }

  /**
   * What becomes of an object that a build gave, where that rests on the object and on files alone: remembered for the same
   * object, or found now.
   *
   * @param key - what it depends on beside the object and the files
   */
  evaluate<T>(object: object, { view, key, isSound }: Recall<T>, work: () => T): T {
    let results = this.evaluated.get(object);
    if (!results) this.evaluated.set(object, (results = new KeyedResults()));
    return recallFrom(results, { view, key, isSound }, work);
  }

  /**
   * What became of the objects of a build in its last steps: remembered for the same objects, or made now.
   *
   * @param key - what the steps depend on beside the objects
   */
  finish<T extends { readonly findings: readonly Finding[] }>(
    objects: object,
    key: string,
    work: () => T,
  ): T {
    const known = this.finished.get(objects)?.get(key);
    if (known) return known as T;
    const result = work();
    if (result.findings.some(({ severity }) => severity === 'error')) return result;
    const results = this.finished.get(objects) ?? new Map<string, unknown>();
    this.finished.set(objects, results.set(key, result));
    return result;
  }
}

/** How a result is remembered. */
interface Recall<T> {
  /** The view that answers. */
  readonly view: RecordedView;
  /** What the result depends on beside the answers of the view. */
  readonly key: string;
  /** Whether a result is valid for another tree. */
  readonly isSound: (result: T) => boolean;
}

/** The results for one object: mostly a single one, for which a map takes too much memory. */
class KeyedResults {
  private readonly entries: { readonly key: string; result: Remembered }[] = [];

  get(key: string): Remembered | undefined {
    return this.entries.find((entry) => entry.key === key)?.result;
  }

  set(key: string, result: Remembered): void {
    const known = this.entries.find((entry) => entry.key === key);
    if (known) known.result = result;
    else this.entries.push({ key, result });
  }
}

function recallFrom<T>(
  results: KeyedResults | Map<string, Remembered>,
  { view, key, isSound }: Recall<T>,
  work: () => T,
): T {
  const known = results.get(key);
  if (known?.reads.isAnsweredBy(view)) {
    view.include(known.reads);
    return known.result as T;
  }
  const { result, reads } = view.record(work, isSound);
  results.set(key, { reads, result });
  return result;
}

/** Where a builder remembers its builds. */
export interface SharedBuilds {
  readonly memo: BuildMemo;
  /** The view of the builder's own tree. */
  readonly view: RecordedView;
  /** What the view is of, beside its tree. */
  readonly key: string;
}
