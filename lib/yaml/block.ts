/**
 * What a literal block cannot hold, or kyaml would not leave in one: a first line that is empty or starts with a blank
 * (it would need an indentation hint), a blank before a line end, more than one line end at the end, characters that
 * must be escaped, and line ends that only YAML 1.1 has.
 */
const UNFIT =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /^[ \t\n]|[ \t](?:\n|$)|\n\n$|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/;

/**
 * Writes a string of several lines as a literal block, from the `|` on and without the last line end; `undefined` when
 * it must be quoted.
 */
export function formatBlock(text: string, pad: string): string | undefined {
  if (UNFIT.test(text)) return undefined;
  const isClipped = text.endsWith('\n');
  const body = isClipped ? text.slice(0, -1) : text;
  return `${isClipped ? '|' : '|-'}\n${body.replace(/^(?=.)/gm, pad)}`;
}
