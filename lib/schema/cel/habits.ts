import { didYouMean, isMisspelling, nearestHint } from '../../findings/nearest-name';

/** What other languages write where an expression stops being valid, and what CEL has instead. */
const SIGNS: readonly (readonly [before: RegExp, after: RegExp, hint: string])[] = [
  [/\bnot\s*$/i, /^/, 'write "!" instead of "not"'],
  [/<$/, /^>/, 'write "!=" instead of "<>"'],
  [/==$/, /^=/, 'write "==" instead of "==="'],
  [/^/, /^=>/, 'write ">=" instead of "=>"'],
  [/^/, /^=/, 'write "==" to compare'],
  [/^/, /^and\b/i, 'write "&&" instead of "and"'],
  [/^/, /^or\b/i, 'write "||" instead of "or"'],
  [/^/, /^&/, 'write "&&" instead of "&"'],
  [/^/, /^\|/, 'write "||" instead of "|"'],
  [/^/, /^[‘’“”]/, "use straight quotes, such as 'True'"],
  [/^/, /^\$/, 'start with a field, such as status.phase, without "$"'],
];

/** What to write instead where an expression stops being valid; `undefined` if that is no habit from another language. */
export function habitHint(text: string, offset: number): string | undefined {
  if (text.includes('{{')) return 'write the expression without "{{" and "}}": it is not a template';
  const [start, end] = [text.slice(Math.max(0, offset - 8), offset), text.slice(offset)];
  return SIGNS.find(([before, after]) => before.test(start) && after.test(end))?.[2];
}

/** Functions of other languages, with those of CEL. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['count', 'size()'],
  ['isEmpty', 'size()'],
  ['len', 'size()'],
  ['length', 'size()'],
  ['not', '"!"'],
  ['toLower', 'lowerAscii()'],
  ['toLowerCase', 'lowerAscii()'],
  ['toUpper', 'upperAscii()'],
  ['toUpperCase', 'upperAscii()'],
]);

/** What to write instead of a function that is not known. Short names resemble too many. */
export function functionHint(name: string, known: readonly string[], otherwise: string): string {
  const other = FUNCTIONS.get(name);
  if (other !== undefined) return `use ${other}`;
  if (name.length > 4) return nearestHint(name, known, otherwise);
  const meant = known.find((one) => isMisspelling(name, one));
  return meant === undefined ? otherwise : didYouMean(meant);
}
