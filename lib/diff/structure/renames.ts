import type { GraphNode } from '../../graph/graph';
import { sourceOfObject } from '../../graph/entries/entry';
import type { ClusterState } from './cluster-state';

/**
 * The Kustomizations that have another name or namespace in the head: of those that one side alone has, two that build
 * one path of one source, or of which the one applies most of what the other applied.
 */
export function findRenames(base: ClusterState, head: ClusterState): ReadonlyMap<string, GraphNode> {
  const gone = [...base.kustomizations.values()].filter(({ id }) => !head.kustomizations.has(id));
  const added = [...head.kustomizations.values()].filter(({ id }) => !base.kustomizations.has(id));
  const byPlace = uniqueByPlace(added);
  const renames = new Map<string, GraphNode>();
  const taken = new Set<string>();
  const isAdded = new Set(added.map(({ id }) => id));
  const rename = (node: GraphNode, other: GraphNode | undefined) => {
    if (!other || taken.has(other.id) || renames.has(node.id)) return;
    renames.set(node.id, other);
    taken.add(other.id);
  };
  const goneByPlace = uniqueByPlace(gone);
  for (const [place, node] of goneByPlace) rename(node, byPlace.get(place));
  for (const node of gone) rename(node, heirOf(node, base, head, isAdded));
  return renames;
}

/** Kustomizations whose path no other one has. */
function uniqueByPlace(nodes: readonly GraphNode[]): ReadonlyMap<string, GraphNode> {
  const found = new Map<string, GraphNode | undefined>();
  for (const node of nodes) {
    const place = placeOf(node);
    found.set(place, found.has(place) ? undefined : node);
  }
  return new Map([...found].flatMap(([place, node]) => (node ? [[place, node] as const] : [])));
}

function placeOf({ object, build }: GraphNode): string {
  const source = object && sourceOfObject(object);
  return JSON.stringify([source?.kind, source?.namespace, source?.name, build?.path, build?.remoteCluster]);
}

/** The new Kustomization that applies more than half of what an old one applied. */
function heirOf(
  node: GraphNode,
  base: ClusterState,
  head: ClusterState,
  isAdded: ReadonlySet<string>,
): GraphNode | undefined {
  const counts = new Map<string, number>();
  const inventory = base.inventoryOf(node.id);
  for (const { key } of inventory) {
    for (const { id } of head.objects.get(key)?.owners ?? []) {
      if (isAdded.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  const heir = [...counts].find(([, count]) => 2 * count > inventory.length);
  return heir && head.kustomizations.get(heir[0]);
}
