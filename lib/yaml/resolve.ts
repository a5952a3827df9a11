/** Words that are no strings where they stand unquoted. */
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

/** What an unquoted text must look like to be worth a closer look; nearly all strings fail here. */
const CANDIDATE = /^(?:[-+.\d].*|[~nNtTfF].{0,4})?$/;

const INTEGER = /^([-+]?)(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * What an unquoted scalar means to yaml.v3, by which Flux and kustomize read: YAML 1.2's core schema with YAML 1.1's
 * octals (`0400` is 256), `_` between digits and binary numbers. `yes`, `on` and dates are strings.
 *
 * An integer of up to 64 bits keeps its precision: it is a bigint where a number would print as other digits.
 */
export function resolvePlain(text: string): unknown {
  if (!CANDIDATE.test(text)) return text;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const digits = /^[-+\d]/.test(text) ? text.replaceAll('_', '') : text;
  return resolveInteger(digits) ?? resolveFloat(digits) ?? text;
}

function resolveInteger(digits: string): number | bigint | undefined {
  const match = INTEGER.exec(digits);
  if (!match) return undefined;
  const [, sign = '', magnitude = ''] = match;
  // JavaScript spells an octal number 0o7 only.
  const absolute = BigInt(/^0[0-7]/.test(magnitude) ? `0o${magnitude.slice(1)}` : magnitude);
  const exact = sign === '-' ? -absolute : absolute;
  if (exact < MIN_INT64 || exact > MAX_UINT64) return undefined;
  const rounded = Number(exact);
  return String(rounded) === String(exact) ? rounded : exact;
}

function resolveFloat(digits: string): number | undefined {
  if (!FLOAT.test(digits)) return undefined;
  const value = Number(digits);
  // Go refuses what overflows, and keeps the text.
  return Number.isFinite(value) ? value : undefined;
}

/** The short tags (`!!int`) whose scalars are resolved like unquoted text, and the types that they promise. */
const PROMISED: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['null', (value: unknown) => value === null],
  ['bool', (value: unknown) => typeof value === 'boolean'],
  ['int', (value: unknown) => typeof value === 'bigint' || Number.isInteger(value)],
  ['float', (value: unknown) => typeof value === 'number' || typeof value === 'bigint'],
]);

/** What a scalar with a tag means; `undefined` when the text is none of that tag. Tags that Go does not know are ignored. */
export function resolveTagged(text: string, tag: string): unknown {
  const type = /^!!(\w+)$|^!<tag:yaml\.org,2002:(\w+)>$/.exec(tag);
  const name = type?.[1] ?? type?.[2] ?? '';
  if (name === 'binary') return Buffer.from(text, 'base64').toString('utf8');
  const keepsPromise = PROMISED.get(name);
  if (!keepsPromise) return text;
  const value = resolvePlain(text);
  return keepsPromise(value) ? value : undefined;
}
