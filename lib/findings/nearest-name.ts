import { distance } from 'fastest-levenshtein';

/** How many letters may be off in a mistyped name: two, or a third of them. */
export function lettersOff(mistyped: string): number {
  return Math.max(2, Math.floor(mistyped.length / 3));
}

/** The name that was most likely meant by a mistyped one. To ask for many, make a `NameIndex`. */
export function nearestName(mistyped: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = lettersOff(mistyped) + 1;
  for (const name of names) {
    if (name === mistyped) return name;
    const letters = distance(mistyped.toLowerCase(), name.toLowerCase());
    if (letters < least && letters < name.length) [best, least] = [name, letters];
  }
  return best;
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
  if (one.replace(/\d/g, '') === other.replace(/\d/g, '')) return true;
  const [parts, others] = [one, other].map((text) => text.split(/[-_.]/)) as [string[], string[]];
  const at = parts.findIndex((part, index) => part !== others[index]);
  if (parts.slice(at + 1).join() !== others.slice(at + 1).join()) return false;
  const lengths = [parts[at]?.length ?? 0, others[at]?.length ?? 0];
  return Math.min(...lengths) < 3 || Math.max(...lengths) === 3;
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
