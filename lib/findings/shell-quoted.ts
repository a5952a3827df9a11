/** A text as a word of a command line that is to be copied into a shell. */
export function shellQuoted(text: string): string {
  return /^[-\w./+@=:,]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
