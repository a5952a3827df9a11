import { groupBy } from '../plain/group-by';
import { foldPicture, mergeEdges } from './fold-picture';
import { isReadable, renderMermaid } from './mermaid';
import type { Picture, PictureCluster, PictureNode } from './picture';

/** Layers share a chart up to this many Kustomizations. */
const PART = 30;
/** How many names of a list are on one line. */
const PER_LINE = 3;

/**
 * A picture as Mermaid charts that a page can show below one another. What one chart can show readably is one chart. Of
 * more, each cluster has its own, and a large cluster has several: one of its layers, then those of what is in them.
 *
 * @throws FindingsError `graph-too-large` where not even the Kustomizations of a layer fit
 */
export function mermaidCharts(picture: Picture): string[] {
  if (isReadable(picture)) return [renderMermaid(picture)];
  const parts = foldPicture(picture).clusters.flatMap(partsOf);
  return parts.map((cluster) => renderMermaid({ ...picture, clusters: [cluster] }));
}

function partsOf(cluster: PictureCluster): PictureCluster[] {
  const layers = [...groupBy(cluster.nodes, ({ layer }) => layer)];
  const named = layers.flatMap(([layer, nodes]) => (layer === undefined ? [] : [nodes]));
  if (named.length < 2 || isReadable({ clusters: [cluster], leftOut: [], findings: [] })) return [cluster];
  return [overview(cluster), ...packed(named).map((nodes) => layerPart(cluster, nodes))];
}

/** A cluster with one node for each layer, which shows how much is in it. */
function overview(cluster: PictureCluster): PictureCluster {
  const standsFor = new Map<string, string>();
  const nodes: PictureNode[] = [];
  for (const [layer, members] of groupBy(cluster.nodes, (node) => node.layer)) {
    const [first] = members;
    if (layer === undefined || !first) nodes.push(...members);
    else {
      for (const { id } of members) standsFor.set(id, first.id);
      nodes.push(layerNode(first, layer, members));
    }
  }
  const edges = mergeEdges(cluster.edges, standsFor).filter(
    ({ kind }) => kind === 'depends-on' || kind === 'applies',
  );
  return { ...cluster, nodes, edges };
}

function layerNode(first: PictureNode, layer: string, members: readonly PictureNode[]): PictureNode {
  const trouble = members.find((node) => node.trouble === 'cycle' || node.trouble === 'failing')?.trouble;
  const change = members.some((node) => node.change !== undefined) ? 'changed' : undefined;
  const { length } = members;
  return {
    ...first,
    type: 'kustomization',
    identity: { group: '', kind: '', name: layer },
    layer: undefined,
    holds: `${length} ${length === 1 ? 'Kustomization' : 'Kustomizations'}`,
    trouble,
    change,
  };
}

/** Layers in order, as many together as a chart can contain. */
function packed(layers: readonly (readonly PictureNode[])[]): PictureNode[][] {
  const parts: PictureNode[][] = [];
  for (const nodes of layers) {
    const last = parts.at(-1);
    if (last && last.length + nodes.length <= PART) last.push(...nodes);
    else parts.push([...nodes]);
  }
  return parts;
}

/** Some layers of a cluster, with what they wait for in others. */
function layerPart(cluster: PictureCluster, own: readonly PictureNode[]): PictureCluster {
  const ids = new Set(own.map(({ id }) => id));
  const edges = cluster.edges.filter(
    ({ from, to, kind }) => ids.has(from) && (ids.has(to) || kind === 'depends-on'),
  );
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = cluster.nodes.filter(({ id }) => linked.has(id) || ids.has(id));
  const layers = [...groupBy(nodes, ({ layer }) => layer).values()];
  return { ...cluster, nodes: layers.flatMap((members) => withList(members, linked)), edges };
}

/** The nodes of a layer; nodes with nothing to show are one list. */
function withList(members: readonly PictureNode[], linked: ReadonlySet<string>): PictureNode[] {
  const isAlone = ({ id, trouble, change }: PictureNode): boolean =>
    !linked.has(id) && trouble === undefined && change === undefined;
  const alone = members.filter(isAlone);
  const [first] = alone;
  if (!first || alone.length < 3) return [...members];
  const names = alone.map(({ identity }) => identity.name);
  const lines = names.flatMap((_, at) =>
    at % PER_LINE === 0 ? [names.slice(at, at + PER_LINE).join(', ')] : [],
  );
  const identity = { group: '', kind: '', name: `${alone.length} without dependencies` };
  const list = { ...first, type: 'kustomization' as const, identity, holds: lines.join('\n') };
  return [...members.filter((node) => !isAlone(node)), list];
}
