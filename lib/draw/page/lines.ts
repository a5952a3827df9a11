import type { PageData } from '../page-data';
import type { Box } from './arrange';

/** What a line says, as the legend names it. */
export type Look = 'depends-on' | 'applies' | 'reference';

/** A line between two cards: it stands for all that is said of what they hold. */
export interface Line {
  readonly tail: string;
  readonly head: string;
  readonly look: Look;
  readonly trouble: string;
  readonly change: string;
}

/**
 * The lines between the cards that are shown.
 *
 * @param keyOf - the card that stands for a node, if one is shown
 * @param isWanted - which edges to draw
 */
export function linesBetween(
  { edges, nodes }: PageData,
  keyOf: ReadonlyMap<number, string>,
  isWanted: (edge: number) => boolean,
): Line[] {
  const lines = new Map<string, Line>();
  edges.forEach(({ tail: from, head: to, kind, trouble, change }, index) => {
    const [tail, head] = [keyOf.get(from), keyOf.get(to)];
    if (tail === undefined || head === undefined || tail === head || !isWanted(index)) return;
    // There is no line between a card and the cards inside it.
    if (kind === 'applies' && nodes[to]?.holder === from) return;
    const look = lookOf(kind);
    const key = JSON.stringify([tail, head, look]);
    const known = lines.get(key);
    lines.set(key, {
      ...{ tail, head, look },
      trouble: known?.trouble || trouble,
      change: known === undefined || known.change === change ? change : 'changed',
    });
  });
  return [...lines.values()];
}

/** If there are more lines than this, we do not look for those that follow from others. */
const MOST_SEARCHED = 2000;

/** Without lines that say only what others say: that the last of three waits for the first. */
export function withoutImplied(lines: readonly Line[]): readonly Line[] {
  if (lines.length > MOST_SEARCHED) return lines;
  const after = new Map<string, string[]>();
  for (const { tail, head, look } of lines) {
    if (look === 'depends-on') after.set(tail, [...(after.get(tail) ?? []), head]);
  }
  return lines.filter(({ tail, head, look, trouble, change }) => {
    if (look !== 'depends-on' || trouble !== '' || change !== '') return true;
    const seen = new Set<string>([tail]);
    const pending = (after.get(tail) ?? []).filter((next) => next !== head);
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === head) return false;
      if (seen.size < seen.add(next).size) pending.push(...(after.get(next) ?? []));
    }
    return true;
  });
}

/** How an edge looks: what is waited for, who applies whom, or what is used. */
export function lookOf(kind: string): Look {
  if (kind === 'depends-on' || kind === 'applies') return kind;
  return kind === 'health-check' ? 'depends-on' : 'reference';
}

/** The curve of a line, and its arrow, as paths: down from card to card, or up, or along a row. */
export function pathsOf(tail: Box, head: Box): readonly [curve: string, arrow: string] {
  const [x1, x2] = [tail.x + tail.width / 2, head.x + head.width / 2];
  if (head.y >= tail.y + tail.height) return vertical([x1, tail.y + tail.height], [x2, head.y], 1);
  if (tail.y >= head.y + head.height) return vertical([x1, tail.y], [x2, head.y + head.height], -1);
  return sideways(tail, head);
}

type Point = readonly [x: number, y: number];

const ARROW = 6;

function vertical([x1, y1]: Point, [x2, y2]: Point, sign: 1 | -1): readonly [string, string] {
  const end = y2 - sign * ARROW;
  const bend = Math.min(60, Math.max(10, Math.abs(end - y1) / 2)) * sign;
  return [
    `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${end - bend} ${x2} ${end}`,
    `M${x2} ${y2}l-3 ${-sign * ARROW}h6Z`,
  ];
}

function sideways(tail: Box, head: Box): readonly [string, string] {
  const isRight = head.x > tail.x;
  const sign = isRight ? 1 : -1;
  const [x1, y1] = [isRight ? tail.x + tail.width : tail.x, tail.y + tail.height / 2];
  const [x2, y2] = [isRight ? head.x : head.x + head.width, head.y + head.height / 2];
  const end = x2 - sign * ARROW;
  const isNear = Math.abs(x2 - x1) < 40;
  const dip = isNear ? 0 : Math.max(tail.height, head.height) / 2 + 10;
  return [
    `M${x1} ${y1}C${x1 + sign * 14} ${y1 + dip} ${end - sign * 14} ${y2 + dip} ${end} ${y2}`,
    `M${x2} ${y2}l${-sign * ARROW} -3v6Z`,
  ];
}
