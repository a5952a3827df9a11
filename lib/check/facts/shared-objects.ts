import { isMarked } from '../../kinds/apply-marks';
import { KUSTOMIZE_FILE_GROUP } from '../../kinds/groups';
import { hasOperatorMark } from '../../kinds/operator-marks';
import { isDeepStrictEqual } from 'node:util';
import { isSuspended } from '../../graph/is-suspended';
import type { GraphNode } from '../../graph/graph';
import { isMap, mapOf } from '../../plain/plain-data';
import { isBelow } from '../../tree/path';
import type { ClusterFacts, OwnedObject } from './cluster-facts';
import { groupBy } from '../../plain/group-by';

/** Objects that the same Kustomizations and ResourceSets apply, each of them every one. */
export interface SharedObjects {
  /** The Kustomizations and ResourceSets, at least two, in the order of the graph. */
  readonly owners: readonly GraphNode[];
  /** One copy of each object for each owner. */
  readonly objects: readonly (readonly OwnedObject[])[];
  /** Whether the owners build one path, or one of them a folder around the other's, and what is in there too. */
  readonly overlaps: boolean;
  /** Whether each owner undoes what another one sets in one of the objects. */
  readonly conflict: boolean;
}

/** An object with the Kustomization or ResourceSet that applies it. */
interface Copy extends OwnedObject {
  readonly isMade: boolean;
}

/** What several Kustomizations and ResourceSets of a cluster apply, so that each may undo or delete what another did. */
export function sharedObjects(cluster: ClusterFacts): SharedObjects[] {
  const several = [...cluster.objects.values()].filter(({ length }) => length > 1);
  const contested = several.map((copies) => copies.map((one) => copyOf(one, cluster))).filter(isContested);
  const groups = groupBy(contested, (copies) => copies.map(({ owner }) => owner.id).join('\0'));
  return [...groups.values()].map((objects) => {
    const owners = [...new Set((objects[0] ?? []).map(({ owner }) => owner))];
    const overlaps = owners.every((owner) => isOverlap(owners[0] as GraphNode, owner));
    return { owners, objects, overlaps, conflict: objects.some(isFoughtOver) };
  });
}

function copyOf(one: OwnedObject, cluster: ClusterFacts): Copy {
  const maker = one.madeBy === undefined ? undefined : cluster.node(one.madeBy);
  return { ...one, owner: maker ?? one.owner, isMade: maker !== undefined };
}

/** Whether it matters that several apply an object: their copies differ, or one of them may delete it. */
function isContested(copies: readonly Copy[]): boolean {
  // No cluster knows a file for kustomize, so nothing applies it.
  if (copies[0]?.identity.group === KUSTOMIZE_FILE_GROUP) return false;
  const active = copies.filter(({ owner, isMade }) => isMade || !isSuspended(owner));
  const [first, ...others] = active;
  if (!first || others.every(({ owner }) => owner === first.owner)) return false;
  if (active.some(isYielding)) return false;
  return isFoughtOver(active) || active.some(isPruned);
}

/**
 * Whether those that apply an object undo what the others set. A controller removes the fields that it has set itself and
 * that are no longer in the manifest; the operator and kustomize-controller leave each other's fields alone.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
function isFoughtOver(copies: readonly Copy[]): boolean {
  const [made, applied] = [true, false].map((isMade) => copies.filter((one) => one.isMade === isMade));
  const isSame = [made, applied].every((all = []) =>
    all.every(({ object }) => isDeepStrictEqual(object, all[0]?.object)),
  );
  return !isSame || isContrary(mapOf(made?.[0]?.object), mapOf(applied?.[0]?.object));
}

/** Whether a field that two values have in common differs. */
function isContrary(one: unknown, other: unknown): boolean {
  if (!isMap(one) || !isMap(other)) return !isDeepStrictEqual(one, other);
  return Object.keys(one).some((key) => Object.hasOwn(other, key) && isContrary(one[key], other[key]));
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources */
function isYielding(copy: Copy): boolean {
  if (copy.isMade) return false;
  return isMarked(copy, 'ssa', 'IfNotPresent', 'Ignore', 'Merge') || isMarked(copy, 'reconcile', 'disabled');
}

function isPruned(copy: Copy): boolean {
  if (copy.isMade) return !hasOperatorMark(copy.object, 'prune', 'disabled');
  return !isMarked(copy, 'prune', 'disabled') && mapOf(copy.owner.object?.spec).prune !== false;
}

function isOverlap(a: GraphNode, b: GraphNode): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

/** Whether the path of a Kustomization is the same as another's, or is inside it and built by it too. */
function isWithin({ build: inner }: GraphNode, { build: outer }: GraphNode): boolean {
  if (inner === undefined || outer === undefined) return false;
  if (inner.path === outer.path) return true;
  return isBelow(inner.path, outer.path) && outer.reads.some((path) => isBelow(path, inner.path));
}
