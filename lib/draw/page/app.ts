import type { PageData, PageNode } from '../page-data';
import { arrange, type Arrangement, type Box, type PlacedCard } from './arrange';
import { Board } from './board';
import { Cards, type Card } from './cards';
import { Details } from './details';
import { byId, plural } from './elements';
import { Filters } from './filters';
import { firstView } from './first-view';
import { hashOf, targetOf, type Target } from './links';
import type { Look } from './lines';
import { changesList, findingsList } from './lists';
import { marksOfMatches, marksOfNode, marksOfWay } from './marks';
import { neighbour, type Direction } from './neighbour';
import { showOverview } from './overview';
import { helpParts, Panel } from './panel';
import { Needs } from './relations';
import { View } from './view';

/** With fewer lines than this, all of them are drawn at first, otherwise only those for waiting. */
const FEW_LINES = 60;

/** The page: what is shown, and what the reader may do with it. */
export class App {
  readonly filters: Filters;
  readonly looks = new Set<Look>(['depends-on']);
  private readonly cards: Cards;
  private readonly needs: Needs;
  private readonly board: Board;
  private readonly details: Details;
  private readonly panel = new Panel(() => this.leave());
  private readonly view: View;
  private readonly open = new Set<string>();
  private readonly begun = new Set<number>();
  private target: Target = { cluster: -1, node: -1, other: -1 };
  private focused = '';
  private isPicking = false;
  private match = -1;
  private placed = new Map<string, Box>();
  /** The minimum width of cards, by cluster. */
  private readonly leasts = new Map<number, number>();

  constructor(readonly data: PageData) {
    this.cards = new Cards(data);
    this.needs = new Needs(data.edges);
    const choose = (card: Card): void => this.choose(card);
    const toggle = (card: Card): void => this.toggle(card.key);
    this.board = new Board(data, { choose, toggle, fold: ({ key }) => this.toggle(key) });
    const acts = {
      go: (node: number) => this.go(node),
      pickWay: () => this.pick(),
      address: () => location.href,
    };
    this.details = new Details(data, this.needs, (node) => this.cards.inside(node), acts);
    this.view = new View(
      (scale) => this.zoom(scale),
      () => this.render(),
    );
    this.filters = new Filters(
      data,
      () => this.filter(),
      () => this.find(),
      (step) => this.nextMatch(step),
    );
    if (data.edges.length < FEW_LINES) this.looks.add('applies').add('reference');
  }

  /** Shows what the address of the page leads to, or else the overview of several clusters, or the only one. */
  start(): void {
    const { clusters, changes, nodes, findings } = this.data;
    showOverview(this.data, { open: (cluster) => this.showCluster(cluster), go: (node) => this.go(node) });
    const isWide = window.innerWidth > 1100;
    if (isWide && (changes.length > 0 || nodes.some(({ change }) => change !== ''))) this.showChanges();
    else if (isWide && findings.some(({ severity }) => severity !== 'info')) this.showFindings();
    if (this.follow()) return;
    if (clusters.length === 1) this.showCluster(0);
    else this.showOverview();
  }

  /** Shows what the address of the page leads to. */
  follow(): boolean {
    const target = targetOf(this.data, location.hash);
    if (!target) return false;
    this.showCluster(target.cluster);
    if (target.node >= 0 && target.other >= 0) this.showWay(target.node, target.other);
    else if (target.node >= 0) this.go(target.node);
    return true;
  }

  /** Shows all clusters. */
  showOverview(): void {
    this.setTarget({ cluster: -1, node: -1, other: -1 });
    this.render();
    this.view.toTop();
  }

  /** Shows a cluster as it was last left, or as much of it as fits. */
  showCluster(cluster: number): void {
    this.setTarget({ cluster, node: -1, other: -1 });
    byId<HTMLSelectElement>('cluster').value = String(cluster);
    this.render();
    this.view.toTop();
  }

  /** Shows an object: opens what holds it, marks it, and tells all of it. */
  go(node: number): void {
    const { cluster } = this.data.nodes[node] as PageNode;
    if (cluster !== this.target.cluster) this.showCluster(cluster);
    this.uncover(node);
    this.setTarget({ cluster, node, other: -1 });
    this.panel.open(this.details.of(node));
    this.render(`n${node}`);
    this.revealNode(node);
    // The search keeps the keyboard focus, so the next match is one key away.
    if (document.activeElement?.id !== 'search') this.focus();
  }

  /** Shows the way between two objects. */
  showWay(node: number, other: number): void {
    this.isPicking = false;
    const way = this.needs.path(node, other);
    for (const step of way.length > 0 ? way : [node, other]) this.uncover(step);
    this.setTarget({ cluster: this.target.cluster, node, other });
    this.panel.open(
      this.details.ofWay(way, way.length > 0 ? [way[0] ?? node, way.at(-1) ?? other] : [node, other]),
    );
    this.render();
    this.revealNode(way[0] ?? node);
  }

