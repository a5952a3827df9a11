/**
 * What js-yaml says of a syntax error, without what it quotes of the file: a name, a tag or a handle there may be a
 * secret that somebody forgot to put in quotes.
 */
export function syntaxReason(reason: string): string {
  return reason.replace(/ ?"[^]*"/, '').replace(/: [^]*$/, '');
}
