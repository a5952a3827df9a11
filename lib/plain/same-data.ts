import { isMap } from './plain-data';

/** Whether two values are the same plain data: maps with the same entries in any order, integers of either type. */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => sameData(entry, b[index]));
  if (isMap(a) && isMap(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameData(a[key], b[key]))
    );
  }
  return typeof a !== typeof b && sameInteger(a, b);
}

function sameInteger(a: unknown, b: unknown): boolean {
  const [big, number] = typeof a === 'bigint' ? [a, b] : [b, a];
  return typeof big === 'bigint' && Number.isInteger(number) && BigInt(number as number) === big;
}
