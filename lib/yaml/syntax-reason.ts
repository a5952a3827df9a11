/** js-yaml's messages for common mistakes, in words that name the mistake. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['deficient indentation', 'a bracket or quote above is not closed, or the line is not indented enough'],
]);

/**
 * What js-yaml says of a syntax error, without what it quotes of the file: a name, a tag or a handle there may be a
 * secret that somebody forgot to put in quotes.
 */
export function syntaxReason(reason: string): string {
  const said = REASONS.get(reason);
  if (said !== undefined) return said;
  return reason.replace(/ ?"[^]*"/, '').replace(/: [^]*$/, '');
}
