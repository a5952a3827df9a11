/** The fields of an object's metadata that people look for first. */
export const METADATA_FIRST: readonly string[] = [
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
];

/** Metadata with its well-known fields first and the rest as given. */
export function orderMetadata(metadata: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return withFirst(metadata, METADATA_FIRST);
}

/** A map with some keys first and the rest as given. */
export function withFirst(
  map: Readonly<Record<string, unknown>>,
  first: readonly string[],
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of first) if (key in map) result[key] = map[key];
  for (const key of Object.keys(map)) if (!first.includes(key)) result[key] = map[key];
  return result;
}
