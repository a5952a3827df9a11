import type { PageData, PageNode } from '../page-data';
import type { PlacedCard } from './arrange';
import type { Card } from './cards';
import { button, make, place, plural } from './elements';

/** What a card does when it is clicked. */
export interface CardActs {
  /** Shows an object, or opens a stack or a group. */
  readonly choose: (card: Card) => void;
  /** Opens or folds a card. */
  readonly toggle: (card: Card) => void;
}

const SIGNS: Readonly<Record<string, string>> = { added: '+', changed: '~', removed: '−' };
const SEVERITIES = ['error', 'warning', 'info'];

/** A card as an element: a face that shows the object, and a switch that opens it. */
export function cardElement(data: PageData, { card, ...box }: PlacedCard, acts: CardActs): HTMLElement {
  const isObject = card.type === 'object';
  const node = data.nodes[card.node] as PageNode;
  const isItem = box.height < 30;
  const face = button('face', () => acts.choose(card), ...faceOf(data, card, isItem));
  face.title = [card.title, card.about, isObject ? node.layer : ''].filter(Boolean).join('\n');
  face.setAttribute('aria-label', describe(data, card));
  if (card.opens) face.setAttribute('aria-expanded', String(card.isOpen));
  face.tabIndex = -1;
  const classes = ['card', isObject || card.type === 'stack' ? node.type : 'group', isItem ? 'item' : ''];
  if (isObject) classes.push(node.state === 'not in the repository' ? 'missing' : '');
  if (isObject && node.trouble !== '') classes.push(`trouble trouble-${node.trouble}`);
  classes.push(changeOf(data, card), card.isOpen ? 'open' : '', card.isContext ? 'context' : '');
  const element = make('div', classes.filter(Boolean).join(' '), face);
  if (card.opens) element.append(toggleOf(card, acts));
  element.id = card.key;
  place(element, box);
  return element;
}

function faceOf(data: PageData, card: Card, isItem: boolean): HTMLElement[] {
  const title = make('span', 'title', card.title);
  const about = make('span', 'about', card.about);
  const badges = badgesOf(data, card);
  return isItem ? [title, ...badges, about] : [make('span', 'top', title, ...badges), about];
}

function toggleOf(card: Card, acts: CardActs): HTMLElement {
  const toggle = button('toggle', () => acts.toggle(card), card.isOpen ? '−' : '+');
  toggle.tabIndex = -1;
  toggle.setAttribute('aria-hidden', 'true');
  toggle.title = card.isOpen ? 'Close' : 'Open';
  return toggle;
}

/** Only objects without their own card inside are counted. */
function own({ nodes }: PageData, { type, isOpen, node, stands }: Card): readonly PageNode[] {
  return (isOpen && type === 'object' ? [node] : stands).map((index) => nodes[index] as PageNode);
}

function changeOf(data: PageData, card: Card): string {
  const changes = new Set(own(data, card).map(({ change }) => change));
  const main = card.type === 'object' ? data.nodes[card.node]?.change : '';
  if (main) return main;
  changes.delete('');
  return changes.size === 0
    ? ''
    : changes.size === 1 && card.type !== 'object'
      ? String([...changes][0])
      : 'changed';
}

function badgesOf(data: PageData, card: Card): HTMLElement[] {
  const findings = new Set(own(data, card).flatMap((node) => node.findings));
  const worst = SEVERITIES.find((severity) =>
    [...findings].some((finding) => data.findings[finding]?.severity === severity),
  );
  const badges = worst === undefined ? [] : [make('span', `badge ${worst}`, String(findings.size))];
  const change = changeOf(data, card);
  if (change !== '') badges.push(make('span', `badge ${change}`, SIGNS[change] ?? ''));
  return badges;
}

/** A card in words, for screen readers. */
function describe(data: PageData, card: Card): string {
  const node = data.nodes[card.node] as PageNode;
  const name = node.namespace === '' ? node.name : `${node.namespace}/${node.name}`;
  const parts =
    card.type === 'object' ? [`${node.kind} ${name}`, `wave ${node.wave}`] : [`${card.title}: ${card.about}`];
  if (card.type === 'object' && card.opens) parts.push(card.about);
  if (card.type === 'object' && node.state !== '') parts.push(node.state);
  const change = changeOf(data, card);
  if (change !== '') parts.push(change);
  const count = new Set(own(data, card).flatMap(({ findings }) => findings)).size;
  if (count > 0) parts.push(plural(count, 'finding'));
  return parts.join(', ');
}
