import type { RE2JS } from 're2js';
import { goRegexSize } from './go-regex-size';
import { lazy } from './lazy';

/** Tells whether a text contains a match of an expression. */
export type GoRegex = (text: string) => boolean;

/** Thrown for an expression that Go refuses. */
export class GoRegexError extends Error {}

/** Expressions that Go obviously accepts. */
const VALID = /^\^?(?:[\w\-/:@ ,]|\\[.+*?$^()[\]{}|-]|\.[*+]?)*\$?$/;
/** Texts with anything between them, which need no engine. */
const PIECES = /^\^?(?:[\w /,:@=-]|\\[./-]|\.\*)*\$?$/;
/** A choice of texts with anchors, which also needs no engine. */
const CHOICE = /^(\^?)\(((?:[\w /,:@=|-]|\\[./-])*)\)(\$?)$/;
/** Texts that match only themselves. */
const LITERAL = /^(?:[\w /,:@=-]|\\[./-])*$/;
/** Texts with anything between them, without anchors. */
const INNER_PIECES = /^(?:[\w /,:@=-]|\\[./-]|\.\*)*$/;
/**
 * How many steps the repetitions of an expression may add up to. Go allows more, at a cost that is too high for a
 * pattern of names.
 */
const MAX_SIZE = 20_000;
/** How many expressions are cached, so that a repository full of them does not fill the memory. */
const MAX_KNOWN = 1_000;
/** How many steps these may add up to. */
const MAX_KNOWN_SIZE = 200_000;
const known = new Map<string, GoRegex | GoRegexError>();
// eslint-disable-next-line no-restricted-syntax -- bounds the memory of the whole process
let knownSize = 0;

// eslint-disable-next-line @typescript-eslint/no-require-imports -- a quarter of a megabyte, loaded when needed
const engine = lazy(() => (require('re2js') as { RE2JS: typeof RE2JS }).RE2JS);

/**
 * A regular expression as Go's package `regexp` (RE2) reads it: without lookaround and backreferences, and unanchored.
 * Searching takes time that is linear in the text, whatever the expression, so that it may come from anyone.
 *
 * @throws GoRegexError when Go refuses the expression
 */
export function goRegex(source: string): GoRegex {
  let found = known.get(source);
  if (found === undefined) {
    const limit = source.length + MAX_SIZE;
    const size = goRegexSize(source, limit);
    found = size < limit ? read(source) : new GoRegexError(TOO_LARGE);
    if (known.size >= MAX_KNOWN || knownSize >= MAX_KNOWN_SIZE) forget();
    knownSize += size;
    known.set(source, found);
  }
  if (found instanceof GoRegexError) throw found;
  return found;
}

const TOO_LARGE = `it is too large: its repetitions have more than ${MAX_SIZE} steps`;

function read(source: string): GoRegex | GoRegexError {
  return PIECES.test(source) ? inPieces(source) : (choiceOf(source) ?? compile(source));
}

function forget(): void {
  known.clear();
  knownSize = 0;
}

/** A regular expression of Go that must match a text as a whole, as kustomize anchors those of a patch's target. */
export function goRegexOfAll(source: string): GoRegex {
  if (INNER_PIECES.test(source)) return goRegex(`^${source}$`);
  const choice = source.replace(/^\((?:\?:)?([^()]*)\)$/, '$1');
  return goRegex(LITERAL.test(choice.replaceAll('|', '')) ? `^(${choice})$` : `^(?:${source})$`);
}

/** Why Go refuses a regular expression; `undefined` when it does not. */
export function goRegexProblem(source: string): string | undefined {
  if (VALID.test(source)) return undefined;
  try {
    goRegex(source);
    return undefined;
  } catch (error) {
    if (error instanceof GoRegexError) return error.message;
    throw error;
  }
}

/** Looks for each text after the previous one. This is enough, because anything may be between them. */
function inPieces(source: string): GoRegex {
  const [start, end] = [source.startsWith('^'), source.endsWith('$')];
  const body = source.slice(start ? 1 : 0, end ? -1 : undefined);
  const texts = body.split('.*').map((text) => text.replaceAll('\\', ''));
  const last = end ? texts.pop() : undefined;
  if (start && end && texts.length === 0) return (text) => text === last;
  let expression: GoRegex | undefined;
  return (text) => {
    // A dot does not match a line break.
    if (text.includes('\n')) return (expression ??= compiled(source))(text);
    let position = 0;
    for (const [index, piece] of texts.entries()) {
      const found = start && index === 0 ? (text.startsWith(piece) ? 0 : -1) : text.indexOf(piece, position);
      if (found < 0) return false;
      position = found + piece.length;
    }
    return last === undefined || (text.length - last.length >= position && text.endsWith(last));
  };
}

function choiceOf(source: string): GoRegex | undefined {
  const [, start, choice, end] = CHOICE.exec(source) ?? [];
  if (choice === undefined) return undefined;
  const texts = choice.split('|').map((text) => text.replaceAll('\\', ''));
  if (start && end) return (text) => texts.includes(text);
  if (start) return (text) => texts.some((part) => text.startsWith(part));
  if (end) return (text) => texts.some((part) => text.endsWith(part));
  return (text) => texts.some((part) => text.includes(part));
}

function compiled(source: string): GoRegex {
  const expression = compile(source);
  if (expression instanceof GoRegexError) throw expression;
  return expression;
}

function compile(source: string): GoRegex | GoRegexError {
  try {
    // Go allows two groups with the same name, which this engine does not; names change nothing else.
    const expression = engine().compile(
      source.replace(/\\[^]|\(\?P?<[A-Za-z0-9_]+>/g, (part) => (part.startsWith('(') ? '(' : part)),
    );
    return (text) => expression.test(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new GoRegexError(reason.replace(/^error parsing regexp: /, ''));
  }
}
