import { distance } from 'fastest-levenshtein';

/** How many letters may be off in a mistyped name: a third of them, and two as they may be swapped. */
export function lettersOff(mistyped: string): number {
  return Math.max(2, Math.floor(mistyped.length / 3));
}

/** Whether few letters of a name are off, whatever they mean: enough to take two names that appear together for one. */
export function isSimilar(mistyped: string, name: string): boolean {
  const letters = distance(mistyped.toLowerCase(), name.toLowerCase());
  return letters <= lettersOff(mistyped) && letters < name.length;
}

/** The name that was most likely meant by a mistyped one. To ask for many, make a `NameIndex`. */
export function nearestName(mistyped: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = lettersOff(mistyped) + 1;
  for (const name of names) {
    if (name === mistyped) return name;
    const letters = distance(mistyped.toLowerCase(), name.toLowerCase());
    if (letters < least && letters < name.length && isPlausible(mistyped, name))
      [best, least] = [name, letters];
  }
  return best;
}

/**
 * Whether a name with few other letters may be meant by a mistyped one. Names with another number, with another word, such as
 * `team-red` and `team-blue`, or with one word less, are those of two things.
 */
export function isPlausible(mistyped: string, name: string): boolean {
  const [words, others] = [mistyped, name].map(wordsOf) as [string[], string[]];
  if (words.length !== others.length) return !isWithin(others, words);
  const isAlone = words.length === 1;
  return words.every((word, index) => {
    const other = others[index] ?? '';
    return word === other || (isNear(word, other) && (isAlone || !isShort(word, other)));
  });
}

/** Whether a word may be another one, mistyped: a third of the letters may be off, or two of them swapped. */
function isNear(word: string, other: string): boolean {
  const most = Math.floor(Math.max(word.length, other.length) / 3);
  const letters = distance(word, other);
  return !isOtherNumber(word, other) && (letters <= most || (letters === 2 && isSwapped(word, other)));
}

/** Whether two different words of a name are so short that they are likely to be the names of two things. */
function isShort(word: string, other: string): boolean {
  const lengths = [word.length, other.length];
  return Math.min(...lengths) < 3 || Math.max(...lengths) === 3;
}

/** Whether all words are among others, in their order. */
function isWithin(words: readonly string[], others: readonly string[]): boolean {
  let found = 0;
  for (const other of others) if (other === words[found]) found += 1;
  return found === words.length;
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[-_./:]/);
}

/**
 * Whether a name is surely another one, mistyped: one letter is off, or two are swapped. Names that differ only in a number
 * or in a part of one or two letters, as `team-a` and `team-b` do, or in one of three, as `site-fra` and `site-frb` do, are
 * those of two things.
 */
export function isMisspelling(mistyped: string, name: string): boolean {
  const [one, other] = [mistyped, name].map((text) => text.toLowerCase()) as [string, string];
  if (Math.min(one.length, other.length) < 4 && one.length === other.length) return false;
  const letters = distance(one, other);
  return (letters === 1 || (letters === 2 && isSwapped(one, other))) && !areSiblings(one, other);
}

function isSwapped(one: string, other: string): boolean {
  const sorted = (text: string) => [...text].sort().join('');
  return one.length === other.length && sorted(one) === sorted(other);
}

function areSiblings(one: string, other: string): boolean {
  if (isOtherNumber(one, other)) return true;
  const [parts, others] = [one, other].map((text) => text.split(/[-_.]/)) as [string[], string[]];
  const at = parts.findIndex((part, index) => part !== others[index]);
  if (parts.slice(at + 1).join() !== others.slice(at + 1).join()) return false;
  return isShort(parts[at] ?? '', others[at] ?? '');
}

function isOtherNumber(one: string, other: string): boolean {
  return one.replace(/\d/g, '') === other.replace(/\d/g, '');
}

/** The hint for a mistyped name: the most similar known name, or the other hint if no name is similar. */
export function nearestHint<Other extends string | undefined>(
  mistyped: string,
  names: Iterable<string>,
  otherwise: Other,
): string | Other {
  const meant = nearestName(mistyped, names);
  return meant === undefined ? otherwise : didYouMean(meant);
}

/** The hint that proposes a name. */
export function didYouMean(name: string): string {
  return `did you mean ${JSON.stringify(name)}?`;
}
