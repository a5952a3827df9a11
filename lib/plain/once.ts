/** Remembers what a function finds for a key, as long as the key lives. */
export function once<K extends object, V>(find: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as V;
    const value = find(key);
    known.set(key, value);
    return value;
  };
}
