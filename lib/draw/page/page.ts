import type { PageData } from '../page-data';
import { App } from './app';
import { byId, make, plural } from './elements';
import type { Look } from './lines';
import { startTheme } from './theme';

const data = JSON.parse(byId('data').textContent ?? '') as PageData;
byId('outline').remove();
document.body.classList.add('live');
const app = new App(data);

const keys: Readonly<Record<string, () => void>> = {
  '/': () => app.filters.focus(),
  '+': () => app.zoomBy(1.2),
  '=': () => app.zoomBy(1.2),
  '-': () => app.zoomBy(1 / 1.2),
  '0': () => app.fit(),
  ' ': () => app.toggleFocused(),
  '[': () => app.follows(false),
  ']': () => app.follows(true),
  p: () => app.pick(),
  o: () => app.openAll(true),
  c: () => app.openAll(false),
  f: () => app.showFindings(),
  d: () => app.showChanges(),
  '?': () => app.showHelp(),
  ArrowLeft: () => app.move('left'),
  ArrowRight: () => app.move('right'),
  ArrowUp: () => app.move('up'),
  ArrowDown: () => app.move('down'),
};

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input, select, aside *, #overview *');
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape' && !(event.target instanceof Element && event.target.matches('input, select')))
    return app.leave();
  if (isTyping(event.target)) return;
  // The space bar presses a focused button of the header.
  if (event.key === ' ' && event.target instanceof Element && event.target.closest('header')) return;
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

/** The clusters to choose from, and the overview of all clusters. */
function fillClusters(): void {
  const select = byId<HTMLSelectElement>('cluster');
  const all = make('option', '', `All ${data.clusters.length} clusters`);
  all.value = '-1';
  const options = data.clusters.map(({ name }, index) => {
    const option = make('option', '', name);
    option.value = String(index);
    return option;
  });
  select.append(all, ...options);
  select.hidden = data.clusters.length < 2;
  // The list of clusters shows the current one.
  document.body.classList.toggle('several', data.clusters.length > 1);
  select.addEventListener('change', () => {
    const cluster = Number(select.value);
    if (cluster < 0) app.showOverview();
    else app.showCluster(cluster);
  });
}

function prepareList(id: string, count: number, word: string, show: () => void): void {
  const button = byId<HTMLButtonElement>(id);
  button.textContent = plural(count, word);
  button.hidden = count === 0;
  button.addEventListener('click', show);
}

function prepareLooks(): void {
  for (const box of document.querySelectorAll<HTMLInputElement>('#looks input')) {
    const look = box.value as Look;
    box.checked = app.looks.has(look);
    box.addEventListener('change', () => {
      if (box.checked) app.looks.add(look);
      else app.looks.delete(look);
      app.render();
    });
  }
}

const marked = data.nodes.filter(({ change }) => change !== '').length;
startTheme();
fillClusters();
prepareLooks();
prepareList('findings', data.findings.length, 'finding', () => app.showFindings());
prepareList('changes', data.changes.length > 0 ? data.changes.length : marked, 'change', () =>
  app.showChanges(),
);
document.addEventListener('keydown', onKey);
window.addEventListener('hashchange', () => app.follow());
byId('zoom-in').addEventListener('click', () => app.zoomBy(1.2));
byId('zoom-out').addEventListener('click', () => app.zoomBy(1 / 1.2));
byId('zoom-fit').addEventListener('click', () => app.fit());
byId('open-all').addEventListener('click', () => app.openAll(true));
byId('fold-all').addEventListener('click', () => app.openAll(false));
byId('help').addEventListener('click', () => app.showHelp());
app.start();
