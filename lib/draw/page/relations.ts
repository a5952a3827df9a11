import type { PageEdge } from '../page-data';

/** What a node needs, and what needs it, by way of others too. */
export interface Relations {
  /** Indexes of the nodes that come before it, without itself. */
  readonly upstream: ReadonlySet<number>;
  /** Indexes of the nodes that come after it, without itself. */
  readonly downstream: ReadonlySet<number>;
}

type Lists = ReadonlyMap<number, readonly PageEdge[]>;

/** Who needs whom, to be asked of any node. */
export class Needs {
  private readonly before = new Map<number, PageEdge[]>();
  private readonly after = new Map<number, PageEdge[]>();

  constructor(edges: readonly PageEdge[]) {
    for (const edge of edges) {
      if (!edge.isNeed || edge.tail === edge.head) continue;
      add(this.before, edge.head, edge);
      add(this.after, edge.tail, edge);
    }
  }

  /** Everything that a node needs, and that needs it. */
  of(node: number): Relations {
    return {
      upstream: reach(node, this.before, ({ tail }) => tail),
      downstream: reach(node, this.after, ({ head }) => head),
    };
  }

  /** The edges that lead to a node. */
  edgesBefore(node: number): readonly PageEdge[] {
    return this.before.get(node) ?? [];
  }

  /** The edges that lead on from a node. */
  edgesAfter(node: number): readonly PageEdge[] {
    return this.after.get(node) ?? [];
  }

  /** The nodes directly before a node. */
  directlyBefore(node: number): readonly number[] {
    return [...new Set(this.edgesBefore(node).map(({ tail }) => tail))];
  }

  /** The nodes directly after a node. */
  directlyAfter(node: number): readonly number[] {
    return [...new Set(this.edgesAfter(node).map(({ head }) => head))];
  }

  /** A shortest way between two nodes, from what comes first to what needs it; empty where neither needs the other. */
  path(one: number, other: number): readonly number[] {
    const there = this.way(one, other);
    return there.length > 0 ? there : this.way(other, one);
  }

  private way(from: number, to: number): number[] {
    const previous = new Map<number, number>([[from, -1]]);
    const pending = [from];
    for (let at = 0; at < pending.length && !previous.has(to); at += 1) {
      for (const next of this.directlyAfter(pending[at] as number)) {
        if (previous.has(next)) continue;
        previous.set(next, pending[at] as number);
        pending.push(next);
      }
    }
    const way: number[] = [];
    for (let node = previous.has(to) ? to : -1; node >= 0; node = previous.get(node) ?? -1) way.push(node);
    return way.reverse();
  }
}

function reach(start: number, lists: Lists, farEnd: (edge: PageEdge) => number): Set<number> {
  const reached = new Set<number>();
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const edge of lists.get(node) ?? []) {
      const other = farEnd(edge);
      if (reached.has(other)) continue;
      reached.add(other);
      pending.push(other);
    }
  }
  reached.delete(start);
  return reached;
}

function add(lists: Map<number, PageEdge[]>, key: number, edge: PageEdge): void {
  const list = lists.get(key);
  if (list) list.push(edge);
  else lists.set(key, [edge]);
}
