/**
 * Text that a literal block cannot contain, or that kyaml would change: a tab at the start (kyaml forgets the
 * indentation hint that it needs), a blank before a line end, characters that must be escaped, line ends that only YAML
 * 1.1 has, and text that contains only blanks and line ends.
 */
const UNFIT =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /^\t|[ \t](?:\n|$)|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|^\n*$/;

/**
 * Writes a string of several lines as a literal block, from the `|` on and without the last line end; `undefined` when
 * it must be quoted.
 *
 * A text that starts with a space or an empty line gets the indentation hint that kyaml gives it.
 */
export function formatBlock(text: string, pad: string): string | undefined {
  if (UNFIT.test(text)) return undefined;
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const isEnded = text.endsWith('\n');
  const chomping = text.endsWith('\n\n') ? '+' : isEnded ? '' : '-';
  const body = isEnded ? text.slice(0, -1) : text;
  return `|${hint}${chomping}\n${body.replace(/^(?=.)/gm, pad)}`;
}
