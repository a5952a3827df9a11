import type { Waits } from './reconciliations';

/**
 * Two moments of each step, as numbers: `2 * index` is when its objects are applied, `2 * index + 1` when it is
 * ready. An edge leads from a moment to those for which it waits.
 */
export interface Moments {
  readonly ids: readonly string[];
  readonly waitsFor: number[][];
}

/** The moments of steps. */
export function momentsOf(steps: ReadonlyMap<string, Waits>): Moments {
  const ids = [...steps.keys()];
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const waitsFor: number[][] = [];
  let start = 0;
  for (const { waits, includes } of steps.values()) {
    const beforeStart: number[] = [];
    const beforeReady = [start];
    for (const { on, why } of waits) {
      const other = indexes.get(on);
      if (other !== undefined) beforeStart.push(why === 'parent' ? 2 * other : 2 * other + 1);
    }
    for (const child of includes) {
      const other = indexes.get(child);
      if (other !== undefined) beforeReady.push(2 * other + 1);
    }
    waitsFor.push(beforeStart, beforeReady);
    start += 2;
  }
  return { ids, waitsFor };
}
