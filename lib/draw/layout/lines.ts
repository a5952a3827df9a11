import { drawnEnds, type PictureCluster } from '../picture';
import type { DrawnEdge } from './graphviz';
import type { Box, LaidOutEdge } from './laid-out';
import { numbersOf, type Placement } from './placement';

/** The length of an arrow's head. */
const ARROW = 6;

/**
 * The lines of a cluster's edges, one for each.
 *
 * @param boxes - the places of the nodes, in their order
 */
export function placeEdges(
  cluster: PictureCluster,
  boxes: readonly Box[],
  drawn: readonly DrawnEdge[],
  place: Placement,
): LaidOutEdge[] {
  const byId = new Map(drawn.map((edge) => [edge.id, edge]));
  const byNode = new Map(cluster.nodes.map(({ id }, index) => [id, boxes[index] as Box]));
  return cluster.edges.map((edge, index): LaidOutEdge => {
    const pos = byId.get(`e${index}`)?.pos;
    if (pos !== undefined) return { edge, ...splineOf(pos, place) };
    const [tail, head] = drawnEnds(edge).map((id) => byNode.get(id) as Box) as [Box, Box];
    return { edge, ...straightLine(tail, head) };
  });
}

/** Graphviz's spline: `e,x,y` is the tip of the arrow, followed by the points. */
function splineOf(pos: string, place: Placement): Pick<LaidOutEdge, 'points' | 'tip'> {
  const parts = pos.split(' ');
  const tipPart = parts.find((part) => part.startsWith('e,'));
  const points = parts
    .filter((part) => !/^[es],/.test(part))
    .map((part) => place.point(...(numbersOf(part) as [number, number])));
  const tip =
    tipPart === undefined ? points.at(-1) : place.point(...(numbersOf(tipPart.slice(2)) as [number, number]));
  return { points, tip: tip ?? { x: 0, y: 0 } };
}

/** For the few lines inside a column that Graphviz loses on its way around frames. */
function straightLine(tail: Box, head: Box): Pick<LaidOutEdge, 'points' | 'tip'> {
  const isDown = head.y > tail.y;
  const start = { x: tail.x + tail.width / 2, y: isDown ? tail.y + tail.height : tail.y };
  const tip = { x: head.x + head.width / 2, y: isDown ? head.y : head.y + head.height };
  const end = { x: tip.x, y: tip.y + (isDown ? -ARROW : ARROW) };
  return { points: [start, start, end, end], tip };
}
