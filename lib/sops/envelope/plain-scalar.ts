import type { ValueType } from './encrypted-value';

/** A scalar as sops hashes it: its type, and its text in the form that the MAC covers. */
export interface TypedText {
  readonly type: ValueType;
  readonly text: string;
}

const WORDS: Readonly<Record<string, TypedText | null>> = {
  '': null,
  '~': null,
  ...named(['null', 'Null', 'NULL'], null),
  ...named(['true', 'True', 'TRUE'], { type: 'bool', text: 'True' }),
  ...named(['false', 'False', 'FALSE'], { type: 'bool', text: 'False' }),
  ...named(['.nan', '.NaN', '.NAN'], { type: 'float', text: 'NaN' }),
  ...named(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'], { type: 'float', text: '+Inf' }),
  ...named(['-.inf', '-.Inf', '-.INF'], { type: 'float', text: '-Inf' }),
};

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const DATE_TIME =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2}))|(?: ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?))?$/;
const INTEGERS: readonly (readonly [pattern: RegExp, prefix: string])[] = [
  [/^0[xX]([0-9a-fA-F]+)$/, '0x'],
  [/^0[bB]([01]+)$/, '0b'],
  [/^0[oO]([0-7]+)$/, '0o'],
  [/^0([0-7]+)$/, '0o'],
  [/^(0|[1-9][0-9]*)$/, ''],
];

/**
 * Resolves a plain (unquoted) scalar the way yaml.v3 does, which is what the MAC is computed over: `0777` is 511,
 * `1_000` is 1000, `yes` is a text. `null` means YAML's null, which the MAC leaves out.
 *
 * @see https://github.com/go-yaml/yaml/blob/v3/resolve.go
 */
export function resolvePlainScalar(source: string): TypedText | null {
  if (Object.hasOwn(WORDS, source)) return WORDS[source] ?? null;
  if (!/^[-+.0-9]/.test(source)) return { type: 'str', text: source };
  const time = resolveTime(source);
  if (time !== undefined) return { type: 'time', text: time };
  // yaml.v3 reads a text that begins with a dot before it drops the underscores.
  const digits = source.startsWith('._') ? source : source.replaceAll('_', '');
  const integer = resolveInteger(digits);
  if (integer !== undefined) return { type: 'int', text: integer.toString() };
  const float = FLOAT.test(digits) ? Number(digits) : NaN;
  // What overflows stays a text for Go.
  return Number.isFinite(float) ? { type: 'float', text: goFloat(float) } : { type: 'str', text: source };
}

/** Prints a number as Go's `strconv.FormatFloat(value, 'f', -1, 64)`: never with an exponent. */
export function goFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '', exponent = '0'] = Math.abs(value).toString().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function resolveInteger(digits: string): bigint | undefined {
  const negative = digits.startsWith('-');
  const bare = /^[-+]/.test(digits) ? digits.slice(1) : digits;
  for (const [pattern, prefix] of INTEGERS) {
    const match = pattern.exec(bare);
    if (!match) continue;
    const value = BigInt(`${prefix}${match[1]}`) * (negative ? -1n : 1n);
    // Beyond 64 bits yaml.v3 falls through to its floats.
    return value >= -(2n ** 63n) && value < 2n ** 64n ? value : undefined;
  }
  return undefined;
}

function resolveTime(source: string): string | undefined {
  const match = DATE_TIME.exec(source);
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const [hour = '0', minute = '0', second = '0', fraction = ''] =
    match[4] === undefined ? match.slice(9) : match.slice(4);
  const zone = match[8] === undefined || /^[-+]00:00$/.test(match[8]) ? 'Z' : match[8];
  const numbers = [month, day, hour, minute, second].map(Number);
  if (!isMoment(Number(year), numbers)) return undefined;
  const [mm, dd, h, m, s] = numbers.map((number) => String(number).padStart(2, '0'));
  return `${year}-${mm}-${dd}T${h}:${m}:${s}${fraction.slice(0, 10).replace(/\.?0*$/, '')}${zone}`;
}

function isMoment(
  year: number,
  [month = 0, day = 0, hour = 0, minute = 0, second = 0]: readonly number[],
): boolean {
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return false;
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return day >= 1 && day <= date.getUTCDate();
}

function named(words: readonly string[], value: TypedText | null): Record<string, TypedText | null> {
  return Object.fromEntries(words.map((word) => [word, value]));
}
