import type { NodeType } from '../graph/graph';
import { groupBy } from '../plain/group-by';
import { countKinds } from './count-kinds';
import { holdersOf } from './holders';
import type { Picture, PictureCluster, PictureEdge, PictureNode } from './picture';

const USED: ReadonlySet<NodeType> = new Set(['source', 'config', 'object']);

/**
 * A picture in which each Kustomization stands for what it applies, and says what that is. What draws attention keeps a
 * node of its own.
 */
export function foldPicture(picture: Picture): Picture {
  return { ...picture, clusters: picture.clusters.map(foldCluster) };
}

function foldCluster(cluster: PictureCluster): PictureCluster {
  const holders = holdersOf(cluster);
  const holderOf = new Map<string, string>();
  cluster.nodes.forEach((node, index) => {
    const holder = cluster.nodes[holders[index] ?? -1];
    if (holder && node.trouble === undefined) holderOf.set(node.id, holder.id);
  });
  const held = groupBy(
    cluster.nodes.filter(({ id }) => holderOf.has(id)),
    ({ id }) => holderOf.get(id),
  );
  const kept = cluster.nodes.filter(({ id }) => !holderOf.has(id));
  const nodes = kept.map((node) => withContents(node, held.get(node.id) ?? []));
  return { ...cluster, nodes, edges: mergeEdges(cluster.edges, holderOf) };
}

function withContents(node: PictureNode, contents: readonly PictureNode[]): PictureNode {
  if (contents.length === 0) return node;
  const change = node.change ?? (contents.some((held) => held.change !== undefined) ? 'changed' : undefined);
  // Sources and values need no mention if something uses them.
  const main = contents.filter(({ type }) => !USED.has(type));
  const told = main.length > 0 ? main : contents;
  return { ...node, change, holds: countKinds(told.map(({ identity }) => identity.kind)) };
}

/**
 * The edges between what stands for their ends, each once.
 *
 * @param standsFor - by the id of a node, the id of the one that stands for it
 */
export function mergeEdges(
  edges: readonly PictureEdge[],
  standsFor: ReadonlyMap<string, string>,
): PictureEdge[] {
  const merged = new Map<string, PictureEdge>();
  for (const edge of edges) {
    const [from = '', to = ''] = [edge.from, edge.to].map((id) => standsFor.get(id) ?? id);
    if (from === to) continue;
    const key = JSON.stringify([from, to, edge.kind]);
    const known = merged.get(key);
    if (!known || (known.trouble ?? edge.trouble) !== known.trouble) merged.set(key, { ...edge, from, to });
  }
  return [...merged.values()];
}
