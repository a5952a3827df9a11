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
  private readonly finished = new WeakMap<object, Map<string, unknown>>();

  /**
   * The result of a part of a build: remembered, or made now.
   *
   * @param key - what the part depends on beside the files
   * @param isSound - whether a result holds for another tree
   */
  recall<T>(view: RecordedView, key: string, work: () => T, isSound: (result: T) => boolean): T {
    const known = this.results.get(key);
    if (known && view.answersAlike(known.reads)) {
      view.include(known.reads);
      return known.result as T;
    }
    const { result, reads } = view.record(work);
    reads.isBound = !isSound(result);
    this.results.set(key, { reads, result });
    return result;
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

/** Where a builder remembers its builds. */
export interface SharedBuilds {
  readonly memo: BuildMemo;
  /** The view of the builder's own tree. */
  readonly view: RecordedView;
  /** What the view is of, beside its tree. */
  readonly key: string;
}
