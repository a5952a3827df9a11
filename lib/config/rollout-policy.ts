/** How far one change may reach. */
export interface RolloutPolicy {
  /**
   * In how many clusters one component may change at once: a number, or a share of all clusters such as `25%`.
   *
   * @default - all
   */
  readonly maxClusters?: number | string;
}

/**
 * In how many of some clusters one component may change at once. A share is rounded down, and allows one cluster at least.
 *
 * @param count - how many clusters there are
 * @returns undefined where there is no limit
 */
export function allowedClusters({ maxClusters }: RolloutPolicy, count: number): number | undefined {
  if (maxClusters === undefined) return undefined;
  if (typeof maxClusters === 'number') return maxClusters;
  return Math.max(1, Math.floor((Number.parseInt(maxClusters, 10) * count) / 100));
}
