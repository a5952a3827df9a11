import type { PageData } from '../page-data';
import { byId } from './elements';
import type { Needs } from './relations';

/** The node that is looked at: it is marked, with all that comes before and after it. */
export class Selection {
  /** The index of the node; -1 when there is none. */
  current = -1;
  private readonly canvas = byId<SVGSVGElement>('canvas');

  constructor(
    private readonly data: PageData,
    private readonly needs: Needs,
  ) {}

  /** Marks a node. */
  set(index: number): void {
    this.unmark();
    this.current = index;
    const { upstream, downstream } = this.needs.of(index);
    this.canvas.classList.add('focused');
    const keyOf = (node: number): string => this.data.nodes[node]?.key ?? '';
    byId(keyOf(index)).classList.add('selected', 'lit');
    for (const node of upstream) byId(keyOf(node)).classList.add('upstream', 'lit');
    for (const node of downstream) byId(keyOf(node)).classList.add('downstream', 'lit');
    for (const { key, tail, head, isNeed } of this.data.edges) {
      const isBefore = upstream.has(tail) && (upstream.has(head) || head === index);
      const isAfter = downstream.has(head) && (downstream.has(tail) || tail === index);
      if (isNeed && (isBefore || isAfter)) {
        byId(key).classList.add('lit', isBefore ? 'upstream' : 'downstream');
      }
    }
  }

  /** Marks nothing. */
  clear(): void {
    this.unmark();
    this.current = -1;
  }

  private unmark(): void {
    this.canvas.classList.remove('focused');
    for (const marked of this.canvas.querySelectorAll('.lit')) {
      marked.classList.remove('lit', 'selected', 'upstream', 'downstream');
    }
  }
}
