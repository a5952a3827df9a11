// Translates the regular expressions of schemas from RE2, which the API server uses, to JavaScript with the flag `u`.
// It supports only syntax that means the same in both, or that has an equivalent; the rest fails.

const PART = new RegExp(
  [
    String.raw`\\[.\\/\-+*?()[\]{}^$|]`, // an escaped punctuation character
    String.raw`\[\^?(?:\\[.\\/\-+*?()[\]{}^$|]|[^\\[\]])+\]`, // a class without named parts
    String.raw`\(\?:`,
    String.raw`\{\d+(?:,\d*)?\}`,
    '[()*+?|^$.]',
    String.raw`[^\\()[\]{}*+?|^$.]`, // a letter that means itself
  ].join('|'),
  'uy',
);

/**
 * @throws Error at a syntax that is not known to mean the same in JavaScript
 */
export function translatePattern(pattern) {
  let result = '';
  PART.lastIndex = 0;
  while (PART.lastIndex < pattern.length) {
    const at = PART.lastIndex;
    const part = PART.exec(pattern)?.[0];
    if (part === undefined) throw new Error(`pattern ${pattern}: unknown at ${pattern.slice(at)}`);
    // RE2's dot excludes the line feed only, JavaScript's also carriage return and two separators.
    result += part === '.' ? String.raw`[^\n]` : part;
  }
  new RegExp(result, 'u');
  return result;
}
