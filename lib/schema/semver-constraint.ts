/*
 * Flux reads version ranges by github.com/Masterminds/semver. Its language is not npm's: commas join conditions, `=<`
 * and `=>` are operators, parts may be left out, and a caret may stand before a wildcard (docs/adr/0005).
 */
const OPERATOR = '(?:<=|=<|>=|=>|!=|~>|=|<|>|~|\\^)';
const NUMBER = '[0-9xX*|]+';
const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const VERSION = `v?(${NUMBER})(?:(\\.${NUMBER})(\\.${NUMBER})?)?(?:-(${IDENTIFIERS}))?(?:\\+(${IDENTIFIERS}))?`;
const BLANK = '[\\t\\n\\f\\r ]';
/** Each part can be read in only one way: with two, the time would double with every condition of an invalid range. */
const CONDITION = `(?:${OPERATOR}${BLANK}*)?${VERSION}`;
const ALL_OF = new RegExp(
  `^${BLANK}*${CONDITION}(?:(?:${BLANK}*,${BLANK}*|${BLANK}+)${CONDITION})*${BLANK}*$`,
);
const ONE = new RegExp(CONDITION, 'g');
const RANGE = new RegExp(`${BLANK}*(${VERSION})${BLANK}+-${BLANK}+(${VERSION})${BLANK}*`, 'g');
const MAX_LENGTH = 512;
const MAX_ALTERNATIVES = 32;
const MAX_NUMBER = 2n ** 64n - 1n;

/** What is wrong with a version range, such as `>=1.2.0 <2.0.0 || ^3`; `undefined` when nothing is. */
export function constraintProblem(text: string): string | undefined {
  if (Buffer.byteLength(text) > MAX_LENGTH) return `it has more than ${MAX_LENGTH} characters`;
  const alternatives = text.replace(RANGE, rewriteRange).split('||');
  if (alternatives.length > MAX_ALTERNATIVES) return `it has more than ${MAX_ALTERNATIVES} alternatives`;
  for (const alternative of alternatives) {
    if (!ALL_OF.test(alternative))
      return `${JSON.stringify(alternative.trim())} is not a valid version range`;
    for (const match of alternative.matchAll(ONE)) {
      if (!isVersion(match.slice(1, 6))) return `${JSON.stringify(match[0])} is not a version`;
    }
  }
  return undefined;
}

/** `1.2 - 3` means `>=1.2 <=3`. */
function rewriteRange(_whole: string, ...groups: string[]): string {
  return `>=${groups[0]}, <=${groups[6]}`;
}

/** Whether the parts up to the first wildcard are numbers that fit, and the pre-release has no leading zeros. */
function isVersion([major, minor, patch, preRelease]: readonly (string | undefined)[]): boolean {
  for (const part of [major, minor, patch]) {
    const number = part?.replace('.', '') ?? '';
    if (number === '' || /^[xX*]$/.test(number)) break;
    if (!/^\d+$/.test(number) || BigInt(number) > MAX_NUMBER) return false;
  }
  return (preRelease ?? '').split('.').every((part) => !/^0\d+$/.test(part));
}
