import type { Box } from './arrange';

/** A direction of the arrow keys. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The card to which an arrow key leads: the nearest one in that direction, rather straight than aslant.
 *
 * @param boxes - the cards that are shown, by their keys
 */
export function neighbour(
  boxes: ReadonlyMap<string, Box>,
  current: string,
  direction: Direction,
): string | undefined {
  const from = boxes.get(current);
  if (!from) return boxes.keys().next().value;
  let best: string | undefined;
  let least = Infinity;
  for (const [key, box] of boxes) {
    if (key === current) continue;
    const distance = distanceOf(from, box, direction);
    if (distance >= least) continue;
    least = distance;
    best = key;
  }
  return best;
}

function distanceOf(from: Box, to: Box, direction: Direction): number {
  const isAcross = direction === 'left' || direction === 'right';
  const ahead = isAcross ? to.x - from.x : to.y - from.y;
  const aside = isAcross ? to.y - from.y : to.x - from.x;
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  if (ahead * sign <= 0) return Infinity;
  // Left and right stay within the row.
  if (isAcross && (to.y >= from.y + from.height || to.y + to.height <= from.y)) return Infinity;
  return Math.abs(ahead) * (isAcross ? 1 : 4) + Math.abs(aside);
}
