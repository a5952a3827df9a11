import { nodeId } from '../graph/node-id';
import type { ClusterGraph, GraphNode } from '../graph/graph';
import type { Order } from '../graph/order/order';
import { fluxKind } from '../kinds/flux-kinds';
import type { PictureNode } from './picture';

/** What is needed before anything else: credentials, values, variables, accounts, and objects that create sources. */
const FIRST: ReadonlySet<string> = new Set(['config', 'object']);

/** Where in its wave a node stands. */
export function stepInWave({ type, identity }: GraphNode): PictureNode['step'] {
  const step = fluxKind(identity.group, identity.kind)?.step;
  if (FIRST.has(type) || step === 'maker') return 0;
  return step === 'source' ? 1 : 2;
}

/**
 * The wave of every node of a cluster. Of what Flux reconciles in order the order tells it; what never starts, and all
 * other objects, come one wave after what applies them; what nothing applies comes with the first that refers to it.
 */
export function wavesOf(cluster: ClusterGraph, order: Order): ReadonlyMap<string, number> {
  const waves = new Map<string, number>();
  order.waves.forEach((steps, wave) => steps.forEach(({ id }) => waves.set(id, wave)));
  // Bootstrap creates the source before Flux runs, whatever applies it later.
  waves.set(nodeId(cluster.syncSource), 0);
  const placed = new Set(waves.keys());
  const nodes = new Map(cluster.nodes.map((node) => [node.id, node]));
  for (const { id, appliedBy } of cluster.nodes) if (appliedBy.length > 0) afterParents(id, nodes, waves);
  for (const { from, to } of cluster.edges) {
    const user = waves.get(from);
    const isApplied = (nodes.get(to)?.appliedBy.length ?? 0) > 0;
    if (user !== undefined && !isApplied && !placed.has(to))
      waves.set(to, Math.min(waves.get(to) ?? user, user));
  }
  return waves;
}

/** Walks up to the nearest parent with a known wave, and gives the nodes on the way the following waves. */
function afterParents(id: string, nodes: ReadonlyMap<string, GraphNode>, waves: Map<string, number>): void {
  const way: string[] = [];
  let current: string | undefined = id;
  while (current !== undefined && !waves.has(current) && !way.includes(current)) {
    way.push(current);
    current = nodes.get(current)?.appliedBy[0];
  }
  let wave = current === undefined ? -1 : (waves.get(current) ?? -1);
  for (const child of way.reverse()) waves.set(child, (wave += 1));
}
