/** What became of a secret value when it was looked for, or a value that costs something to look for. */
export type ResolvedValue =
  | SettledValue
  | {
      readonly kind: 'deferred';
      /** Where it is to be looked for. */
      readonly lookedFor: string;
      /** Looks for it: a command runs, and may ask its user. */
      readonly settle: () => SettledValue;
    };

/** What became of a secret value when it was looked for. */
export type SettledValue =
  | { readonly kind: 'value'; readonly bytes: Uint8Array }
  | { readonly kind: 'generate'; readonly make: () => Uint8Array }
  | {
      readonly kind: 'missing';
      /** Where it was looked for, and what was found there instead, for example `environment variable "TOKEN" (not set)`. */
      readonly lookedFor: string;
    };

/**
 * Settles a value.
 *
 * @param run - whether what was put off is looked for now; otherwise it counts as missing
 */
export function settled(value: ResolvedValue, run: boolean): SettledValue {
  if (value.kind !== 'deferred') return value;
  return run ? value.settle() : { kind: 'missing', lookedFor: `${value.lookedFor} (not asked)` };
}

/** What becomes of a value that is made of others: the first that is missing, or all of them put together. */
export function combineResolved(
  parts: readonly (readonly [name: string, value: ResolvedValue])[],
  combine: (texts: Readonly<Record<string, string>>) => string,
): ResolvedValue {
  const put = (): SettledValue =>
    combineSettled(
      parts.map(([name, value]) => [name, settled(value, true)] as const),
      combine,
    );
  const deferred = parts.flatMap(([, value]) => (value.kind === 'deferred' ? [value.lookedFor] : []));
  return deferred.length === 0 ? put() : { kind: 'deferred', lookedFor: deferred.join(', '), settle: put };
}

function combineSettled(
  parts: readonly (readonly [name: string, value: SettledValue])[],
  combine: (texts: Readonly<Record<string, string>>) => string,
): SettledValue {
  const missing = parts.find(([, value]) => value.kind === 'missing');
  if (missing) return missing[1];
  const make = (): Buffer =>
    Buffer.from(combine(Object.fromEntries(parts.map(([name, value]) => [name, textOf(value)]))));
  return parts.some(([, value]) => value.kind === 'generate')
    ? { kind: 'generate', make }
    : { kind: 'value', bytes: make() };
}

function textOf(value: SettledValue): string {
  if (value.kind === 'missing') return '';
  return Buffer.from(value.kind === 'value' ? value.bytes : value.make()).toString('utf8');
}
