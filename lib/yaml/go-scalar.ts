import { resolveYaml11, timestampOf } from './resolve';

/** How yaml.v2 writes a string. */
export type GoStyle = 'plain' | 'single' | 'double' | 'literal';

/** YAML 1.1 numbers with colons, which yaml.v2 reads as strings but quotes anyway. */
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

const BREAK = /[\n\r\u0085\u2028\u2029]/;
const STARTS_LIKE_MARKUP = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?=[ \t\n\r\u0085\u2028\u2029]|$))/;
const HAS_MARKUP = /:(?=[ \t\n\r\u0085\u2028\u2029]|$)|(?<=[ \t\n\r\u0085\u2028\u2029])#/;
const UNPRINTABLE = /[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** The style in which yaml.v2 writes a string; a key has to stay on its line. */
export function goStyle(text: string, isKey: boolean): GoStyle {
  // yaml.v2 treats characters beyond 16 bits as unprintable; here, these are the two halves of a pair.
  const isSpecial = UNPRINTABLE.test(text) || / [\n\r\u0085\u2028\u2029]/.test(text);
  const hasBreak = BREAK.test(text);
  if (isKey && hasBreak) return 'double';
  if (text.includes('\n')) return isSpecial || text.endsWith(' ') ? 'double' : 'literal';
  if (resolvesToOther(text)) return 'double';
  const isPlain =
    !isSpecial &&
    !hasBreak &&
    !/^ | $/.test(text) &&
    !STARTS_LIKE_MARKUP.test(text) &&
    !HAS_MARKUP.test(text);
  if (isPlain) return 'plain';
  return isSpecial || /[\n\r\u0085\u2028\u2029] /.test(text) ? 'double' : 'single';
}

function resolvesToOther(text: string): boolean {
  return BASE_60.test(text) || timestampOf(text) !== undefined || typeof resolveYaml11(text) !== 'string';
}

const ESCAPES: ReadonlyMap<string, string> = new Map(
  [...'\0\x07\b\t\n\v\f\r\x1b"\\\u0085\u00a0\u2028\u2029'].map((char, index) => [
    char,
    `\\${'0abtnvfre"\\N_LP'.charAt(index)}`,
  ]),
);

/** A character as it stands in double quotes; escaped where `all` are, or it has to be. */
export function inDoubleQuotes(char: string, all: boolean): string {
  if (!all && !BREAK.test(char) && char !== '"' && char !== '\\' && !UNPRINTABLE.test(char)) return char;
  const short = ESCAPES.get(char);
  if (short !== undefined) return short;
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
