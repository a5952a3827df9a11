import { compareText } from '../plain/compare-text';
import { addToGroup } from '../plain/group-by';
import type { Change, ChangeClass, ClusterDiff } from './change';

/** A change that happens in several clusters: of one object, or of what comes from one place or has one version. */
export interface WideChange {
  /** The change in the first of the clusters. */
  readonly change: Change;
  /** The clusters, in code-unit order. */
  readonly clusters: readonly string[];
  /** How many other objects of the same Kustomization change in the same clusters. */
  readonly others: number;
}

/**
 * Classes that do no harm to what runs: they only change how Flux works, or release objects from Flux. A new cluster
 * has nothing that could break, and a removed one is not affected.
 */
const HARMLESS: ReadonlySet<ChangeClass> = new Set([
  'cluster-added',
  'cluster-removed',
  'orphaned',
  'policy-changed',
  'prune-off',
  'suspended',
  'order-changed',
  'wait-changed',
  'recipients-changed',
]);

/** Fields that change nothing in what runs. */
const NEUTRAL_FIELDS = /^(?:metadata\.(?:labels|annotations)\b|spec\.(?:interval|retryInterval|timeout)$)/;

/** One change in one cluster. */
interface Reached {
  readonly cluster: string;
  readonly change: Change;
}

/**
 * The changes that reach more clusters than are allowed, whatever the way: those of one object, of what comes from one line
 * of the repository under several names, and of one chart or image. Takes time linear in the number of changes.
 */
export function wideChanges(clusters: readonly ClusterDiff[], allowed: number): WideChange[] {
  if (clusters.length <= allowed) return [];
  const byKey = new Map<string, Reached[]>();
  for (const { name, changes } of clusters) {
    for (const change of changes.filter(isFelt)) {
      for (const key of keysOf(change)) addToGroup(byKey, key, { cluster: name, change });
    }
  }
  const told = new Set<Change>();
  const groups = new Map<string, WideChange & { others: number }>();
  for (const reached of byKey.values()) {
    const [first] = reached;
    const names = [...new Set(reached.map(({ cluster }) => cluster))].sort(compareText);
    if (!first || names.length <= allowed) continue;
    // Changes that one key has reported are not reported again for another key.
    const isTold = reached.every(({ change }) => told.has(change));
    for (const { change } of reached) told.add(change);
    if (isTold) continue;
    const key = JSON.stringify([first.change.owner, names]);
    const group = groups.get(key);
    if (group) group.others += 1;
    else groups.set(key, { change: first.change, clusters: names, others: 0 });
  }
  return [...groups.values()];
}

/** Whether a change may affect what runs in a cluster. */
function isFelt({ class: name, fields, deletesFirst, isPathOnly, object }: Change): boolean {
  if (object === undefined || HARMLESS.has(name) || isPathOnly === true) return false;
  if (name === 'moved') return deletesFirst === true;
  return name !== 'changed' || fields.some(({ path }) => !NEUTRAL_FIELDS.test(path));
}

/**
 * What makes two changes the same: the object, the line that it comes from, and the charts and images whose version
 * changes.
 */
function* keysOf({ object, location, versions = [] }: Change): Iterable<string> {
  if (object) {
    const { group, kind, namespace, name } = object;
    yield JSON.stringify(['object', group, kind, namespace, name]);
  }
  if (location?.line !== undefined) yield JSON.stringify(['line', location.file, location.line]);
  for (const { of, name } of versions) yield JSON.stringify([of, name]);
}
