import { isDeepStrictEqual } from 'node:util';
import type { Change, Picture, PictureCluster, PictureEdge, PictureNode } from './picture';

/**
 * A picture of what became of an earlier one: what is new, changed or gone says so, and what is gone is drawn too.
 * A node has changed where its object has, or what it applies.
 */
export function comparePictures(before: Picture, after: Picture): Picture {
  const earlier = new Map(before.clusters.map((cluster) => [cluster.name, cluster]));
  const names = new Set(after.clusters.map(({ name }) => name));
  const gone = before.clusters
    .filter(({ name }) => !names.has(name))
    .map((cluster) => compareCluster(cluster));
  const kept = after.clusters.map((cluster) => compareCluster(earlier.get(cluster.name), cluster));
  return { ...after, clusters: [...kept, ...gone].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function compareCluster(before?: PictureCluster, after?: PictureCluster): PictureCluster {
  const nodes = compareAll(before?.nodes ?? [], after?.nodes ?? [], ({ id }) => id, hasNodeChanged);
  const edges = compareAll(before?.edges ?? [], after?.edges ?? [], edgeKey, () => false);
  const { name = '', entry = '' } = after ?? before ?? {};
  return { name, entry, nodes, edges };
}

function compareAll<T extends PictureNode | PictureEdge>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
  hasChanged: (before: T, after: T) => boolean,
): T[] {
  const earlier = new Map(before.map((item) => [keyOf(item), item]));
  const kept = after.map((item): T => {
    const other = earlier.get(keyOf(item));
    earlier.delete(keyOf(item));
    if (!other) return marked(item, 'added');
    return hasChanged(other, item) ? marked(item, 'changed') : item;
  });
  // A problem of a removed object no longer exists.
  return [...kept, ...[...earlier.values()].map((item) => ({ ...marked(item, 'removed'), findings: [] }))];
}

function marked<T>(item: T, change: Change): T {
  return { ...item, change };
}

function hasNodeChanged(before: PictureNode, after: PictureNode): boolean {
  return !isDeepStrictEqual([before.digest, before.applies], [after.digest, after.applies]);
}

function edgeKey({ from, to, kind }: PictureEdge): string {
  return JSON.stringify([from, to, kind]);
}
