import { groupBy } from '../../plain/group-by';
import { drawnEnds, type PictureCluster, type PictureNode } from '../picture';

/** Graphviz measures in inches of 72 points. */
const POINTS = 72;
/** The size of a node that Flux reconciles in order, in points. */
const LARGE = { width: 220, height: 40 };
/** The size of any other node. */
const SMALL = { width: 220, height: 26 };

/** An edge to a later column leaves a card on its right, and may affect the columns; other edges may not. */
const FORWARD = ', tailport=e, headport=w';
const BACKWARD = ', constraint=false';

/** How large a node is drawn. */
export function sizeOf({ type }: PictureNode): { readonly width: number; readonly height: number } {
  return type === 'kustomization' || type === 'helm-release' ? LARGE : SMALL;
}

/** The column of a node: each wave has three at most. */
export function columnOf({ wave, step }: PictureNode): number {
  return 3 * wave + step;
}

/**
 * A cluster in Graphviz's language, for its layout alone: a rank for each column, in their order, and a frame for each
 * layer. `n0`, `l0` and `e0` are the first node, layer and edge.
 */
export function layoutText({ nodes, edges }: PictureCluster): string {
  const indexes = new Map(nodes.map((node, index) => [node.id, index]));
  const lines = [
    'digraph {',
    'graph [rankdir=LR, newrank=true, nodesep=0.16, ranksep=0.65, splines=true]',
    'node [shape=box, fixedsize=true, label=""]',
    'edge [dir=forward, arrowsize=0.6]',
  ];
  nodes.forEach((node, index) => {
    const { width, height } = sizeOf(node);
    lines.push(`n${index} [width=${width / POINTS}, height=${height / POINTS}]`);
  });
  lines.push(...layerTexts(nodes, indexes), ...columnTexts(nodes, indexes));
  const columns = nodes.map(columnOf);
  edges.forEach((edge, index) => {
    const [tail, head] = drawnEnds(edge).map((end) => indexes.get(end) as number) as [number, number];
    const leadsOn = (columns[tail] ?? 0) < (columns[head] ?? 0);
    lines.push(`n${tail} -> n${head} [id=e${index}${leadsOn ? FORWARD : BACKWARD}]`);
  });
  return `${lines.join('\n')}\n}\n`;
}

/** The layers of a cluster, in the order in which frames are numbered. */
export function framedLayers(nodes: readonly PictureNode[]): string[] {
  return [...new Set(nodes.flatMap(({ layer }) => layer ?? []))];
}

function layerTexts(nodes: readonly PictureNode[], indexes: ReadonlyMap<string, number>): string[] {
  const groups = groupBy(nodes, ({ layer }) => layer);
  return framedLayers(nodes).map((layer, index) => {
    const members = (groups.get(layer) ?? []).map(({ id }) => `n${indexes.get(id)}`).join('; ');
    // The label reserves space for the name of the layer, which we write ourselves.
    return `subgraph cluster_l${index} { margin=12; label=" "; fontsize=12; ${members} }`;
  });
}

/** An invisible chain keeps the columns in order. */
function columnTexts(nodes: readonly PictureNode[], indexes: ReadonlyMap<string, number>): string[] {
  const columns = [...groupBy(nodes, columnOf)].sort(([a], [b]) => a - b);
  const texts = columns.map(([column, members]) => {
    const ids = members.map(({ id }) => `n${indexes.get(id)}`).join('; ');
    return `c${column} [style=invis, width=0, height=0]\n{ rank=same; c${column}; ${ids} }`;
  });
  const chain = columns.map(([column]) => `c${column}`).join(' -> ');
  return columns.length > 1 ? [...texts, `${chain} [style=invis]`] : texts;
}
