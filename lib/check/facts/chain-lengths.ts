/**
 * By node, the length of the longest way from it along a graph's edges; a loop is followed once. Takes time linear in
 * nodes and edges, and no stack.
 *
 * @param nodes - the nodes
 * @param next - the nodes that a node points at
 */
export function chainLengths(
  nodes: Iterable<string>,
  next: (node: string) => readonly string[],
): Map<string, number> {
  const lengths = new Map<string, number>();
  const entered = new Set<string>();
  for (const start of nodes) {
    const stack = [start];
    for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
      const targets = next(node);
      if (!entered.has(node)) {
        entered.add(node);
        stack.push(...targets.filter((target) => !entered.has(target)));
        continue;
      }
      stack.pop();
      if (lengths.has(node)) continue;
      const longest = targets.reduce((most, target) => Math.max(most, (lengths.get(target) ?? 0) + 1), 0);
      lengths.set(node, longest);
    }
  }
  return lengths;
}
