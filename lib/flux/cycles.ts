/**
 * The loops of a directed graph: one for each set of nodes that reach each other, and of that set only the nodes on
 * the loop. Takes time linear in nodes and edges, and no stack.
 *
 * @param nodes - the nodes
 * @param next - the nodes that a node points at
 */
export function findCycles<Node>(nodes: Iterable<Node>, next: (node: Node) => Iterable<Node>): Node[][] {
  return strongComponents(nodes, next)
    .map((component) => shortestLoop(component, next))
    .filter((loop) => loop.length > 0);
}

interface Visit<Node> {
  readonly node: Node;
  readonly next: Iterator<Node>;
}

/**
 * Tarjan's algorithm, with an explicit stack.
 *
 * @see https://doi.org/10.1137/0201010
 */
function strongComponents<Node>(nodes: Iterable<Node>, next: (node: Node) => Iterable<Node>): Node[][] {
  const order = new Map<Node, number>();
  const low = new Map<Node, number>();
  const open: Node[] = [];
  const isOpen = new Set<Node>();
  const components: Node[][] = [];
  const visits: Visit<Node>[] = [];
  const enter = (node: Node): void => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    visits.push({ node, next: next(node)[Symbol.iterator]() });
  };
  const lower = (node: Node, value: number): void => {
    low.set(node, Math.min(low.get(node) as number, value));
  };
  for (const start of nodes) {
    if (!order.has(start)) enter(start);
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const step = visit.next.next();
      if (!step.done) {
        if (!order.has(step.value)) enter(step.value);
        else if (isOpen.has(step.value)) lower(visit.node, order.get(step.value) as number);
        continue;
      }
      visits.pop();
      const parent = visits.at(-1);
      if (parent) lower(parent.node, low.get(visit.node) as number);
      if (low.get(visit.node) === order.get(visit.node)) components.push(close(visit.node, open, isOpen));
    }
  }
  return components;
}

function close<Node>(root: Node, open: Node[], isOpen: Set<Node>): Node[] {
  const component = open.splice(open.lastIndexOf(root));
  for (const node of component) isOpen.delete(node);
  return component;
}

/** The shortest loop through a component's first node; empty when the node reaches no loop at all. */
function shortestLoop<Node>(component: readonly Node[], next: (node: Node) => Iterable<Node>): Node[] {
  const members = new Set(component);
  const start = component[0] as Node;
  const cameFrom = new Map<Node, Node>();
  const queue = [start];
  for (const node of queue) {
    for (const target of next(node)) {
      if (target === start) return trace(node, cameFrom);
      if (!members.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, node);
      queue.push(target);
    }
  }
  return [];
}

function trace<Node>(last: Node, cameFrom: ReadonlyMap<Node, Node>): Node[] {
  const loop: Node[] = [];
  for (let node: Node | undefined = last; node !== undefined; node = cameFrom.get(node)) loop.push(node);
  return loop.reverse();
}
