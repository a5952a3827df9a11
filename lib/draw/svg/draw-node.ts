import type { Finding, Severity } from '../../findings/finding';
import type { Box } from '../layout/laid-out';
import { qualifiedName, type Change, type PictureNode } from '../picture';
import { fitText, textWidth } from './fit-text';
import { element, escapeMarkup } from '../../findings/markup';

/** Space between the edges of a card and its text. */
const LEFT = 14;
const RIGHT = 10;
const BADGE = 8;
/** Space between a name and the kind on one line, and how much of the kind remains if the name is long. */
const GAP = 8;
const LEAST_KIND = 48;

const changeSigns: Readonly<Record<Change, string>> = { added: '+', changed: '~', removed: '−' };

/** A node as a card: its name, its kind, and badges at its upper right corner. */
export function drawNode(
  { node, x, y, width, height }: Box & { readonly node: PictureNode },
  id: string,
): string {
  const { type, state, trouble, change } = node;
  const isLarge = height > 30;
  const classes = [
    'node',
    type,
    isLarge ? '' : 'small',
    state === 'missing' ? 'missing' : '',
    trouble ? `trouble-${trouble === 'missing' ? trouble : 'cycle'}` : '',
    change ?? '',
  ];
  return element(
    'g',
    { class: classes.filter(Boolean).join(' '), id, transform: `translate(${x} ${y})` },
    element('title', {}, escapeMarkup(describeNode(node))),
    element('rect', { class: 'card', width, height, rx: 6 }),
    element('path', { class: 'strip', d: `M6 0H5a5 5 0 0 0-5 5V${height - 5}a5 5 0 0 0 5 5H6Z` }),
    ...(isLarge ? largeText(node, width) : smallText(node, width)),
    ...drawBadges(node, width),
  );
}

/** A node in words, for those who hear the picture or point at the node. */
export function describeNode({ identity, state, trouble, change, wave, findings }: PictureNode): string {
  const parts = [`${identity.kind} ${qualifiedName(identity)}`, `wave ${wave}`];
  if (trouble === 'cycle') parts.push('in a dependency cycle: it never starts');
  else if (trouble === 'failing') parts.push('never becomes ready');
  else if (trouble === 'blocked') parts.push('never starts: it waits for something that never becomes ready');
  else if (state === 'missing') parts.push('not in the repository');
  if (change) parts.push(change);
  if (findings.length > 0) parts.push(findings.length === 1 ? '1 finding' : `${findings.length} findings`);
  return parts.join(', ');
}

function largeText({ identity, state }: PictureNode, width: number): string[] {
  const about = [identity.namespace, state === 'missing' ? 'not in the repository' : ''].filter(Boolean);
  const room = width - LEFT - RIGHT;
  const rest = fitText(` · ${about.join(' · ')}`, 10.5, room - textWidth(identity.kind, 10.5));
  return [
    element('text', { class: 'name', x: LEFT, y: 17 }, escapeMarkup(fitText(identity.name, 12.5, room))),
    element(
      'text',
      { class: 'about', x: LEFT, y: 31 },
      element('tspan', { class: 'kind' }, escapeMarkup(identity.kind)),
      about.length > 0 ? escapeMarkup(rest) : '',
    ),
  ];
}

function smallText({ identity }: PictureNode, width: number): string[] {
  const room = width - LEFT - RIGHT - GAP;
  const name = fitText(identity.name, 11.5, room - Math.min(LEAST_KIND, textWidth(identity.kind, 10.5)));
  const kind = fitText(identity.kind, 10.5, room - textWidth(name, 11.5));
  return [
    element('text', { class: 'name', x: LEFT, y: 17 }, escapeMarkup(name)),
    element(
      'text',
      { class: 'about kind', x: width - RIGHT, y: 17, 'text-anchor': 'end' },
      escapeMarkup(kind),
    ),
  ];
}

function drawBadges({ findings, change }: PictureNode, width: number): string[] {
  const badges: string[] = [];
  let x = width - 6;
  const severity = worst(findings);
  if (severity) {
    badges.push(...badge(x, severity, String(findings.length)));
    x -= 2 * BADGE + 2;
  }
  if (change) badges.push(...badge(x, change, changeSigns[change]));
  return badges;
}

function badge(x: number, className: string, text: string): string[] {
  return [
    element('circle', { class: `badge ${className}`, cx: x, cy: 0, r: BADGE }),
    element('text', { class: 'badge-text', x, y: 3.5, 'text-anchor': 'middle' }, escapeMarkup(text)),
  ];
}

/** The worst severity among findings. */
export function worst(findings: readonly Finding[]): Severity | undefined {
  const order: readonly Severity[] = ['error', 'warning', 'info'];
  return order.find((severity) => findings.some((found) => found.severity === severity));
}
