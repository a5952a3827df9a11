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
  const waitsFor: number[][] = ids.flatMap(() => [[], []]);
  ids.forEach((id, index) => {
    const { waits = [], includes = [] } = steps.get(id) ?? {};
    waitsFor[2 * index + 1]?.push(2 * index);
    for (const { on, why } of waits) {
      const other = indexes.get(on);
      if (other !== undefined) waitsFor[2 * index]?.push(why === 'parent' ? 2 * other : 2 * other + 1);
    }
    for (const child of includes) {
      const other = indexes.get(child);
      if (other !== undefined) waitsFor[2 * index + 1]?.push(2 * other + 1);
    }
  });
  return { ids, waitsFor };
}
