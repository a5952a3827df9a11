import type { PageData, PageNode } from '../page-data';
import type { Needs } from './relations';

/**
 * The node to which an arrow key leads: left to the nearest that the current one needs, right to the nearest that needs
 * it, up and down to the next in the same column. Without a current node, the first.
 */
export function neighbour(
  data: PageData,
  needs: Needs,
  current: number,
  direction: 'left' | 'right' | 'up' | 'down',
  isShown: (node: PageNode) => boolean,
): number | undefined {
  const from = data.nodes[current];
  if (!from) return data.nodes.findIndex(isShown);
  const shown = (index: number): boolean => isShown(data.nodes[index] as PageNode);
  if (direction === 'left') return nearest(data, from, needs.directlyBefore(current).filter(shown));
  if (direction === 'right') return nearest(data, from, needs.directlyAfter(current).filter(shown));
  const column = data.nodes.flatMap((node, index) => {
    const isThere = direction === 'up' ? node.y < from.y : node.y > from.y;
    return node.x === from.x && isThere && isShown(node) ? [index] : [];
  });
  return nearest(data, from, column);
}

function nearest(data: PageData, from: PageNode, indexes: readonly number[]): number | undefined {
  const distance = (index: number): number => {
    const { x = 0, y = 0 } = data.nodes[index] ?? {};
    return Math.hypot(x - from.x, y - from.y);
  };
  return [...indexes].sort((a, b) => distance(a) - distance(b))[0];
}