  /** Asks for the other end of a way from the object that is shown. */
  pick(): void {
    if (this.target.node < 0) return;
    this.isPicking = true;
    byId('status').textContent = 'Choose the other object';
  }

  /** Lists the findings. */
  showFindings(): void {
    if (this.data.findings.length > 0) this.openPanel(findingsList(this.data, (node) => this.go(node)));
  }

  /** Lists what changes. */
  showChanges(): void {
    const hasChanges = this.data.changes.length > 0 || this.data.nodes.some(({ change }) => change !== '');
    if (hasChanges) this.openPanel(changesList(this.data, (node) => this.go(node)));
  }

  /** Says how to read the page. */
  showHelp(): void {
    this.openPanel(helpParts());
  }

  /** Leaves what is shown, step by step. */
  leave(): void {
    const had = this.target.node;
    this.isPicking = false;
    this.setTarget({ ...this.target, node: -1, other: -1 });
    this.panel.hide();
    this.render(this.board.keyOf(had));
    this.focus();
  }

  /** Goes from card to card. */
  move(direction: Direction): void {
    const next = neighbour(this.placed, this.focused, direction);
    if (next === undefined) return;
    this.focused = next;
    this.focus();
    const box = this.placed.get(next);
    if (box) this.view.reveal(box);
  }

  /** Goes to the first object that is needed, or that needs the one that is shown. */
  follows(isAfter: boolean): void {
    const { node } = this.target;
    const [next] = isAfter ? this.needs.directlyAfter(node) : this.needs.directlyBefore(node);
    if (next !== undefined) this.go(next);
  }

  /** Opens or folds the card that has the keyboard. */
  toggleFocused(): void {
    const card = document.activeElement?.closest('.card');
    if (card?.querySelector('[aria-expanded]')) this.toggle(card.id);
  }

  /** Opens everything of the cluster, or folds every card. */
  openAll(isOpen: boolean): void {
    const { cluster } = this.target;
    if (cluster < 0) return;
    for (const { groups } of this.cards.bands(cluster, { open: this.open })) {
      for (const { key, cards } of groups) {
        if (isOpen) this.open.add(key);
        for (const { stands } of cards) for (const node of stands) this.setOpen(`n${node}`, isOpen);
      }
    }
    this.render(this.focused);
  }

  /** Shows the board larger or smaller. */
  zoom(scale: number): void {
    this.view.scale = scale;
    this.render(this.focused, scale);
  }

  /** Zooms by a factor. */
  zoomBy(factor: number): void {
    this.zoom(this.view.scale * factor);
  }

  /** Shows all that fits, as at first. */
  fit(): void {
    if (this.target.cluster < 0) return;
    this.begun.delete(this.target.cluster);
    this.render();
    this.view.toTop();
  }

  /** Draws the board anew, for what is open, filtered and marked now. The card of a key stays where it is. */
  render(anchor = '', scale = this.view.scale): void {
    const { cluster } = this.target;
    document.body.classList.toggle('at-overview', cluster < 0);
    byId('overview').hidden = cluster >= 0;
    byId('sheet').hidden = cluster < 0;
    if (cluster < 0) return this.report();
    const hadKeyboard = byId('board').contains(document.activeElement);
    const offset = this.view.offsetOf(this.placed.get(anchor));
    let size = scale;
    if (!this.begun.has(cluster)) size = this.begin(cluster);
    const bands = this.cards.bands(cluster, { open: this.open, keeps: this.filters.keeps() });
    const arrangement = arrange(bands, this.view.room().width / size, this.leasts.get(cluster));
    this.placed = boxesOf(arrangement);
    this.board.render(arrangement, this.looks);
    this.view.show(arrangement, size);
    this.view.keep(this.placed.get(anchor), offset);
    this.mark();
    this.focus(hadKeyboard);
    this.report();
  }

  private begin(cluster: number): number {
    this.begun.add(cluster);
    const { open, scale, least } = firstView(this.data, this.cards, cluster, this.view.room());
    for (const key of [...this.open]) if (key.startsWith(`g${cluster}-`)) this.open.delete(key);
    this.data.nodes.forEach((node, index) => node.cluster === cluster && this.open.delete(`n${index}`));
    for (const key of open) this.open.add(key);
    this.leasts.set(cluster, least);
    return scale;
  }

  private openPanel(parts: readonly (Node | string)[]): void {
    if (this.target.node >= 0) this.setTarget({ ...this.target, node: -1, other: -1 });
    this.panel.open(parts);
    this.render(this.focused);
  }

