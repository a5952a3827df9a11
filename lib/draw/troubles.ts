import type { ClusterGraph, GraphEdge, GraphNode, NodeType } from '../graph/graph';
import type { Order } from '../graph/order/order';
import type { Trouble } from './picture';

/** Credentials, values and accounts often come from outside the repository; a missing one is not marked. */
const OUT_OF_BAND: ReadonlySet<NodeType> = new Set(['config', 'object']);

/** By object, others to which it refers. */
export type References = ReadonlyMap<string, ReadonlySet<string>>;

/** What draws attention in a cluster: what never starts or never becomes ready, and what is referred to and not there. */
export class Troubles {
  private readonly inLoop = new Set<string>();
  private readonly steps = new Set<string>();
  private readonly missing: ReadonlySet<string>;
  private readonly failing: ReadonlySet<string>;
  /** What never starts, and what each waits for in vain. */
  private readonly blocked: ReadonlyMap<string, readonly string[]>;

  constructor(
    { nodes, edges }: ClusterGraph,
    order: Order,
    private readonly unseen: References = new Map(),
  ) {
    const wanted = new Set(edges.flatMap((edge) => (this.isUnseen(edge) ? [] : edge.to)));
    this.missing = new Set(nodes.filter(isMissing).flatMap(({ id }) => (wanted.has(id) ? id : [])));
    this.failing = new Set(order.neverReady.map(({ id }) => id));
    this.blocked = new Map(order.blocked.map(({ id, on }) => [id, on]));
    for (const { nodes } of order.cycles) {
      nodes.forEach((id, index) => {
        const next = nodes[(index + 1) % nodes.length] as string;
        this.inLoop.add(id);
        this.steps.add(pair(id, next)).add(pair(next, id));
      });
    }
  }

  /** Why a node draws attention. */
  ofNode({ id }: GraphNode): Trouble | undefined {
    if (this.inLoop.has(id)) return 'cycle';
    if (this.missing.has(id)) return 'missing';
    if (this.failing.has(id)) return 'failing';
    return this.blocked.has(id) ? 'blocked' : undefined;
  }

  /** Why an edge draws attention. */
  ofEdge(edge: GraphEdge): Trouble | undefined {
    const { from, to, kind, optional } = edge;
    const waits = kind === 'depends-on' || kind === 'applies' || kind === 'health-check';
    if (waits && this.steps.has(pair(from, to))) return 'cycle';
    if (this.missing.has(to) && !optional && !this.isUnseen(edge)) return 'missing';
    return kind === 'depends-on' && this.blocked.get(from)?.includes(to) ? 'blocked' : undefined;
  }

  private isUnseen({ from, to }: GraphEdge): boolean {
    return this.unseen.get(from)?.has(to) ?? false;
  }
}

function isMissing({ state, type }: GraphNode): boolean {
  return state === 'missing' && !OUT_OF_BAND.has(type);
}

function pair(from: string, to: string): string {
  return `${from} ${to}`;
}
