import type { PageEdge } from '../page-data';

/** What a node needs, and what needs it, by way of others too. */
export interface Relations {
  /** Indexes of the nodes that come before it, without itself. */
  readonly upstream: ReadonlySet<number>;
  /** Indexes of the nodes that come after it, without itself. */
  readonly downstream: ReadonlySet<number>;
}

/** Who needs whom, to be asked of any node. */
export class Needs {
  private readonly before = new Map<number, number[]>();
  private readonly after = new Map<number, number[]>();

  constructor(edges: readonly PageEdge[]) {
    for (const { tail, head, isNeed } of edges) {
      if (!isNeed || tail === head) continue;
      add(this.before, head, tail);
      add(this.after, tail, head);
    }
  }

  /** Everything that a node needs, and that needs it. */
  of(node: number): Relations {
    return { upstream: reach(node, this.before), downstream: reach(node, this.after) };
  }

  /** The nodes directly before a node. */
  directlyBefore(node: number): readonly number[] {
    return [...new Set(this.before.get(node))];
  }

  /** The nodes directly after a node. */
  directlyAfter(node: number): readonly number[] {
    return [...new Set(this.after.get(node))];
  }
}

function reach(start: number, next: ReadonlyMap<number, readonly number[]>): Set<number> {
  const reached = new Set<number>();
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const other of next.get(node) ?? []) {
      if (reached.has(other)) continue;
      reached.add(other);
      pending.push(other);
    }
  }
  reached.delete(start);
  return reached;
}

function add(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
