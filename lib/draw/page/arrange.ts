import type { Band, Card, Group } from './cards';

/** A rectangle, in pixels of the board. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A card in its place; what is in it is placed on the board too. */
export interface PlacedCard extends Box {
  readonly card: Card;
  readonly items: readonly PlacedCard[];
}

/** The name of a layer above its cards. */
export interface PlacedTitle extends Box {
  readonly group: Group;
}

/** A wave across the board. */
export interface PlacedBand extends Box {
  readonly wave: number;
  readonly titles: readonly PlacedTitle[];
  readonly cards: readonly PlacedCard[];
}

/** Everything in its place. */
export interface Arrangement {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly PlacedBand[];
}

/** The default minimum width of a card, which grows to fill the board. */
const LEAST = 150;
const MOST = 250;
const CARD = 38;
const GAP = 8;
const PAD = 6;
/** The space for the names of layers above a row. */
const TITLE = 15;
/** The column with the names of waves; on a narrow board, the names are above. */
const GUTTER = 64;
const NARROW = 560;
const LABEL = 18;
/** Inside an open card. */
const ITEM = 24;
const ITEM_GAP = 4;

/** Where the next card goes. */
interface Pen {
  column: number;
  y: number;
  rowHeight: number;
}

/** The columns of a board. */
interface Grid {
  readonly left: number;
  readonly columns: number;
  readonly cell: number;
}

/** Places waves below each other, and their cards in rows, as many as the width holds. No two cards overlap. */
export function arrange(bands: readonly Band[], width: number, least = LEAST): Arrangement {
  const isNarrow = width < NARROW;
  const left = (isNarrow ? 0 : GUTTER) + PAD;
  const room = width - left - PAD;
  const columns = Math.max(1, Math.floor((room + GAP) / (least + GAP)));
  const cell = Math.min(MOST, Math.floor((room - (columns - 1) * GAP) / columns));
  const placed: PlacedBand[] = [];
  let y = 0;
  for (const band of bands) {
    const top = y + PAD + (isNarrow ? LABEL : 0);
    const { height, ...contents } = placeBand(band, { left, columns, cell }, top);
    const tall = top + height + PAD - y;
    placed.push({ wave: band.wave, x: 0, y, width, height: tall, ...contents });
    y += tall + PAD;
  }
  return { width, height: y, bands: placed };
}

function placeBand({ groups }: Band, grid: Grid, top: number) {
  const titles: PlacedTitle[] = [];
  const cards: PlacedCard[] = [];
  const above = groups.some(hasTitle) ? TITLE : 0;
  const pen: Pen = { column: 0, y: top + above, rowHeight: 0 };
  for (const group of groups) {
    let title = -1;
    for (const card of group.cards) {
      const span = Math.min(spanOf(card), grid.columns);
      const isFirst = title < 0 || pen.column + span > grid.columns;
      if (pen.column + span > grid.columns) newRow(pen, above);
      const box = boxOf(card, span, grid, pen);
      if (isFirst) title = titles.push(titleAt(group, box, above)) - 1;
      else titles[title] = widened(titles[title] as PlacedTitle, box);
      cards.push({ ...box, card, items: placeItems(card.items, box, span) });
      pen.column += span;
      pen.rowHeight = Math.max(pen.rowHeight, box.height);
    }
  }
  return {
    titles: titles.filter(({ group }) => hasTitle(group)),
    cards,
    height: pen.y + pen.rowHeight - top,
  };
}

function titleAt(group: Group, box: Box, above: number): PlacedTitle {
  return { group, x: box.x, y: box.y - above, width: box.width, height: above };
}

function widened(title: PlacedTitle, box: Box): PlacedTitle {
  return { ...title, width: box.x + box.width - title.x };
}

/** A folded group shows its name itself. */
function hasTitle({ layer, cards }: Group): boolean {
  return layer !== '' && cards[0]?.type !== 'group';
}

function newRow(pen: Pen, above: number): void {
  pen.column = 0;
  pen.y += pen.rowHeight + GAP + above;
  pen.rowHeight = 0;
}

/** An open card with many objects is wider. */
function spanOf({ items }: Card): number {
  if (items.length <= 5) return 1;
  if (items.length <= 14) return 2;
  return items.length <= 30 ? 3 : 5;
}

function boxOf({ items }: Card, span: number, { left, cell }: Grid, { column, y }: Pen): Box {
  const rows = Math.ceil(items.length / span);
  const inner = rows === 0 ? 0 : rows * (ITEM + ITEM_GAP) + PAD - ITEM_GAP;
  return {
    x: left + column * (cell + GAP),
    y,
    width: span * cell + (span - 1) * GAP,
    height: CARD + inner,
  };
}

/** In columns, from top to bottom. */
function placeItems(items: readonly Card[], box: Box, span: number): PlacedCard[] {
  const rows = Math.ceil(items.length / span);
  const width = Math.floor((box.width - 2 * PAD - (span - 1) * ITEM_GAP) / span);
  return items.map((card, index) => ({
    card,
    x: box.x + PAD + Math.floor(index / rows) * (width + ITEM_GAP),
    y: box.y + CARD + (index % rows) * (ITEM + ITEM_GAP),
    width,
    height: ITEM,
    items: [],
  }));
}
