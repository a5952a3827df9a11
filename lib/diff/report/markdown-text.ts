import { printable } from '../../findings/printable';
import { shortened } from './field-text';

/** How much of a name, path or value a report shows. */
const MAX_CODE = 160;
/** How much of a message a report shows. */
const MAX_PROSE = 600;

/**
 * A word that is harmless everywhere: letters and digits, with punctuation only at its ends. Anything else could be a
 * link, a mention, a reference to an issue or a commit, an emoji, a formula, HTML or Markdown.
 */
const PLAIN_WORD = /^[("]*[A-Za-z0-9]+(?:['-][A-Za-z]+)*[)",;:.?!]*$/;
/** Words that code hosts still turn into links: hashes of commits. */
const HASH = /^\W*[0-9a-f]{7,}\W*$/i;

/**
 * Characters that a code span between backticks cannot contain, that split a cell of a table, or that form a command to
 * a CI runner.
 */
const NEEDS_ENTITIES = /[`$|\\]|##|::/;

/**
 * A name, path or value from a manifest as code. GitHub and GitLab look for no mention, issue, link or emoji within code.
 * Text that no code span can hold is written as HTML in which every sign is a numeric reference, which CommonMark takes
 * for the sign and never for structure.
 *
 * @see https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
export function code(text: string, limit = MAX_CODE): string {
  const shown = shortened(printable(text), limit);
  if (shown.trim() === '' || NEEDS_ENTITIES.test(shown)) return `<code>${entities(shown)}</code>`;
  return `\`${shown}\``;
}

/** A message as text in which all words that are more than words are code. */
export function prose(text: string): string {
  const words = shortened(printable(text), MAX_PROSE).split(' ').filter(Boolean);
  const runs: { isCode: boolean; words: string[] }[] = [];
  for (const word of words) {
    const isCode = !PLAIN_WORD.test(word) || HASH.test(word);
    const last = runs.at(-1);
    if (last?.isCode === isCode) last.words.push(word);
    else runs.push({ isCode, words: [word] });
  }
  return runs.map((run) => (run.isCode ? codeOfWords(run.words.join(' ')) : run.words.join(' '))).join(' ');
}

/** Words as code, with quotes and punctuation left outside. */
function codeOfWords(text: string): string {
  const [, open = '', inner = text, close = ''] = /^("?)([^"]*[^",;:.?!])("?[,;:.]?)$/.exec(text) ?? [];
  const isQuoted = open !== '' && close.startsWith('"');
  if (isQuoted) return code(inner, MAX_PROSE) + close.slice(1);
  return open === '' && !close.startsWith('"') ? code(inner, MAX_PROSE) + close : code(text, MAX_PROSE);
}

function entities(text: string): string {
  // eslint-disable-next-line no-control-regex -- every sign of ASCII that is no letter, digit or space
  return text.replace(/[\x00-\x7f]/g, (sign) =>
    /[A-Za-z0-9 ]/.test(sign) ? sign : `&#${sign.charCodeAt(0)};`,
  );
}
