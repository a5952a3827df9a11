/** A field of an object from outside; undefined where there is no such object or field. */
export function entryOf(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, name)) return undefined;
  return (data as Readonly<Record<string, unknown>>)[name];
}

/** A text of an object from outside; empty where it has none. */
export function textOf(data: unknown, name: string): string {
  const value = entryOf(data, name);
  return typeof value === 'string' ? value : '';
}

/** A whole number of an object from outside; 0 where it has none. */
export function numberOf(data: unknown, name: string): number {
  const value = entryOf(data, name);
  return Number.isSafeInteger(value) ? (value as number) : 0;
}
