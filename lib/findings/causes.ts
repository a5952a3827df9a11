import { groupBy } from '../plain/group-by';
import type { Finding, FindingLocation } from './finding';

/**
 * Makes one finding of those that have one cause: a missing thing that several objects need, or a mistake in the file that
 * each cluster has of the same object. It is at the place of the first; `occurrences` has all of them. Infos stay apart,
 * because each takes one line.
 */
export function byCause(findings: readonly Finding[]): Finding[] {
  return [...groupBy(findings, causeOf).values()].map((same) => summedUp(same as [Finding, ...Finding[]]));
}

/** Each finding at its own place: the opposite of `byCause`. */
export function occurrencesOf(findings: readonly Finding[]): Finding[] {
  return findings.flatMap((found) => found.occurrences ?? [found]);
}

/** Findings with each of their places changed, also those of their occurrences. */
export function mapLocations(
  findings: readonly Finding[],
  change: (location: FindingLocation) => FindingLocation,
): Finding[] {
  return findings.map((found) => ({
    ...found,
    locations: found.locations.map(change),
    ...(found.occurrences && { occurrences: mapLocations(found.occurrences, change) }),
  }));
}

/** What findings with one cause have in common; the finding itself if it stands alone. */
function causeOf(found: Finding): unknown {
  const { code, severity, cause, message, details, hint, field, object, locations } = found;
  if (severity === 'info' || locations.length === 0) return found;
  if (cause !== undefined) return JSON.stringify([code, severity, hint, cause]);
  return object ? JSON.stringify([code, severity, hint, message, details, field, object]) : found;
}

function summedUp(same: readonly [Finding, ...Finding[]]): Finding {
  const [first, ...others] = same.map(withoutCause) as [Finding, ...Finding[]];
  if (others.length === 0) return first;
  const { cause = first.message } = same[0];
  const { usedBy: _ofFirst, ...found } = first;
  const isSame = others.every(({ message }) => message === first.message);
  return { ...found, message: isSame ? first.message : cause, occurrences: [first, ...others] };
}

function withoutCause({ cause: _cause, ...found }: Finding): Finding {
  return found;
}
