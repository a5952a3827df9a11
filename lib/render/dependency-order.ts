/**
 * Items so that what must come before another does, and otherwise as given. Needs no stack, and takes time linear in
 * items and dependencies; in a loop, which the caller reports, items stay as given.
 *
 * @param items - the items in their preferred order
 * @param before - by item, the ones that must come before it; those that are not among the items do not count
 */
export function inDependencyOrder<Item>(
  items: readonly Item[],
  before: ReadonlyMap<Item, ReadonlySet<Item>>,
): Item[] {
  if (!items.some((item) => before.has(item))) return [...items];
  const state = new Map<Item, 'waiting' | 'entered' | 'placed'>(items.map((item) => [item, 'waiting']));
  const result: Item[] = [];
  for (const start of items) {
    const stack = [start];
    for (let item = stack.at(-1); item !== undefined; item = stack.at(-1)) {
      const first = state.get(item) === 'waiting';
      const open = first
        ? [...(before.get(item) ?? [])].filter((other) => state.get(other) === 'waiting')
        : [];
      if (first) state.set(item, 'entered');
      if (open.length > 0) {
        stack.push(...open.reverse());
        continue;
      }
      stack.pop();
      if (state.get(item) === 'placed') continue;
      state.set(item, 'placed');
      result.push(item);
    }
  }
  return result;
}
