import type { Picture, PictureCluster, PictureNode } from '../picture';
import { edgeCount, reducePicture } from '../reduce-picture';
import { tooLarge } from '../too-large';
import { drawAll, layoutFailed, type Drawing, type FailedDrawing } from './graphviz';
import type { Box, LaidOutCluster, LaidOutPicture, WaveColumn } from './laid-out';
import { framedLayers, layoutText, sizeOf } from './layout-text';
import { placeEdges } from './lines';
import { numbersOf, Placement } from './placement';

/** For more than this, Graphviz takes minutes, and nobody can read the result. */
const MOST_NODES = 3000;
const MOST_EDGES = 6000;
/** How much taller the frames of layers may make a drawing. */
const MOST_GROWTH = 1.25;

/** Space around clusters, inside their frames, and for their names and those of the waves. */
const GAP = 24;
const PADDING = 16;
const HEADER = 64;

/**
 * Gives everything in a picture a place: clusters below one another, waves from left to right. Where the picture is
 * too large for that, details are left out.
 *
 * @throws FindingsError `graph-too-large` where not even the Kustomizations fit, `layout-failed` where Graphviz gives up
 */
export function layOut(picture: Picture): LaidOutPicture {
  const reduced =
    reducePicture(picture, fits) ??
    tooLarge(`a layout can have at most ${MOST_NODES} nodes and ${MOST_EDGES} edges`);
  const drawings = drawClusters(reduced.clusters);
  let y = GAP;
  const clusters = reduced.clusters.map((cluster, index) => {
    const placed = placeCluster(cluster, drawings[index] as Drawing, y);
    y += placed.height + GAP;
    return placed;
  });
  const width = Math.max(480, ...clusters.map((cluster) => cluster.width + 2 * GAP));
  return { picture: reduced, width, height: y, clusters };
}

/**
 * Lines go around the frames of layers. If layers are so entangled that the frames make a drawing much taller, there
 * are no frames.
 */
function drawClusters(clusters: readonly PictureCluster[]): Drawing[] {
  const drawings = drawAll(
    clusters.flatMap((cluster) => [layoutText(cluster), layoutText(withoutLayers(cluster))]),
  );
  return clusters.map((_, index) => {
    const [framed, plain] = drawings.slice(2 * index, 2 * index + 2).filter(isDrawn);
    if (!framed)
      return layoutFailed(drawings.map((drawing) => ('error' in drawing ? drawing.error : '')).join(' '));
    return !plain || heightOf(framed) <= MOST_GROWTH * heightOf(plain) ? framed : plain;
  });
}

function isDrawn(drawing: Drawing | FailedDrawing): drawing is Drawing {
  return !('error' in drawing);
}

function withoutLayers(cluster: PictureCluster): PictureCluster {
  return { ...cluster, nodes: cluster.nodes.map((node) => ({ ...node, layer: undefined })) };
}

function heightOf({ bb }: Drawing): number {
  return numbersOf(bb)[3] ?? 0;
}

function fits(picture: Picture): boolean {
  const nodes = picture.clusters.reduce((sum, cluster) => sum + cluster.nodes.length, 0);
  return nodes <= MOST_NODES && edgeCount(picture) <= MOST_EDGES;
}

function placeCluster(cluster: PictureCluster, drawing: Drawing, y: number): LaidOutCluster {
  const place = new Placement(drawing.bb, GAP + PADDING, y + HEADER);
  const drawn = new Map((drawing.objects ?? []).map((object) => [object.name, object]));
  const nodes = cluster.nodes.map((node, index) => ({
    node,
    ...nodeBox(node, place, drawn.get(`n${index}`)?.pos),
  }));
  const layers = framedLayers(cluster.nodes).flatMap((layer, index) => {
    const bb = drawn.get(`cluster_l${index}`)?.bb;
    return bb === undefined ? [] : [{ layer, ...place.box(bb) }];
  });
  const edges = placeEdges(cluster, nodes, drawing.edges ?? [], place);
  const size = { width: place.width + 2 * PADDING, height: place.height + HEADER + PADDING };
  return { cluster, x: GAP, y, ...size, waves: waveColumns(nodes), layers, nodes, edges };
}

function nodeBox(node: PictureNode, place: Placement, pos = '0,0'): Box {
  const { width, height } = sizeOf(node);
  const [x = 0, y = 0] = numbersOf(pos);
  return { ...place.point(x - width / 2, y + height / 2), width, height };
}

function waveColumns(nodes: readonly (Box & { readonly node: PictureNode })[]): WaveColumn[] {
  const columns = new Map<number, { left: number; right: number }>();
  for (const { x, width, node } of nodes) {
    const { left, right } = columns.get(node.wave) ?? { left: x, right: x };
    columns.set(node.wave, { left: Math.min(left, x), right: Math.max(right, x + width) });
  }
  return [...columns]
    .sort(([a], [b]) => a - b)
    .map(([wave, { left, right }]) => ({ wave, x: left, width: right - left }));
}
