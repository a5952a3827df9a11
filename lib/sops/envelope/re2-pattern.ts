import { re2 } from './lazy-modules';

/** What tells whether a text contains a match of a pattern. */
export type Pattern = (text: string) => boolean;

const compiled = new Map<string, Pattern>();

/** Patterns of these few characters mean the same to RE2 and to JavaScript, and need no engine of their own. */
const COMMON = /^(?:[A-Za-z0-9_/ ^$|)-]|\.\*|\\\.|\\\/|\((?!\?))*$/;

/**
 * Compiles a pattern as Go's `regexp` (RE2) reads it: unanchored, without lookaround and backreferences.
 *
 * @throws Error when RE2 has no such pattern; its message says why
 */
export function compilePattern(source: string): Pattern {
  const known = compiled.get(source);
  if (known) return known;
  const pattern = COMMON.test(source) ? nativePattern(source) : re2Pattern(source);
  compiled.set(source, pattern);
  return pattern;
}

function nativePattern(source: string): Pattern {
  // `u` refuses what JavaScript would otherwise quietly take for a plain character.
  const expression = new RegExp(source, 'u');
  return (text) => expression.test(text);
}

function re2Pattern(source: string): Pattern {
  const { RE2JS } = re2();
  const expression = RE2JS.compile(source);
  return (text) => expression.matcher(text).find();
}
