/** What an unquoted scalar is to yaml.v3: the last part of its tag, and its value. */
export interface PlainScalar {
  readonly type: 'null' | 'bool' | 'int' | 'float' | 'str';
  /**
   * The value. An integer of up to 64 bits keeps its precision: it is a bigint where a number would print as other
   * digits.
   */
  readonly value: unknown;
}

/** Words that are not strings if they are unquoted. */
const WORDS: ReadonlyMap<string, PlainScalar> = new Map<string, PlainScalar>([
  ...words({ type: 'null', value: null }, '', '~', 'null', 'Null', 'NULL'),
  ...words({ type: 'bool', value: true }, 'true', 'True', 'TRUE'),
  ...words({ type: 'bool', value: false }, 'false', 'False', 'FALSE'),
  ...words({ type: 'float', value: NaN }, '.nan', '.NaN', '.NAN'),
  ...words({ type: 'float', value: Infinity }, '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'),
  ...words({ type: 'float', value: -Infinity }, '-.inf', '-.Inf', '-.INF'),
]);

function words(scalar: PlainScalar, ...texts: readonly string[]): [string, PlainScalar][] {
  return texts.map((text) => [text, scalar]);
}

/** The form of an unquoted text that needs a closer look; nearly all strings have another form. */
const CANDIDATE = /^(?:[-+.\d].*|[~nNtTfF].{0,4})?$/;

const INTEGER = /^([-+]?)(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;
/** After `0b` and `0o` in small letters, Go's parser accepts a sign. */
const SIGNED_BEHIND = /^0([bo])([-+])(?:(?<=b[-+])[01]+|(?<=o[-+])[0-7]+)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
/** After a dot, Go's own parser decides, and it allows `_` only between two digits. */
const DOTTED_FLOAT = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/;

const MIN_INT64 = -(2n ** 63n);
const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * What an unquoted scalar means to yaml.v3, by which Flux, kustomize and sops read: YAML 1.2's core schema with YAML
 * 1.1's octals (`0400` is 256), `_` in numbers and binary numbers. `yes`, `on` and dates are strings.
 *
 * @see https://github.com/go-yaml/yaml/blob/v3/resolve.go
 */
export function plainScalar(text: string): PlainScalar {
  if (!CANDIDATE.test(text)) return { type: 'str', value: text };
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.startsWith('.')) return floatOf(DOTTED_FLOAT, text) ?? { type: 'str', value: text };
  const digits = /^[-+\d]/.test(text) ? text.replaceAll('_', '') : text;
  return integerOf(digits) ?? floatOf(FLOAT, digits) ?? { type: 'str', value: text };
}

/** The value of an unquoted scalar. */
export function resolvePlain(text: string): unknown {
  return CANDIDATE.test(text) ? plainScalar(text).value : text;
}

const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?)?$/;

/** What an unquoted scalar comes to in what kustomize prints: dates become timestamps. */
export function resolveWithTimestamps(text: string): unknown {
  return timestampOf(text) ?? resolvePlain(text);
}

/** An unquoted date as Go prints it, in RFC 3339; `undefined` for what is none. */
export function timestampOf(text: string): string | undefined {
  if (!/^\d{4}-/.test(text)) return undefined;
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
  const offset = zoneOf(zone);
  return offset === undefined ? undefined : `${date}T${time}${digits}${offset}`;
}

/** A time zone as Go prints it. Go accepts up to 24 hours and 60 minutes. */
function zoneOf(zone = 'Z'): string | undefined {
  if (zone === 'Z') return zone;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 24 || minutes > 60) return undefined;
  const total = hours * 60 + minutes;
  const two = (part: number) => String(Math.trunc(part)).padStart(2, '0');
  return total === 0 ? 'Z' : `${zone.charAt(0)}${two(total / 60)}:${two(total % 60)}`;
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

function integerOf(digits: string): PlainScalar | undefined {
  const match = INTEGER.exec(digits.replace(SIGNED_BEHIND, moveSign));
  if (!match) return undefined;
  const [, sign = '', magnitude = ''] = match;
  // JavaScript writes an octal number only as 0o7.
  const absolute = BigInt(/^0[0-7]/.test(magnitude) ? `0o${magnitude.slice(1)}` : magnitude);
  const exact = sign === '-' ? -absolute : absolute;
  // Beyond 64 bits, yaml.v3 falls back to floats.
  if (exact < MIN_INT64 || exact > MAX_UINT64) return undefined;
  const rounded = Number(exact);
  return { type: 'int', value: String(rounded) === String(exact) ? rounded : exact };
}

function moveSign(text: string, base: string, sign: string): string {
  return `${sign}0${base}${text.slice(3)}`;
}

function floatOf(form: RegExp, text: string): PlainScalar | undefined {
  if (!form.test(text)) return undefined;
  const value = Number(text.replaceAll('_', ''));
  // If a number overflows, Go refuses it and keeps the text.
  return Number.isFinite(value) ? { type: 'float', value } : undefined;
}

/** The short tags (`!!int`) whose scalars are resolved like unquoted text, and the types that they require. */
const PROMISED: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['null', (value: unknown) => value === null],
  ['bool', (value: unknown) => typeof value === 'boolean'],
  ['int', (value: unknown) => typeof value === 'bigint' || Number.isInteger(value)],
  ['float', (value: unknown) => typeof value === 'number' || typeof value === 'bigint'],
]);

/** What Go decodes of a binary value: whole groups of four, with line ends anywhere. */
const BASE64 =
  /^(?:(?:[A-Za-z0-9+/][\r\n]*){4})*(?:(?:[A-Za-z0-9+/][\r\n]*){2}(?:=[\r\n]*=|[A-Za-z0-9+/][\r\n]*=)[\r\n]*)?$/;

/** What a scalar with a tag means; `undefined` when the text is none of that tag. Tags that Go does not know are ignored. */
export function resolveTagged(text: string, tag: string): unknown {
  const type = /^!!(\w+)$|^!<tag:yaml\.org,2002:(\w+)>$/.exec(tag);
  const name = type?.[1] ?? type?.[2] ?? '';
  if (name === 'binary') return BASE64.test(text) ? Buffer.from(text, 'base64').toString('utf8') : undefined;
  if (name === 'timestamp') return timestampOf(text) === undefined ? undefined : text;
  const keepsPromise = PROMISED.get(name);
  if (!keepsPromise) return text;
  const value = resolvePlain(text);
  return keepsPromise(value) ? value : undefined;
}
