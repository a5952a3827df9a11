/**
 * How a string is written, so that every reader (YAML 1.1 or 1.2, in Go, Python or JavaScript) takes it for the same
 * string, and so that kyaml, with which Flux's image automation rewrites files, leaves it as it stands.
 *
 * The rules are an allow-list: what is not plainly safe is quoted. Quoting never changes the meaning.
 */

/** Words that YAML 1.1 or 1.2 takes for booleans or null, and exponents that the package `yaml` takes for numbers. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|~|-?\.?e[-+]?[\d_]+)$/i;

/** How a plain string may begin. `-` and `.` are looked at more closely by `FIRST`. */
const FIRST =
  /^(?:[A-Za-z0-9_/$(^\\~\u00a1-\u167f\u1681-\u1fff\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdff]|--?[A-Za-z]|\.(?![0-9._]|$|inf$|nan$)|\.\.\/)/i;

/** What a plain string may consist of: printable characters that are no line break and not easily overlooked. */
const PLAIN =
  /^[\u0020-\u007e\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdff]*$/;

/** What ends a plain string or starts a comment within it. */
const PLAIN_END = /:(?: |$)| (?:#|$)/;

/**
 * Numbers and dates of YAML 1.1, YAML 1.2 and Go (`1_000`, `0777`, `0o7`, `0X1F`, `1:30`, `1e3`, `1,000`,
 * `2001-12-14`), tested after `_` is taken out.
 */
const NUMERIC =
  /^(?:[\d,]+|0[xob][\da-f.p+-]*|(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d*)?|\d+(?::\d+)+(?:\.\d*)?|\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?)$/i;

/** A text of nothing but letters, digits and signs that mean nothing where they stand here. Nearly all texts are such. */
const SIMPLE = /^[A-Za-z][\w./-]*(?::[\w./-]+)*$/;

/** The longest of the words that are no text, but for exponents. */
const MAX_WORD = 5;

/** What double quotes cannot hold as it is: yaml.v3 escapes it, and would rewrite it if it stood there raw. */
const ESCAPED =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff][\udc00-\udfff]/g;

/** The same, but for the two characters that single quotes hold raw. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSUITED_TO_SINGLE = /['\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/;

/** A surrogate without its partner: no character, and not to be written as UTF-8. */
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

/** What no comment can hold: control characters, line ends of any YAML, and surrogates without their partner. */
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

/** Whether a string is plain at first sight: without a colon, a simple one can be a key as well. */
function isSimple(text: string): boolean {
  if (!SIMPLE.test(text)) return false;
  const isExponent = text.startsWith('e') || text.startsWith('E');
  return (text.length > MAX_WORD && !isExponent) || !WORD.test(text);
}

/** Writes a string on one line: plain where that is safe, in single or double quotes otherwise. */
export function formatString(text: string): string {
  if (isPlain(text)) return text;
  if (/["\\]/.test(text) && !UNSUITED_TO_SINGLE.test(text)) return `'${text}'`;
  // yaml.v3 looks for a byte order mark at the start, wherever in the string it is, and so escapes all characters.
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
