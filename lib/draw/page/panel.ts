import { button, byId, make } from './elements';

/** The panel at the side. */
export class Panel {
  private readonly panel = byId('details');

  /**
   * @param close - called when the reader closes the panel
   */
  constructor(private readonly close: () => void) {}

  /** Whether it is open. */
  get isOpen(): boolean {
    return !this.panel.hidden;
  }

  /** Shows something. */
  open(children: readonly (Node | string)[]): void {
    const closing = button('close', this.close, '×');
    closing.setAttribute('aria-label', 'Close');
    this.panel.replaceChildren(closing, ...children);
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
  }

  /** Closes it. */
  hide(): void {
    this.panel.hidden = true;
  }
}

/** What the keys do, and what the board shows. */
export function helpParts(): Node[] {
  const rows = keyHelp.flatMap(([key, words]) => [
    make('dt', '', make('kbd', '', key)),
    make('dd', '', words),
  ]);
  const marks = colourHelp.map(([name, words]) => make('li', '', make('span', `sample ${name}`), words));
  return [
    make('h2', '', 'How to read this page'),
    make(
      'p',
      '',
      'Waves run from top to bottom; the objects of one wave may run in parallel. A card is a Kustomization with the objects that it applies; + opens it.',
    ),
    make('ul', 'samples', ...marks),
    make('h3', '', 'Keys'),
    make('dl', '', ...rows),
  ];
}

const keyHelp = [
  ['/', 'search; Enter and Shift+Enter go to the next and previous match'],
  ['← ↑ ↓ →', 'go from card to card'],
  ['Enter', 'show a card'],
  ['Space', 'open or close a card'],
  ['[ ]', 'go to an object that this one needs, or that needs this one'],
  ['p', 'show the path to another object, which you choose next'],
  ['o, c', 'open all, close all'],
  ['f, d', 'findings, changes'],
  ['+ − 0', 'zoom in, zoom out, fit'],
  ['Escape', 'close the search, the selection or the panel'],
  ['?', 'this help'],
] as const;

const colourHelp = [
  ['selected', 'selected'],
  ['upstream', 'what it needs'],
  ['downstream', 'what needs it'],
  ['trouble', 'never ready, or missing from the repository'],
  ['added', 'added'],
  ['changed', 'changed'],
  ['removed', 'removed'],
] as const;
