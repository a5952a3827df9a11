/** More than the indentation of any collection of an object. */
const DEEP = 200;

const TAG = /(?<=(?:^|[\s[{,])!)\S*/g;

/**
 * A line in a form of YAML 1.2 that means what yaml.v2 reads: lines within quotes and brackets start anywhere, tags have
 * commas and brackets, a comment follows a block's sign or a quote at once, `\'` is a quote.
 *
 * @param reason - why YAML 1.2 forbids the line
 * @returns the line itself where yaml.v2 does not read it either
 */
export function yaml2Form(reason: string, line: string, column: number): string {
  if (reason === 'deficient indentation')
    return line.includes('\t') ? line.replaceAll('\t', ' ') : ' '.repeat(DEEP) + line;
  if (/^tag suffix cannot|^named tag handle/.test(reason)) return line.replace(TAG, plainTag);
  if (reason === 'a line break is expected') return line.replace(/([|>][-+\d]*)#/, '$1 #');
  if (reason === 'unknown escape sequence') return line.replace(/(?<!\\)((?:\\\\)*)\\'/g, "$1'");
  const isComment = reason === 'bad indentation of a mapping entry' && line[column] === '#';
  return isComment ? `${line.slice(0, column)} ${line.slice(column)}` : line;
}

/** A tag without characters that YAML 1.2 forbids in it; the handle of a named tag stays. */
function plainTag(tag: string): string {
  return /^[\w-]*!/.test(tag) ? tag : tag.replace(/[,[\]!]/g, '_');
}
