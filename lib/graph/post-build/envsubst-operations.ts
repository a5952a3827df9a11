import { SubstitutionError, type Operator } from './envsubst-template';
import { ExpansionError, MAX_EXPANSION } from '../expansion-limit';
import { globPrefix } from './glob-prefix';

/**
 * A variable's value after an operation. Positions and lengths count bytes, as in Go.
 *
 * @throws SubstitutionError where the result, or the work for it, would be too much
 */
export function evaluateOperation(value: string, operator: Operator, args: readonly string[]): string {
  const [first = '', second] = args;
  switch (operator) {
    case 'length':
      return String(Buffer.byteLength(value));
    case 'substring':
      return substring(Buffer.from(value), first, second);
    case '^':
    case ',':
      return value.replace(/^./su, (char) => inCase(char, operator));
    case '^^':
    case ',,':
      return [...value].map((char) => inCase(char, operator)).join('');
    case '#':
    case '##':
      return trimStart(value, first, operator === '##');
    case '%':
    case '%%':
      return trimEnd(value, first, operator === '%%');
    default:
      return replaceText(value, operator, first, second);
  }
}

/** What `/`, `//`, `/#` and `/%` replace; other operators use a value as it is. */
function replaceText(value: string, operator: Operator, text: string, replacement?: string): string {
  switch (operator) {
    case '/':
      return value.replace(text, () => replacement ?? '');
    case '//':
      return replaceAll(value, text, replacement ?? '');
    case '/#':
    case '/%':
      return replacement === undefined ? value : replaceEdge(value, text, replacement, operator === '/#');
    default:
      return value;
  }
}

/** Replaces a text at the start or at the end of a value. */
function replaceEdge(value: string, edge: string, replacement: string, atStart: boolean): string {
  if (atStart) return value.startsWith(edge) ? replacement + value.slice(edge.length) : value;
  return value.endsWith(edge) ? value.slice(0, value.length - edge.length) + replacement : value;
}

/** Go changes the case of each character on its own. */
function inCase(char: string, operator: string): string {
  const changed = operator.startsWith('^') ? char.toUpperCase() : char.toLowerCase();
  return [...changed].length === 1 ? changed : char;
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

function wholeNumber(text: string): number | undefined {
  return /^[-+]?\d+$/.test(text) ? Number(text) : undefined;
}

function substring(value: Buffer, position: string, length: string | undefined): string {
  const offset = wholeNumber(position);
  const count = length === undefined ? value.length : wholeNumber(length);
  if (offset === undefined || count === undefined) return value.toString('utf8');
  const start = offset < 0 ? Math.max(value.length + offset, 0) : offset;
  if (count < 0 && start + count < value.length)
    throw new SubstitutionError(
      'the length of a substring is negative, and the controllers of Flux 2.9 do not support that',
    );
  const text = value.subarray(start, Math.max(start + count, start)).toString('utf8');
  if (text.includes('\ufffd') && !value.includes('\ufffd')) throw splitsChar('a substring');
  return text;
}

/** Removes what a pattern matches at the start: never nothing, and the shortest or the longest match. */
function trimStart(value: string, pattern: string, most: boolean): string {
  const { length, bytesLeft } = globPrefix(value, pattern, most) ?? { length: 0, bytesLeft: 0 };
  if (bytesLeft > 0) throw splitsChar('what a pattern removes');
  return value.slice(length);
}

/** Removes what a pattern matches at the end. Of a character that it splits, Go prints each byte as U+FFFD. */
function trimEnd(value: string, pattern: string, most: boolean): string {
  const text = reversed(value);
  const { length, bytesLeft } = globPrefix(text, reversed(pattern), most) ?? { length: 0, bytesLeft: 0 };
  return reversed('\ufffd'.repeat(bytesLeft) + text.slice(length));
}

function splitsChar(what: string): SubstitutionError {
  return new SubstitutionError(`${what} starts or ends inside a character, because Flux counts bytes`);
}

/** Replaces all occurrences, unless the result would be longer than an object may become. */
function replaceAll(value: string, wanted: string, replacement: string): string {
  const growth = replacement.length - wanted.length;
  if (growth > 0) {
    const count = value.split(wanted).length;
    if (value.length + count * growth > MAX_EXPANSION)
      throw new ExpansionError('a replacement makes a value larger than 4 MiB');
  }
  return value.replaceAll(wanted, () => replacement);
}
