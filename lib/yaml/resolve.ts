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
  const digits = /^(?:[-+\d]|\.\d)/.test(text) ? text.replaceAll('_', '') : text;
  return resolveInteger(digits) ?? resolveFloat(digits) ?? text;
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?)?$/;

/** What an unquoted scalar comes to in what kustomize prints: dates become timestamps. */
export function resolveWithTimestamps(text: string): unknown {
  return (/^\d{4}-/.test(text) ? timestamp(text) : undefined) ?? resolvePlain(text);
}

/** A date as Go prints it, in RFC 3339. */
function timestamp(text: string): string | undefined {
  const [
    ,
    year,
    month = '',
    day = '',
    hour,
    minute,
    second,
    fraction,
    zone,
    hour2,
    minute2,
    second2,
    fraction2,
  ] = TIMESTAMP.exec(text) ?? [];
  if (year === undefined) return undefined;
  const two = (part = '0') => part.padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  const time = [hour ?? hour2, minute ?? minute2, second ?? second2].map(two).join(':');
  if (!isTime(date, time)) return undefined;
  const digits = (fraction ?? fraction2 ?? '').slice(0, 10).replace(/\.?0*$/, '');
  return `${date}T${time}${digits}${zone === undefined || /00:00$/.test(zone) ? 'Z' : zone}`;
}

function isTime(date: string, time: string): boolean {
  const parsed = new Date(`${date}T${time}Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(`${date}T${time}`);
}

const YAML_11_BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

/** What an unquoted scalar means to `sigs.k8s.io/yaml`, by which kustomize reads its own files and JSON patches. */
export function resolveYaml11(text: string): unknown {
  return YAML_11_BOOLEANS.get(text) ?? resolvePlain(text);
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
