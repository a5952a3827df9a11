/** What became of a secret value when it was looked for. */
export type ResolvedValue =
  | { readonly kind: 'value'; readonly bytes: Buffer }
  | { readonly kind: 'generate'; readonly make: () => Buffer }
  | {
      readonly kind: 'missing';
      /** Where it was looked for, and what was found there instead, for example `environment variable "TOKEN" (not set)`. */
      readonly lookedFor: string;
    };

/** What becomes of a value that is made of others: the first that is missing, or all of them put together. */
export function combineResolved(
  parts: readonly (readonly [name: string, value: ResolvedValue])[],
  combine: (texts: Readonly<Record<string, string>>) => string,
): ResolvedValue {
  const missing = parts.find(([, value]) => value.kind === 'missing');
  if (missing) return missing[1];
  const make = (): Buffer =>
    Buffer.from(combine(Object.fromEntries(parts.map(([name, value]) => [name, textOf(value)]))));
  return parts.some(([, value]) => value.kind === 'generate')
    ? { kind: 'generate', make }
    : { kind: 'value', bytes: make() };
}

function textOf(value: ResolvedValue): string {
  if (value.kind === 'missing') return '';
  return (value.kind === 'value' ? value.bytes : value.make()).toString('utf8');
}
