import type { PageData } from '../page-data';
import type { Arrangement, Box, PlacedBand, PlacedCard } from './arrange';
import { cardElement, type CardActs } from './card-element';
import type { Group } from './cards';
import { button, byId, make, makeShape, place, plural } from './elements';
import { linesBetween, pathsOf, withoutImplied, type Line, type Look } from './lines';

/** With more lines than this, lines that follow from others are left out, and each line is fainter. */
const MANY_LINES = 60;

/** What is marked on the board: objects by the class that they get, and the edges that are lit. */
export interface Marks {
  readonly nodes: ReadonlyMap<number, string>;
  readonly edges: ReadonlyMap<number, string>;
  /** Whether all else is dimmed. */
  readonly isFocused: boolean;
}

/** The board with the cards of a cluster, and the lines between them. */
export class Board {
  private readonly element = byId('board');
  private readonly back = makeShape('svg', { class: 'lines back', 'aria-hidden': 'true' });
  private readonly front = makeShape('svg', { class: 'lines front', 'aria-hidden': 'true' });
  private boxes = new Map<string, Box>();
  private keys = new Map<number, string>();

  constructor(
    private readonly data: PageData,
    private readonly acts: CardActs & { readonly fold: (group: Group) => void },
  ) {}

  /** Shows an arrangement. */
  render(arrangement: Arrangement, looks: ReadonlySet<Look>): void {
    this.boxes = new Map();
    this.keys = new Map();
    const bands = arrangement.bands.map((band) => this.band(band));
    this.element.replaceChildren(this.back, ...bands, this.front);
    this.element.style.width = `${arrangement.width}px`;
    this.element.style.height = `${arrangement.height}px`;
    for (const layer of [this.back, this.front]) place(layer, { x: 0, y: 0, ...arrangement });
    const lines = linesBetween(this.data, this.keys, (edge) => this.isDrawn(edge, looks));
    const isMany = lines.length > MANY_LINES;
    this.back.classList.toggle('many', isMany);
    const drawn = isMany ? withoutImplied(lines) : lines;
    this.back.replaceChildren(...drawn.flatMap((line) => this.shapes(line, '')));
  }

  /** Marks cards, and draws lit lines before them. */
  mark({ nodes, edges, isFocused }: Marks): void {
    this.element.classList.toggle('focused', isFocused);
    const classes = new Map<string, Set<string>>();
    for (const [node, name] of nodes) {
      const key = this.keys.get(node);
      if (key !== undefined) classes.set(key, (classes.get(key) ?? new Set()).add(name).add('lit'));
    }
    for (const card of this.element.querySelectorAll('.card')) {
      card.classList.remove('lit', 'selected', 'upstream', 'downstream', 'match', 'way');
      card.classList.add(...(classes.get(card.id) ?? []));
    }
    const lines = [...new Set(edges.values())].flatMap((name) =>
      linesBetween(this.data, this.keys, (edge) => edges.get(edge) === name).flatMap((line) =>
        this.shapes(line, name),
      ),
    );
    this.front.replaceChildren(...lines);
  }

  /** The key of the card that stands for a node, if one is shown. */
  keyOf(node: number): string | undefined {
    return this.keys.get(node);
  }

  /** Where a card is. */
  boxOf(key: string): Box | undefined {
    return this.boxes.get(key);
  }

  private isDrawn(index: number, looks: ReadonlySet<Look>): boolean {
    const { trouble = '', change = '', kind } = this.data.edges[index] ?? { kind: '' };
    if (trouble !== '' || change !== '') return true;
    return looks.has(kind === 'depends-on' || kind === 'applies' ? kind : 'reference');
  }

  private shapes({ tail, head, look, trouble, change }: Line, mark: string): SVGElement[] {
    const [from, to] = [this.boxes.get(tail), this.boxes.get(head)];
    if (!from || !to) return [];
    const [curve, arrow] = pathsOf(from, to);
    const name = ['edge', look, trouble && `trouble of-${trouble}`, change, mark].filter(Boolean).join(' ');
    return [
      makeShape('path', { class: name, d: curve }),
      makeShape('path', { class: `tip ${mark}`, d: arrow }),
    ];
  }

  private band({ wave, titles, cards, ...box }: PlacedBand): HTMLElement {
    const back = make('div', 'back');
    place(back, box);
    const label = make('h2', 'wave', `wave ${wave}`);
    label.style.top = `${box.y}px`;
    const names = titles.map(({ group, ...at }) => {
      const text = button('fold', () => this.acts.fold(group), group.layer);
      text.title = `Close ${group.layer}`;
      text.tabIndex = -1;
      const title = make('h3', 'layer', text);
      place(title, at);
      return title;
    });
    const section = make(
      'section',
      'band',
      back,
      label,
      ...names,
      ...cards.flatMap((card) => this.card(card)),
    );
    section.setAttribute('aria-label', `Wave ${wave}, ${plural(cards.length, 'card')}`);
    return section;
  }

  private card(placed: PlacedCard): HTMLElement[] {
    const { card, items } = placed;
    this.boxes.set(card.key, placed);
    // A card inside another represents its object; for a folded object, the card that contains it does.
    const inner = items.flatMap((item) => this.card(item));
    for (const node of card.stands) if (!this.keys.has(node)) this.keys.set(node, card.key);
    return [cardElement(this.data, placed, this.acts), ...inner];
  }
}
