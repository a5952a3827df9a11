import type { PageData, PageNode } from '../page-data';
import { byId, make } from './elements';

/** The fields by which nodes are filtered, and what stands for no filter. */
const filters = [
  ['cluster', 'All clusters'],
  ['namespace', 'All namespaces'],
  ['kind', 'All kinds'],
] as const;

/** Hides what the filters leave out, and finds what is searched for. */
export class Filters {
  private readonly search = byId<HTMLInputElement>('search');
  private readonly selects: readonly HTMLSelectElement[];
  private matches: number[] = [];
  private at = -1;

  /**
   * @param go - called with the node to go to
   */
  constructor(
    private readonly data: PageData,
    private readonly go: (node: number) => void,
  ) {
    this.selects = filters.map(([field, all]) => this.fill(field, all));
    this.search.addEventListener('input', () => this.find());
    this.search.addEventListener('keydown', (event) => this.key(event));
  }

  /** Puts the keyboard into the search. */
  focus(): void {
    this.search.focus();
    this.search.select();
  }

  /** Whether the filters let a node be seen. */
  isShown(node: PageNode): boolean {
    return this.selects.every(
      (select, index) =>
        select.value === '' || node[(filters[index] as (typeof filters)[0])[0]] === select.value,
    );
  }

  private fill(field: 'cluster' | 'namespace' | 'kind', all: string): HTMLSelectElement {
    const select = byId<HTMLSelectElement>(field);
    const values = [...new Set(this.data.nodes.map((node) => node[field]))].filter(Boolean).sort();
    const options = ['', ...values].map((value) => {
      const option = make('option', '', value || all);
      option.value = value;
      return option;
    });
    select.append(...options);
    select.hidden = values.length < 2;
    select.addEventListener('change', () => this.apply());
    return select;
  }

  private apply(): void {
    const hidden = this.data.nodes.map((node) => !this.isShown(node));
    this.data.nodes.forEach(({ key }, index) => byId(key).classList.toggle('hidden', hidden[index]));
    for (const { key, tail, head } of this.data.edges) {
      byId(key).classList.toggle('hidden', (hidden[tail] ?? false) || (hidden[head] ?? false));
    }
    this.find();
  }

  private find(): void {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isMatch = (node: PageNode): boolean => {
      const text = [node.kind, node.namespace, node.name, node.layer, node.place].join(' ').toLowerCase();
      return words.length > 0 && this.isShown(node) && words.every((word) => text.includes(word));
    };
    this.matches = this.data.nodes.flatMap((node, index) => (isMatch(node) ? [index] : []));
    this.at = -1;
    const found = new Set(this.matches);
    byId<SVGSVGElement>('canvas').classList.toggle('searching', words.length > 0);
    this.data.nodes.forEach(({ key }, index) => byId(key).classList.toggle('match', found.has(index)));
    this.report(words.length > 0);
  }

  private report(isSearching: boolean): void {
    const count = isSearching
      ? this.matches.length
      : this.data.nodes.filter((node) => this.isShown(node)).length;
    const what = isSearching ? (count === 1 ? 'match' : 'matches') : count === 1 ? 'object' : 'objects';
    byId('status').textContent = `${count} ${what}`;
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && this.matches.length > 0) {
      this.at = (this.at + (event.shiftKey ? -1 : 1) + this.matches.length) % this.matches.length;
      this.go(this.matches[this.at] as number);
    } else if (event.key === 'Escape') {
      this.search.value = '';
      this.find();
      byId<SVGSVGElement>('canvas').focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Says how much is shown. */
  start(): void {
    this.apply();
  }
}
