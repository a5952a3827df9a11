/** A scalar as text; '' for a map or list, because `String` throws for a map with a key such as `toString`. */
export function asText(value: unknown): string {
  return typeof value === 'object' && value !== null ? '' : String(value);
}
