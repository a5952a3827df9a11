import { CelSyntaxError } from './ast';
import { unescapeString } from './strings';

/** The smallest parts of an expression. */
export type TokenType = 'name' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'sign' | 'end';

/** One token; `value` is what a literal means, the text for the others. */
export interface Token {
  readonly type: TokenType;
  readonly value: string;
  readonly offset: number;
}

const BLANK = /(?:[\t\n\f\r ]|\/\/[^\n]*)+/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER =
  /0x[0-9a-fA-F]+[uU]?|(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)|\d+[uU]?/y;
const QUOTED =
  /(?:[bB]?[rR]?)(?:"""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''|"(?:[^"\\\n\r]|\\[^\n\r])*"|'(?:[^'\\\n\r]|\\[^\n\r])*')/y;
const RAW = /[bB]?[rR](?:"""[^]*?"""|'''[^]*?'''|"[^"\n\r]*"|'[^'\n\r]*')/y;
const SIGN = /==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()[\]{}]/y;

/**
 * Splits an expression into tokens.
 *
 * @throws CelSyntaxError at a character that starts no token
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    offset += match(BLANK, text, offset)?.length ?? 0;
    if (offset >= text.length) break;
    const token = readToken(text, offset);
    tokens.push(token.token);
    offset += token.length;
  }
  tokens.push({ type: 'end', value: '', offset });
  return tokens;
}

function readToken(text: string, offset: number): { token: Token; length: number } {
  const quoted = match(RAW, text, offset) ?? match(QUOTED, text, offset);
  if (quoted !== undefined) return { token: quotedToken(quoted, offset), length: quoted.length };
  const name = match(NAME, text, offset);
  if (name !== undefined) return { token: { type: 'name', value: name, offset }, length: name.length };
  const number = match(NUMBER, text, offset);
  if (number !== undefined) return { token: numberToken(number, offset), length: number.length };
  const sign = match(SIGN, text, offset);
  if (sign !== undefined) return { token: { type: 'sign', value: sign, offset }, length: sign.length };
  throw new CelSyntaxError(
    `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(offset)!))}`,
    offset,
  );
}

function quotedToken(source: string, offset: number): Token {
  const prefix = /^[a-z]*/i.exec(source)![0].toLowerCase();
  const body = source.slice(prefix.length);
  const width = /^("""|''')/.test(body) ? 3 : 1;
  const inner = body.slice(width, body.length - width);
  const bytes = prefix.includes('b');
  const value = prefix.includes('r') ? inner : unescapeString(inner, bytes, offset);
  return { type: bytes ? 'bytes' : 'string', value, offset };
}

function numberToken(text: string, offset: number): Token {
  if (!text.startsWith('0x') && /[.e]/i.test(text)) return { type: 'double', value: text, offset };
  const unsigned = /u$/i.test(text);
  return { type: unsigned ? 'uint' : 'int', value: unsigned ? text.slice(0, -1) : text, offset };
}

function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}