  private choose(card: Card): void {
    if (card.type !== 'object') return this.toggle(card.key);
    if (this.isPicking) this.showWay(this.target.node, card.node);
    else this.go(card.node);
  }

  private toggle(key: string): void {
    this.setOpen(key, !this.open.has(key));
    this.focused = key;
    this.render(key);
  }

  private setOpen(key: string, isOpen: boolean): void {
    if (isOpen) this.open.add(key);
    else this.open.delete(key);
  }

  /** Opens whatever hides an object. */
  private uncover(index: number): void {
    const { cluster, holder, wave, layer, kind } = this.data.nodes[index] as PageNode;
    const top = holder < 0 ? { wave, layer } : (this.data.nodes[holder] as PageNode);
    this.open.add(`g${cluster}-${top.wave}-${top.layer}`);
    if (holder >= 0) this.open.add(`n${holder}`).add(`s${holder}-${kind}`);
    const keeps = this.filters.keeps();
    if (keeps && !keeps(index)) this.filters.clear();
  }

  private setTarget(target: Target): void {
    this.target = target;
    if (target.node >= 0) this.focused = `n${target.node}`;
    const hash = hashOf(this.data, target);
    if (hash !== location.hash) history.replaceState(null, '', hash || location.pathname + location.search);
    byId<HTMLSelectElement>('cluster').value = String(target.cluster);
  }

  private revealNode(node: number): void {
    const key = this.board.keyOf(node);
    const box = key === undefined ? undefined : this.board.boxOf(key);
    if (box) this.view.reveal(box);
  }

  private mark(): void {
    const { node, other } = this.target;
    if (other >= 0) this.board.mark(marksOfWay(this.data, this.needs.path(node, other)));
    else if (node >= 0 && !this.filters.isSearching())
      this.board.mark(marksOfNode(this.data, this.needs, node));
    else this.board.mark(marksOfMatches(this.filters.matches(), this.filters.isSearching()));
  }

  /** One card is in the order of the Tab key: the card that was used last, or the first one. */
  private focus(takesKeyboard = true): void {
    if (!this.placed.has(this.focused)) this.focused = this.placed.keys().next().value ?? '';
    for (const face of byId('board').querySelectorAll<HTMLElement>('.face[tabindex="0"]')) face.tabIndex = -1;
    const face = document.getElementById(this.focused)?.querySelector<HTMLElement>('.face');
    if (!face) return;
    face.tabIndex = 0;
    if (takesKeyboard) face.focus({ preventScroll: true });
  }

  private filter(): void {
    if (this.target.cluster < 0) {
      const keeps = this.filters.keeps();
      const first = this.data.nodes.findIndex((_, index) => keeps?.(index));
      if (first >= 0) this.showCluster(this.data.nodes[first]?.cluster ?? 0);
    }
    this.setTarget({ ...this.target, node: -1, other: -1 });
    this.render();
    this.view.toTop();
  }

  private find(): void {
    this.match = -1;
    const matches = this.filters.matches();
    const here = matches.filter((node) => this.data.nodes[node]?.cluster === this.target.cluster);
    const [first] = here.length > 0 || this.target.cluster >= 0 ? here : matches;
    if (first === undefined) return this.render();
    const { cluster } = this.data.nodes[first] as PageNode;
    if (cluster !== this.target.cluster) this.showCluster(cluster);
    this.render();
    this.revealNode(first);
  }

  private nextMatch(step: number): void {
    const matches = this.filters.matches();
    if (matches.length === 0) return;
    this.match =
      this.match < 0 && step < 0 ? matches.length - 1 : (this.match + step + matches.length) % matches.length;
    const node = matches[this.match] as number;
    if (this.isPicking) this.showWay(this.target.node, node);
    else this.go(node);
    byId('status').textContent =
      `${this.match + 1} of ${plural(matches.length, 'match').replace('matchs', 'matches')}`;
  }

  private report(): void {
    const { cluster } = this.target;
    const keeps = this.filters.keeps();
    if (this.filters.isSearching()) {
      const { length } = this.filters.matches();
      byId('status').textContent = length === 1 ? '1 match' : `${length} matches`;
      return;
    }
    const count = this.data.nodes.filter(
      (node, index) => (cluster < 0 || node.cluster === cluster) && (keeps?.(index) ?? true),
    ).length;
    byId('status').textContent = plural(count, 'object');
  }
}

function boxesOf({ bands }: Arrangement): Map<string, Box> {
  const boxes = new Map<string, Box>();
  const add = (placed: PlacedCard): void => {
    boxes.set(placed.card.key, placed);
    placed.items.forEach(add);
  };
  for (const { cards } of bands) cards.forEach(add);
  return boxes;
}
