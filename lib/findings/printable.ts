/**
 * Characters that control a terminal, end a line, or change the order of text: controls (C0, DEL, C1), line and
 * paragraph separators, and Unicode's marks and overrides of direction. Half of a surrogate pair is not a character.
 */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;
/** The same for a text of several lines, which may contain line ends, tabs, and the colours that we print. */
const UNPRINTABLE_IN_LINES =
  // eslint-disable-next-line no-control-regex -- the escape character starts a colour
  /\u001b\[\d+m|(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** Text that runners of GitHub, Azure and TeamCity obey at the start of a line, or anywhere in a line. */
const COMMAND_AT_START = /^([^\S\n]*)::/gm;
const COMMAND = /##(?=\[|vso\[|teamcity\[)/g;

/**
 * A name, path or message as one line that is safe to print: what a terminal would obey is written as an escape, for
 * example `\x1b` or `\u202e`.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/**
 * Lines that are safe to print. Whatever names and paths of a stranger's repository hold, no line steers a terminal,
 * and none is a command to the runner that reads the log.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function printableLines(text: string): string {
  return text
    .replace(UNPRINTABLE_IN_LINES, (found) => (found.length > 2 ? found : escaped(found)))
    .replace(COMMAND_AT_START, '$1\\::')
    .replace(COMMAND, '#\\#');
}

/** Data as JSON of several lines, which says the same and is as safe to print as `printableLines`. */
export function printableJson(data: unknown): string {
  const json = JSON.stringify(data, null, 2);
  const safe = json.replace(UNPRINTABLE_IN_LINES, (found) => jsonEscape(found));
  return `${safe.replace(COMMAND, `#${jsonEscape('#')}`)}\n`;
}

function escaped(character: string): string {
  const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  const code = character.charCodeAt(0);
  return named ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`);
}

function jsonEscape(character: string): string {
  return `\\u${hex(character.charCodeAt(0), 4)}`;
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}
