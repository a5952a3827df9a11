import type { PageData, PageNode } from '../page-data';
import { byId, make } from './elements';

/** The fields by which nodes are filtered, and the value that means no filter. */
const fields = [
  ['namespace', 'All namespaces'],
  ['kind', 'All kinds'],
] as const;

/** What else a filter can ask for. */
const marks: readonly (readonly [value: string, words: string, has: (node: PageNode) => boolean])[] = [
  ['findings', 'With findings', ({ findings }) => findings.length > 0],
  ['changes', 'Changed', ({ change }) => change !== ''],
  ['trouble', 'Never ready or missing', ({ trouble }) => trouble !== ''],
];

/** What the reader filters by, and searches for. */
export class Filters {
  private readonly search = byId<HTMLInputElement>('search');
  private readonly mark = byId<HTMLSelectElement>('mark');
  private readonly selects: readonly HTMLSelectElement[];

  /**
   * @param filtered - called when other objects are to be seen
   * @param searched - called when other objects match
   * @param go - called with 1 or -1 to go to the next match or the one before
   */
  constructor(
    private readonly data: PageData,
    filtered: () => void,
    searched: () => void,
    go: (step: number) => void,
  ) {
    this.selects = fields.map(([field, all]) => {
      const values = [...new Set(data.nodes.map((node) => node[field]))].filter(Boolean).sort();
      return fill(byId<HTMLSelectElement>(field), [
        ['', all],
        ...values.map((value) => [value, value] as const),
      ]);
    });
    const present = marks.filter(([, , has]) => data.nodes.some(has));
    fill(this.mark, [['', 'All objects'], ...present.map(([value, words]) => [value, words] as const)]);
    for (const select of [...this.selects, this.mark]) select.addEventListener('change', filtered);
    this.search.addEventListener('input', searched);
    this.search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
      else if (event.key === 'Escape') {
        this.search.value = '';
        searched();
        this.search.blur();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** Puts the keyboard into the search. */
  focus(): void {
    this.search.focus();
    this.search.select();
  }

  /** Lets everything be seen. */
  clear(): void {
    for (const select of [...this.selects, this.mark]) select.value = '';
  }

  /** Which nodes the filters let be seen; `undefined` where all are. */
  keeps(): ((index: number) => boolean) | undefined {
    if ([...this.selects, this.mark].every(({ value }) => value === '')) return undefined;
    const has = marks.find(([value]) => value === this.mark.value)?.[2] ?? (() => true);
    const wanted = fields.map(([field], index) => [field, this.selects[index]?.value ?? ''] as const);
    return (index) => {
      const node = this.data.nodes[index] as PageNode;
      return wanted.every(([field, value]) => value === '' || node[field] === value) && has(node);
    };
  }

  /** Whether something is searched for. */
  isSearching(): boolean {
    return this.search.value.trim() !== '';
  }

  /** The nodes that match what is searched for, in the order of the board. */
  matches(): number[] {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const keeps = this.keeps();
    return this.data.nodes.flatMap((node, index) => {
      const { kind, namespace, name, layer, place } = node;
      const text = [kind, namespace, name, layer, place].join(' ').toLowerCase();
      return words.every((word) => text.includes(word)) && (keeps?.(index) ?? true) ? [index] : [];
    });
  }
}

function fill(select: HTMLSelectElement, values: readonly (readonly [string, string])[]): HTMLSelectElement {
  const options = values.map(([value, words]) => {
    const option = make('option', '', words);
    option.value = value;
    return option;
  });
  select.replaceChildren(...options);
  select.hidden = values.length < 3 && select.id !== 'mark' ? true : values.length < 2;
  return select;
}
