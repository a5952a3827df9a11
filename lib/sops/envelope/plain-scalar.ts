import { plainScalar, timestampOf } from '../../yaml/resolve';
import type { ValueType } from '../encrypted-text';

/** A scalar as sops hashes it: its type, and its text in the form that the MAC covers. */
export interface TypedText {
  readonly type: ValueType;
  readonly text: string;
}

/**
 * A plain (unquoted) scalar as the MAC covers it: `0777` is 511, `1_000` is 1000, `yes` is a text. `null` means YAML's
 * null, which the MAC leaves out.
 */
export function resolvePlainScalar(source: string): TypedText | null {
  const time = timestampOf(source);
  if (time !== undefined) return { type: 'time', text: time };
  const { type, value } = plainScalar(source);
  if (type === 'null') return null;
  if (type === 'bool') return { type, text: value === true ? 'True' : 'False' };
  return { type, text: type === 'float' ? goFloat(value as number) : String(value) };
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
