import type { PageData } from '../page-data';
import { arrange } from './arrange';
import type { Cards } from './cards';

/** The room that the board has, in pixels of the screen. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** How large the board is shown, and how wide its cards are at least. */
export interface Size {
  readonly scale: number;
  readonly least: number;
}

/** What is open at first, and how large it is shown. */
export interface FirstView extends Size {
  readonly open: ReadonlySet<string>;
}

/** From comfortable down to barely readable. */
const SIZES: readonly Size[] = [
  { scale: 1, least: 210 },
  { scale: 1, least: 175 },
  { scale: 1, least: 150 },
  { scale: 0.9, least: 150 },
  { scale: 0.8, least: 150 },
];
const SMALLEST: Size = { scale: 0.8, least: 150 };
/** With more objects than this, cards are closed at first. */
const MOST_OPEN = 60;

/**
 * As much detail of a cluster as fits the screen at a size that can be read: every object, or a card for each
 * Kustomization, or the largest layers folded too.
 */
export function firstView(data: PageData, cards: Cards, cluster: number, room: Room): FirstView {
  const fits = (open: ReadonlySet<string>, { scale, least }: Size): boolean =>
    arrange(cards.bands(cluster, { open }), room.width / scale, least).height <= room.height / scale;
  const groups = cards
    .bands(cluster, { open: new Set() })
    .flatMap((band) => band.groups)
    .filter((group) => group.cards[0]?.type === 'group');
  const bySize = groups
    .map(({ key, cards: [card] }) => ({ key, size: card?.stands.filter(isTop(data)).length ?? 0 }))
    .sort((a, b) => b.size - a.size);
  const unfolded = (folded: number): ReadonlySet<string> =>
    new Set(bySize.slice(folded).map(({ key }) => key));
  const whole = new Set(unfolded(0));
  const own = data.nodes.flatMap((node, index) => (node.cluster === cluster ? [index] : []));
  for (const index of own) if (cards.inside(index).length > 0) whole.add(`n${index}`);
  if (own.length <= MOST_OPEN) {
    const size = SIZES.find((found) => fits(whole, found));
    if (size) return { open: whole, ...size };
  }
  const size = SIZES.find((found) => fits(unfolded(0), found));
  if (size) return { open: unfolded(0), ...size };
  return { open: unfolded(fewest(bySize.length, (folded) => fits(unfolded(folded), SMALLEST))), ...SMALLEST };
}

function isTop({ nodes }: PageData): (index: number) => boolean {
  return (index) => nodes[index]?.holder === -1;
}

/** The smallest number that fits, from 0 to a limit; the limit if none does. */
function fewest(limit: number, does: (number: number) => boolean): number {
  let [low, high] = [0, limit];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (does(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
