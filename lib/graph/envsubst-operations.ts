import type { Operator } from './envsubst-template';

/** A variable's value after an operation. Positions and lengths count bytes, as in Go. */
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
      return reversed(trimStart(reversed(value), reversed(first), operator === '%%'));
    case '/':
      return value.replace(first, () => second ?? '');
    case '//':
      return value.replaceAll(first, () => second ?? '');
    case '/#':
      return second !== undefined && value.startsWith(first) ? second + value.slice(first.length) : value;
    case '/%':
      return second !== undefined && value.endsWith(first)
        ? value.slice(0, value.length - first.length) + second
        : value;
    default:
      return value;
  }
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
  const end = count < 0 ? value.length + count : start + count;
  return end < start ? '' : value.subarray(start, end).toString('utf8');
}

/** Takes away what a pattern matches at the start: never nothing, and the least or the most of it. */
function trimStart(value: string, pattern: string, most: boolean): string {
  const expression = globExpression(pattern);
  if (!expression) return value;
  const lengths = Array.from({ length: value.length }, (_, index) =>
    most ? value.length - index : index + 1,
  );
  const length = lengths.find((count) => expression.test(value.slice(0, count)));
  return length === undefined ? value : value.slice(length);
}

/** A pattern of Go's `path.Match` in which `*` also matches `/`; `undefined` for one that is not well-formed. */
function globExpression(pattern: string): RegExp | undefined {
  const tokens = pattern.match(/\\[^]|\[\^?(?:\\[^]|[^\]\\])(?:\\[^]|[^\]\\])*\]|[^]/gu) ?? [];
  if (tokens.some((token) => token === '\\' || token === '[')) return undefined;
  return new RegExp(`^${tokens.map(tokenExpression).join('')}$`, 'su');
}

function tokenExpression(token: string): string {
  if (token === '*') return '.*';
  if (token === '?') return '.';
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  if (token.startsWith('\\')) return escaped(token.slice(1));
  if (!token.startsWith('[') || token.length === 1) return escaped(token);
  const isNegated = token[1] === '^';
  return `[${isNegated ? '^' : ''}${token.slice(isNegated ? 2 : 1, -1).replace(/[[^&~|]/g, '\\$&')}]`;
}
