import { distance } from 'fastest-levenshtein';

/** The name that was most likely meant by a mistyped one: at most two letters, or a third of them, are off. */
export function nearestName(mistyped: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(mistyped.length / 3)) + 1;
  for (const name of names) {
    const letters = distance(mistyped.toLowerCase(), name.toLowerCase());
    if (letters < least && letters < name.length) [best, least] = [name, letters];
  }
  return best;
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
