/**
 * The loops of a directed graph: one for each set of nodes that reach each other, and of that set only the nodes on
 * the loop. Takes time linear in nodes and edges, and no stack.
 *
 * @param nodes - the nodes from which to look
 * @param next - the nodes that a node points at
 */
export function findCycles<Node>(nodes: Iterable<Node>, next: (node: Node) => Iterable<Node>): Node[][] {
  const indexes = new Map<Node, number>();
  const indexOf = (node: Node): number => {
    const known = indexes.get(node) ?? indexes.size;
    indexes.set(node, known);
    return known;
  };
  for (const node of nodes) indexOf(node);
  const adjacency: number[][] = [];
  // What a node points at joins the map while it is walked, and is visited later.
  for (const [node, index] of indexes) adjacency[index] = [...next(node)].map(indexOf);
  const names = [...indexes.keys()];
  return loopComponents(adjacency).map((component) =>
    loopThrough(adjacency, component[0] as number, new Set(component)).map((index) => names[index] as Node),
  );
}

/** The neighbours of each node of a directed graph; nodes are numbers from 0. */
export type Adjacency = readonly (readonly number[])[];

/**
 * The strongly connected components that hold a loop, by Tarjan's algorithm without recursion, in linear time.
 */
export function loopComponents(graph: Adjacency): number[][] {
  const order = new Int32Array(graph.length).fill(-1);
  const low = new Int32Array(graph.length);
  const onStack = new Uint8Array(graph.length);
  const cursor = new Int32Array(graph.length);
  const stack: number[] = [];
  const components: number[][] = [];
  let visited = 0;
  const open = (node: number, path: number[]) => {
    order[node] = low[node] = visited++;
    onStack[node] = 1;
    stack.push(node);
    path.push(node);
  };
  const close = (node: number, path: number[]) => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
    if (low[node] !== order[node]) return;
    const component = stack.splice(stack.lastIndexOf(node));
    for (const member of component) onStack[member] = 0;
    if (component.length > 1 || graph[node]?.includes(node)) components.push(component);
  };
  for (let start = 0; start < graph.length; start += 1) {
    if (order[start] !== -1) continue;
    const path: number[] = [];
    open(start, path);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const next = graph[node]?.[cursor[node] ?? 0];
      cursor[node] = (cursor[node] ?? 0) + 1;
      if (next === undefined) close(node, path);
      else if (order[next] === -1) open(next, path);
      else if (onStack[next]) low[node] = Math.min(low[node] ?? 0, order[next] ?? 0);
    }
  }
  return components;
}

/** A shortest loop through a node within its component: each node is a neighbour of the one before. */
export function loopThrough(graph: Adjacency, start: number, component: ReadonlySet<number>): number[] {
  const from = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    for (const next of graph[node] ?? []) {
      if (next === start) return pathTo(node, start, from);
      if (!component.has(next) || from.has(next)) continue;
      from.set(next, node);
      queue.push(next);
    }
  }
  return [start];
}

function pathTo(node: number, start: number, from: ReadonlyMap<number, number>): number[] {
  const path: number[] = [];
  for (let current = node; current !== start; current = from.get(current) ?? start) path.push(current);
  return [start, ...path.reverse()];
}
