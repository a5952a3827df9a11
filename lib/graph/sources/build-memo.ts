import type { Finding } from '../../findings/finding';
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
  private readonly evaluated = new WeakMap<object, Map<string, Remembered>>();
  private readonly held = new Map<string, Map<string, boolean>>();
  private readonly finished = new WeakMap<object, Map<string, unknown>>();

  /** Whether artifacts hold paths, by the patterns that decide. */
  heldPaths(patterns: string): Map<string, boolean> {
    const known = this.held.get(patterns) ?? new Map<string, boolean>();
    this.held.set(patterns, known);
    return known;
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
    const results = this.evaluated.get(object) ?? new Map<string, Remembered>();
    this.evaluated.set(object, results);
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

function recallFrom<T>(
  results: Map<string, Remembered>,
  { view, key, isSound }: Recall<T>,
  work: () => T,
): T {
  const known = results.get(key);
  if (known && view.answersAlike(known.reads)) {
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
