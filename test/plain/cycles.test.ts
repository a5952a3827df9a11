import fc from 'fast-check';
import { findCycles, loopComponents, loopThrough } from '../../lib/plain/cycles';

/** Graphs of up to 12 nodes. */
const graphs = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 }), { maxLength: 4 }), {
    minLength: size,
    maxLength: size,
  }),
);

function reachable(graph: readonly (readonly number[])[], start: number): Set<number> {
  const found = new Set<number>();
  const pending = [...(graph[start] ?? [])];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    pending.push(...(graph[node] ?? []));
  }
  return found;
}

describe('loopComponents', () => {
  it('finds exactly the nodes that reach themselves, together with those in the same loop', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const reach = graph.map((_, node) => reachable(graph, node));
        const looping = [...graph.keys()].filter((node) => reach[node]?.has(node));
        const components = loopComponents(graph);
        expect(components.flat().sort((a, b) => a - b)).toEqual(looping);
        for (const component of components) {
          for (const a of component) for (const b of component) expect(reach[a]?.has(b)).toBe(true);
        }
      }),
    );
  });

  it('names a real loop through a node', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        for (const component of loopComponents(graph)) {
          const loop = loopThrough(graph, component[0] ?? 0, new Set(component));
          loop.forEach((node, index) => expect(graph[node]).toContain(loop[(index + 1) % loop.length]));
          expect(new Set(loop).size).toBe(loop.length);
        }
      }),
    );
  });
});

describe('findCycles', () => {
  it('names only the loop, not what leads to it', () => {
    const edges: Record<string, string[]> = { a: ['b'], b: ['c'], c: ['d'], d: ['b'], e: ['e'], f: [] };
    expect(findCycles(['a', 'e', 'f'], (node) => edges[node] ?? [])).toEqual([['b', 'c', 'd'], ['e']]);
  });

  it('walks a chain of any length', () => {
    const next = (node: number): number[] => (node < 100_000 ? [node + 1] : []);
    expect(findCycles([0], next)).toEqual([]);
  });
});
