import { apiGroup, type ManifestObject } from '../../tree/manifest';
import { isMap, withEntry, withoutEntries, type PlainMap } from '../plain-data';
import { listMerge } from './merge-keys';

/** A group and kind, which decide how lists are merged. */
interface Kind {
  readonly group: string;
  readonly kind: string;
}

/**
 * Merges a strategic merge patch into an object as kustomize does: `null` removes, `$patch: delete` and
 * `$patch: replace` are followed, lists of built-in kinds are merged by their keys and new entries stand first.
 *
 * @returns the object, or `undefined` where the patch deletes it
 */
export function strategicMerge(object: ManifestObject, patch: PlainMap): ManifestObject | undefined {
  if (patch.$patch === 'delete') return undefined;
  const kind = { group: apiGroup(object.apiVersion), kind: object.kind };
  return mergeMap(object, patch, kind) as ManifestObject;
}

function mergeMap(target: PlainMap, patch: PlainMap, kind: Kind): PlainMap {
  if (patch.$patch === 'replace') return withoutEntries(patch, ['$patch']);
  let merged = target;
  const removed: string[] = [];
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch' || key === '$retainKeys' || key.startsWith('$setElementOrder/')) continue;
    if (value === null || (isMap(value) && value.$patch === 'delete')) removed.push(key);
    else merged = withEntry(merged, key, mergeValue(merged[key], value, kind, key));
  }
  return removed.some((key) => Object.hasOwn(merged, key)) ? withoutEntries(merged, removed) : merged;
}

function mergeValue(target: unknown, patch: unknown, kind: Kind, field: string): unknown {
  if (isMap(patch)) return mergeMap(isMap(target) ? target : {}, patch, kind);
  if (Array.isArray(patch)) return mergeList(Array.isArray(target) ? target : [], patch, kind, field);
  return patch;
}

function mergeList(
  target: readonly unknown[],
  patch: readonly unknown[],
  kind: Kind,
  field: string,
): unknown {
  const entries = patch.filter(
    (entry) => !(isMap(entry) && entry.$patch === 'replace' && Object.keys(entry).length === 1),
  );
  if (entries.length < patch.length) return entries.map(withoutDirectives);
  const how = listMerge(kind.group, kind.kind, field);
  if (how === 'replace') return patch.map(withoutDirectives);
  if (how === 'set') return [...patch, ...target.filter((entry) => !patch.includes(entry))];
  return mergeByKey(target, patch.filter(isMap), kind, how.by);
}

function mergeByKey(
  target: readonly unknown[],
  patch: readonly PlainMap[],
  kind: Kind,
  by: readonly string[],
): unknown {
  const merged: (unknown | undefined)[] = [...target];
  const added: unknown[] = [];
  for (const entry of patch) {
    const position = merged.findIndex((other) => isMap(other) && sameKey(other, entry, by));
    if (entry.$patch === 'delete') {
      if (position >= 0) merged.splice(position, 1);
    } else if (position >= 0) merged[position] = mergeMap(merged[position] as PlainMap, entry, kind);
    else added.push(withoutDirectives(entry));
  }
  return [...added, ...merged];
}

/** The first field decides; the others only where both entries have them. */
function sameKey(a: PlainMap, b: PlainMap, by: readonly string[]): boolean {
  return by.every((key, index) => {
    if (index > 0 && (a[key] === undefined || b[key] === undefined)) return true;
    return a[key] !== undefined && a[key] === b[key];
  });
}

function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives);
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([key, entry]) => key !== '$patch' && entry !== null);
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutDirectives(entry)]));
}
