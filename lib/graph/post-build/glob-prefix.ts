import { SubstitutionError } from './envsubst-template';

/** Whether a character matches a part of a pattern. */
type Fits = (char: string) => boolean;

/** A part of a pattern: a star, or one that matches a single character. */
type Token = '*' | Fits;

/** How many steps a search may take. A text of 1 MiB with a pattern of 50 characters stays below this. */
const MAX_STEPS = 64 * 1024 * 1024;

/** A prefix that a pattern matches. */
interface GlobPrefix {
  /** The length of the text up to the end of the prefix, with the whole of its last character. */
  readonly length: number;
  /** How many bytes of the last character the prefix leaves, because Go looks at each byte. */
  readonly bytesLeft: number;
}

/** What Go reads in place of a part of a character; the second character keeps it from being equal to one of a pattern. */
const PART = '\ufffd ';

/**
 * Finds the prefix of a text that a pattern of Go's `path.Match` matches, in which `*` also matches `/`. It walks over
 * the text once, with all places of the pattern at which it may be.
 *
 * @param most - whether the longest prefix is wanted, instead of the shortest
 * @returns a prefix of at least one byte; `undefined` where there is none
 * @throws SubstitutionError where text and pattern are too long
 */
export function globPrefix(text: string, pattern: string, most: boolean): GlobPrefix | undefined {
  const tokens = globTokens(pattern);
  if (!tokens) return undefined;
  if (text.length * tokens.length > MAX_STEPS)
    throw new SubstitutionError(
      `the pattern (${pattern.length} characters) and the value (${text.length} characters) are too long to match`,
    );
  let places: Uint8Array = new Uint8Array(tokens.length + 1);
  places[0] = 1;
  let length = 0;
  let found: GlobPrefix | undefined;
  for (const char of text) {
    length += char.length;
    const inside = withinChar(char, places, tokens, most);
    if (inside !== undefined) found = { length, bytesLeft: inside };
    if (inside !== undefined && !most) break;
    places = step(skipStars(places, tokens), tokens, char);
    if (!places.includes(1)) break;
    if (skipStars(places, tokens)[tokens.length] !== 1) continue;
    found = { length, bytesLeft: 0 };
    if (!most) break;
  }
  return found;
}

/** How many bytes are left of a character if the pattern matches up to one of its other bytes. */
function withinChar(
  char: string,
  before: Uint8Array,
  tokens: readonly Token[],
  most: boolean,
): number | undefined {
  if (char <= '\x7f') return undefined;
  let places = before;
  let found: number | undefined;
  for (let left = Buffer.byteLength(char) - 1; left > 0; left -= 1) {
    places = step(skipStars(places, tokens), tokens, PART);
    if (skipStars(places, tokens)[tokens.length] !== 1) continue;
    found = left;
    if (!most) break;
  }
  return found;
}

/** A star may also match nothing. */
function skipStars(places: Uint8Array, tokens: readonly Token[]): Uint8Array {
  tokens.forEach((token, place) => {
    if (token === '*' && places[place] === 1) places[place + 1] = 1;
  });
  return places;
}

function step(places: Uint8Array, tokens: readonly Token[], char: string): Uint8Array {
  const next = new Uint8Array(places.length);
  tokens.forEach((token, place) => {
    if (places[place] !== 1) return;
    if (token === '*') next[place] = 1;
    else if (token(char)) next[place + 1] = 1;
  });
  return next;
}

/** The parts of a pattern; `undefined` for one that is not well-formed. */
function globTokens(pattern: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (const [part] of pattern.matchAll(/\\[^]|\[\^?(?:\\[^]|[^\]\\])(?:\\[^]|[^\]\\])*\]|[^]/gu)) {
    if (part === '\\' || part === '[') return undefined;
    tokens.push(tokenOf(part));
  }
  return tokens;
}

function tokenOf(part: string): Token {
  if (part === '*') return part;
  if (part === '?') return () => true;
  if (part.startsWith('[')) return classOf(part);
  const wanted = part.startsWith('\\') ? part.slice(1) : part;
  return (char) => char === wanted;
}

/** `[a-z]` and `[^a-z]`; a range that ends before it begins matches nothing. */
function classOf(part: string): Fits {
  const isNegated = part[1] === '^';
  const chars = (part.slice(isNegated ? 2 : 1, -1).match(/\\[^]|[^]/gu) ?? []).map((char) => ({
    char: char.startsWith('\\') ? char.slice(1) : char,
    isRange: char === '-',
  }));
  const ranges: [low: number, high: number][] = [];
  for (let index = 0; index < chars.length; index += 1) {
    const low = codeOf(chars[index]?.char);
    const isRange = chars[index + 1]?.isRange === true && index + 2 < chars.length;
    ranges.push([low, isRange ? codeOf(chars[index + 2]?.char) : low]);
    if (isRange) index += 2;
  }
  return (char) => ranges.some(([low, high]) => codeOf(char) >= low && codeOf(char) <= high) !== isNegated;
}

function codeOf(char: string | undefined): number {
  return char?.codePointAt(0) ?? -1;
}
