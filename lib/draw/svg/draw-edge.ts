import type { LaidOutEdge, Point } from '../layout/laid-out';
import { element, escapeMarkup } from '../../findings/markup';

/** Half the width of an arrow's base. */
const HALF_BASE = 3.2;

/** An edge as a curve with an arrow at its end. */
export function drawEdge({ edge, points, tip }: LaidOutEdge, id: string): string {
  const { kind, trouble, change } = edge;
  const look = kind === 'depends-on' || kind === 'applies' ? kind : 'reference';
  const classes = ['edge', look, trouble ? `trouble of-${trouble}` : '', change ?? '']
    .filter(Boolean)
    .join(' ');
  const [start, ...rest] = points;
  if (!start) return element('g', { id });
  const curve = rest.map(({ x, y }) => `${x} ${y}`).join(' ');
  return element(
    'g',
    { id },
    element('title', {}, escapeMarkup(trouble === 'missing' ? `${kind}, not in the repository` : kind)),
    element('path', { class: classes, d: `M${start.x} ${start.y}C${curve}` }),
    element('path', { class: 'tip', d: arrow(points.at(-1) ?? tip, tip) }),
  );
}

function arrow(base: Point, tip: Point): string {
  const length = Math.hypot(tip.x - base.x, tip.y - base.y) || 1;
  const [across, along] = [((tip.y - base.y) / length) * HALF_BASE, ((tip.x - base.x) / length) * HALF_BASE];
  const corner = (sign: number): string =>
    `${(base.x - sign * across).toFixed(1)} ${(base.y + sign * along).toFixed(1)}`;
  return `M${tip.x} ${tip.y}L${corner(1)} ${corner(-1)}Z`;
}
