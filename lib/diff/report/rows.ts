import type { ObjectIdentity } from '../../findings/finding';
import { addToGroup, groupBy } from '../../plain/group-by';
import { compareText } from '../../plain/compare-text';
import type { ClusterDiff, Impact, Uncompared, VersionChange } from '../change';
import type { ChangeGroup } from './group-changes';
import { subjectOf } from './words';

/** A version that changes alike in several places. */
export interface VersionRow extends VersionChange {
  readonly clusters: readonly string[];
  /** The objects that have it. */
  readonly objects: readonly string[];
}

/** A version whose digests are shortened as container tools do. */
function shortDigest(version: string): string {
  return version.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, '$1');
}

/** The versions that change, equal ones once, charts first. */
export function versionRows(groups: readonly ChangeGroup[]): VersionRow[] {
  const rows = new Map<string, { change: VersionChange; clusters: Set<string>; objects: Set<string> }>();
  for (const group of groups) {
    for (const change of group.change.versions ?? []) {
      const key = JSON.stringify([change.of, change.name, change.before, change.after]);
      const row = rows.get(key) ?? { change, clusters: new Set(), objects: new Set() };
      rows.set(key, row);
      for (const cluster of group.clusters) row.clusters.add(cluster);
      row.objects.add(subjectOf(group));
    }
  }
  const sorted = [...rows.entries()].sort(([a], [b]) => compareText(a, b));
  return sorted.map(([, { change, clusters, objects }]) => ({
    ...change,
    before: shortDigest(change.before),
    after: shortDigest(change.after),
    clusters: [...clusters].sort(compareText),
    objects: [...objects].sort(compareText),
  }));
}

const reasons = {
  remote: 'its base is not in the repository',
  chart: 'its chart is not rendered',
  variables: 'variables come from outside the repository',
  build: 'it does not build',
  generated: 'it is created in the cluster',
  secret: 'its values are encrypted',
} as const satisfies Record<Uncompared['reason'], string>;

/** Something that could not be compared in several clusters. */
export interface UncomparedRow {
  readonly object: ObjectIdentity;
  readonly why: string;
  readonly detail: string;
  readonly clusters: readonly string[];
}

/** What could not be compared, equal entries of several clusters once. */
export function uncomparedRows(uncompared: readonly Uncompared[]): UncomparedRow[] {
  const groups = new Map<string, Uncompared[]>();
  for (const entry of uncompared) {
    const { object, reason, detail } = entry;
    addToGroup(
      groups,
      JSON.stringify([object.group, object.kind, object.namespace, object.name, reason, detail]),
      entry,
    );
  }
  return [...groups.values()].map((same) => {
    const { object, reason, detail } = same[0] as Uncompared;
    return { object, why: reasons[reason], detail, clusters: same.map(({ cluster }) => cluster) };
  });
}

/** What waits for changes, where that is the same in several clusters. */
export interface ImpactRow extends Impact {
  readonly clusters: readonly string[];
}

/** The impact in each cluster where something waits, equal ones once. */
export function impactRows(clusters: readonly ClusterDiff[]): ImpactRow[] {
  const reached = clusters.filter(({ impact }) => impact.waiting.length > 0);
  return [...groupBy(reached, ({ impact }) => JSON.stringify([impact.changed, impact.waiting])).values()].map(
    (same) => ({
      ...(same[0] as ClusterDiff).impact,
      clusters: same.map(({ name }) => name),
    }),
  );
}

/** Kustomizations of which each applies its changes after the one before, in the clusters where that is so. */
export interface OrderRow {
  readonly chain: readonly string[];
  readonly clusters: readonly string[];
}

/** In which order changes are applied, equal chains of several clusters once. */
export function orderRows(clusters: readonly ClusterDiff[]): OrderRow[] {
  const chains = clusters.flatMap(({ name, impact }) => impact.order.map((chain) => ({ name, chain })));
  return [...groupBy(chains, ({ chain }) => JSON.stringify(chain)).values()].map((same) => ({
    chain: (same[0] as (typeof chains)[0]).chain,
    clusters: same.map(({ name }) => name),
  }));
}

/** How many objects wait for changes, in all clusters together. */
export function countWaiting(clusters: readonly ClusterDiff[]): number {
  return clusters.reduce((sum, { impact }) => sum + impact.waiting.length, 0);
}
