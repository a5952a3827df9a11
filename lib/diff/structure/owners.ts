import type { GraphNode } from '../../graph/graph';
import type { OwnedObject } from './cluster-state';

/** The Kustomizations of an object on both sides, where another one owns it now. */
export interface OwnerChange {
  /** Who applied it. */
  readonly former: GraphNode;
  /** Who applies it now. */
  readonly owner: GraphNode;
}

/** Whether another Kustomization owns an object now: none that applied it still does. */
export function ownerChange(before: OwnedObject, after: OwnedObject): OwnerChange | undefined {
  if (before.owners[0]?.id === after.owners[0]?.id) return undefined;
  const ids = new Set(after.owners.map(({ id }) => id));
  if (before.owners.some(({ id }) => ids.has(id))) return undefined;
  const [former] = before.owners;
  const [owner] = after.owners;
  return former && owner && { former, owner };
}

/** One of several Kustomizations that applied an object, where it no longer does and another one still does. */
export function leavingOwner(before: OwnedObject, after: OwnedObject): OwnerChange | undefined {
  if (before.owners.length < 2) return undefined;
  const ids = new Set(after.owners.map(({ id }) => id));
  const former = before.owners.find(({ id }) => !ids.has(id));
  const owner = after.owners.find(({ id }) => before.owners.some((known) => known.id === id));
  return former && owner && { former, owner };
}
