import type { PageData, PageNode } from '../page-data';
import { Details } from './details';
import { byId } from './elements';
import { Filters } from './filters';
import { neighbour } from './neighbour';
import { Needs } from './relations';
import { Selection } from './selection';
import { View } from './view';

const data = JSON.parse(byId('data').textContent ?? '') as PageData;
const canvas = byId<SVGSVGElement>('canvas');
const view = new View(canvas, data);
const needs = new Needs(data.edges);
const selection = new Selection(data, needs);
const details = new Details(data, needs, select, leave);
const filters = new Filters(data, select);
const indexes = new Map(data.nodes.map(({ key }, index) => [key, index]));

function select(index: number): void {
  const node = data.nodes[index] as PageNode;
  for (const current of canvas.querySelectorAll('[tabindex="0"]')) current.setAttribute('tabindex', '-1');
  const element = byId<SVGGElement>(node.key);
  element.setAttribute('tabindex', '0');
  selection.set(index);
  details.showNode(index);
  view.reveal(node);
  // The search keeps the keyboard, so that the next match is one key away.
  if (document.activeElement?.id !== 'search') element.focus({ preventScroll: true });
}

function leave(): void {
  selection.clear();
  details.hide();
  canvas.focus({ preventScroll: true });
}

function nodeAt(target: EventTarget | null): number | undefined {
  const element = target instanceof Element ? target.closest('.node') : null;
  return element ? indexes.get(element.id) : undefined;
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, select, aside *');
}

function move(direction: 'left' | 'right' | 'up' | 'down'): void {
  const next = neighbour(data, needs, selection.current, direction, (node) => filters.isShown(node));
  if (next !== undefined) select(next);
}

const keys: Readonly<Record<string, () => void>> = {
  '/': () => filters.focus(),
  '+': () => view.zoom(1.25),
  '=': () => view.zoom(1.25),
  '-': () => view.zoom(0.8),
  '0': () => view.fit(),
  ArrowLeft: () => move('left'),
  ArrowRight: () => move('right'),
  ArrowUp: () => move('up'),
  ArrowDown: () => move('down'),
};

function toggleList(): void {
  selection.clear();
  details.showList();
}

function prepareList(): void {
  const list = byId<HTMLButtonElement>('list');
  const marked = data.nodes.filter(({ change }) => change !== '').length;
  const changes = data.changes.length > 0 ? data.changes.length : marked;
  const parts = [
    [data.findings.length, 'finding'],
    [changes, 'change'],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count > 1 ? 's' : ''}`);
  list.textContent = words.join(', ');
  list.hidden = words.length === 0;
  list.addEventListener('click', toggleList);
}

for (const [index, { key, kind, name }] of data.nodes.entries()) {
  const element = byId<SVGGElement>(key);
  element.setAttribute('role', 'button');
  element.setAttribute('tabindex', index === 0 ? '0' : '-1');
  element.setAttribute('aria-label', `${kind} ${name}`);
}
canvas.setAttribute('tabindex', '-1');
canvas.addEventListener('click', (event) => {
  if (canvas.classList.contains('dragged')) return;
  const index = nodeAt(event.target);
  if (index === undefined) leave();
  else select(index);
});
canvas.addEventListener('keydown', (event) => {
  const index = nodeAt(event.target);
  if (index === undefined || (event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  select(index);
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !isTyping(event.target)) leave();
  else if (event.key === 'Escape' && event.target instanceof Element && event.target.closest('aside'))
    leave();
  else onKey(event);
});
byId('zoom-in').addEventListener('click', () => view.zoom(1.25));
byId('zoom-out').addEventListener('click', () => view.zoom(0.8));
byId('zoom-fit').addEventListener('click', () => view.fit());
document.body.classList.add('live');
prepareList();
filters.start();
view.start();
if (data.changes.length > 0) toggleList();
