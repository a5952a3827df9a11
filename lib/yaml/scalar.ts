/**
 * How a string is written, so that every reader (YAML 1.1 or 1.2, in Go, Python or JavaScript) reads the same string,
 * and so that kyaml, with which Flux's image automation rewrites files, does not change it. The rules are an
 * allow-list: text that is not plainly safe is quoted. Quoting never changes the meaning.
 */

/** Words that YAML 1.1 or 1.2 reads as booleans or null, and exponents that the package `yaml` reads as numbers. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|~|-?\.?e[-+]?[\d_]+)$/i;

/** Allowed first characters of a plain string. `FIRST` checks `-` and `.` more closely. */
const FIRST =
  /^(?:[A-Za-z0-9_/$(^\\~\u00a1-\u167f\u1681-\u1fff\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdff]|--?[A-Za-z]|\.(?![0-9._]|$|inf$|nan$)|\.\.\/)/i;

/** Allowed characters of a plain string: printable characters that are not line breaks and not easily overlooked. */
const PLAIN =
  /^[\u0020-\u007e\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdff]*$/;

/** Text that ends a plain string or starts a comment within it. */
const PLAIN_END = /:(?: |$)| (?:#|$)/;

/**
 * Numbers and dates of YAML 1.1, YAML 1.2 and Go (`1_000`, `0777`, `0o7`, `0X1F`, `1:30`, `1e3`, `1,000`,
 * `2001-12-14`), tested after `_` is taken out.
 */
const NUMERIC =
  /^(?:[\d,]+|0[xob][\da-f.p+-]*|(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d*)?|\d+(?::\d+)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?)$/i;

/** A text of only letters, digits and signs without a meaning at their position. Nearly all texts are like this. */
const SIMPLE = /^[A-Za-z][\w./-]*(?::[\w./-]+)*$/;

/** The length of the longest word that is not a string, except exponents. */
const MAX_WORD = 5;

/** Characters that double quotes cannot contain unescaped: yaml.v3 escapes them, and would rewrite an unescaped one. */
const ESCAPED =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff][\udc00-\udfff]/g;

/** The same, except for the two characters that single quotes can contain. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSUITED_TO_SINGLE = /['\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/;

/** A surrogate without its partner: it is not a character, and cannot be written as UTF-8. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0085', '\\N'],
  ['\u00a0', '\\_'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

/**
 * Characters that a comment cannot contain: control characters, line ends of any YAML, and surrogates without their
 * partner.
 */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNFIT_FOR_COMMENT = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;

/** Whether a text can stand in a comment, on one line. */
export function fitsComment(text: string): boolean {
  return !UNFIT_FOR_COMMENT.test(text) && !hasLoneSurrogate(text);
}

/** Whether a string has a surrogate without its partner, which no file in UTF-8 can hold. */
export function hasLoneSurrogate(text: string): boolean {
  return LONE_SURROGATE.test(text);
}

/** Whether a string is obviously plain: without a colon, such a string can also be a key. */
function isSimple(text: string): boolean {
  if (!SIMPLE.test(text)) return false;
  const isExponent = text.startsWith('e') || text.startsWith('E');
  return (text.length > MAX_WORD && !isExponent) || !WORD.test(text);
}

/** Writes a string on one line: plain where that is safe, in single or double quotes otherwise. */
export function formatString(text: string): string {
  if (isPlain(text)) return text;
  if (/["\\]/.test(text) && !UNSUITED_TO_SINGLE.test(text)) return `'${text}'`;
  // yaml.v3 checks for a byte order mark only at the start of its buffer, wherever that is in the string, so we escape
  // all of them.
  const unsuited = text.startsWith('\ufeff') ? /./gsu : ESCAPED;
  return `"${text.replace(unsuited, escape)}"`;
}

function isPlain(text: string): boolean {
  if (isSimple(text)) return true;
  if (!FIRST.test(text) || !PLAIN.test(text) || PLAIN_END.test(text) || WORD.test(text)) return false;
  const first = text.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  return !isDigit || !NUMERIC.test(text.includes('_') ? text.replaceAll('_', '') : text);
}

function escape(character: string): string {
  const short = ESCAPES.get(character);
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
