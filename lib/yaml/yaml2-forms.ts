/** More than the indentation of any collection of an object. */
const DEEP = 200;

/** Why YAML 1.2 forbids what is directly behind quotes, brackets or a block's sign. */
const BEHIND_VALUE =
  /^(?:bad indentation of a mapping entry|end of the stream|missed comma|a line break is expected)/;

const TAG = /(?<=(?:^|[\s[{,])!)\S*/g;

/**
 * A line in a form of YAML 1.2 that means what yaml.v2 reads: lines within quotes and brackets start anywhere, tags have
 * commas and brackets, a comment follows a block's sign, a quote or a bracket at once, `\'` is a quote.
 *
 * @param reason - why YAML 1.2 forbids the line
 * @returns the line itself where yaml.v2 does not read it either
 */
export function yaml2Form(reason: string, line: string, column: number): string {
  if (reason === 'deficient indentation') return withoutTab(line, column) ?? ' '.repeat(DEEP) + line;
  if (/^tag suffix cannot|^named tag handle/.test(reason)) return line.replace(TAG, plainTag);
  if (reason === 'unknown escape sequence') return line.replace(/(?<!\\)((?:\\\\)*)\\'/g, "$1'");
  const isComment = BEHIND_VALUE.test(reason) && line[column] === '#';
  return isComment ? `${line.slice(0, column)} ${line.slice(column)}` : line;
}

/** The line with spaces in place of tabs before a column, or before the bracket there; `undefined` if there are none. */
function withoutTab(line: string, column: number): string | undefined {
  const before = line.slice(0, column).replace(/[[{]$/, '');
  const blank = before.slice(before.trimEnd().length);
  if (!blank.includes('\t')) return undefined;
  return before.trimEnd() + ' '.repeat(blank.length) + line.slice(before.length);
}

/** A tag without characters that YAML 1.2 forbids in it; the handle of a named tag stays. */
function plainTag(tag: string): string {
  const [handle = ''] = /^[\w-]*!/.exec(tag) ?? [];
  return handle + tag.slice(handle.length).replace(/[,[\]!]/g, '_');
}
