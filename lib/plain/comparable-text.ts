/** Plain data as text to compare and to look up by: JSON in which integers that only a bigint holds have a mark. */
export function comparableText(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner)) ?? ''
  );
}
