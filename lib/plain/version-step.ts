/** How far a version moves. */
export type VersionStep = 'major' | 'minor' | 'patch' | 'range' | 'digest' | 'downgrade' | 'other';

/** A parsed version. */
interface Version {
  /** Major, minor and patch; missing ones are 0. */
  readonly numbers: readonly bigint[];
  /** Whether it comes before the version with its numbers: `1.0.0-rc.1`. */
  readonly isPreRelease: boolean;
  /** The part after the numbers, as words and numbers: `-alpine3.20` is `-alpine`, 3, 20. */
  readonly suffix: readonly (string | bigint)[];
}

const VERSION = /^[vV]?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?((?:[-+_].*|\.\D.*)?)$/;
const PRE_RELEASE = /^-(?:\d|alpha|beta|rc|pre|preview|dev|snapshot|next|canary|nightly|edge|m\d)/i;
const STEPS = ['major', 'minor', 'patch', 'patch'] as const;

/** Whether a text stands for many versions: `1.x`, `>=1.2`, `^3`, `*`. Masterminds' ranges, which Flux reads. */
export function isRange(version: string): boolean {
  return /^\s*(?:[<>=~^!]|\*|[xX]$|$)|\|\||,|\s-\s|\s[<>=~^!]|(?:^|\s)v?\d+(?:\.\d+)?(?:\.[xX*])+(?:\s|$)/.test(
    version,
  );
}

/** How far a version moves. */
export function versionStep(before: string, after: string): VersionStep {
  if (isRange(before) || isRange(after)) return 'range';
  const [known, found] = [parse(before), parse(after)];
  if (!known || !found) return 'other';
  for (const [index, step] of STEPS.entries()) {
    const [from = 0n, to = 0n] = [known.numbers[index], found.numbers[index]];
    if (from !== to) return from < to ? step : 'downgrade';
  }
  if (known.isPreRelease !== found.isPreRelease) return known.isPreRelease ? 'patch' : otherVariant(found);
  const order = compareSuffix(known.suffix, found.suffix);
  return order === undefined ? 'other' : order < 0 ? 'patch' : 'downgrade';
}

/**
 * Which of two versions is newer, as `sort` wants it; `undefined` where that cannot be said: of ranges, of words, and of
 * variants such as `1.2-alpine` and `1.2-debian`.
 */
export function compareVersions(a: string, b: string): number | undefined {
  if (isRange(a) || isRange(b)) return undefined;
  if (a === b) return 0;
  const step = versionStep(a, b);
  if (step === 'downgrade') return 1;
  return step === 'other' ? undefined : -1;
}

function parse(version: string): Version | undefined {
  const match = VERSION.exec(version.trim());
  if (!match) return undefined;
  const [, major, minor, patch, fourth, suffix = ''] = match;
  // A date or the number of a build does not show how large a step is.
  if (minor === undefined && (major ?? '').length > 4) return undefined;
  const parts = suffix.match(/\d+|\D+/g) ?? [];
  return {
    numbers: [major, minor, patch, fourth].map((part) => BigInt(part ?? 0)),
    isPreRelease: PRE_RELEASE.test(suffix),
    suffix: parts.map((part) => (/^\d{1,18}$/.test(part) ? BigInt(part) : part)),
  };
}

/** From `1.0.0` to `1.0.0-rc.1` is a step back; to `1.0.0-alpine`, another build of the same version, it is not. */
function otherVariant({ isPreRelease }: Version): VersionStep {
  return isPreRelease ? 'downgrade' : 'other';
}

/** By the first number that differs; `undefined` if words differ, because then the versions are not comparable. */
function compareSuffix(a: Version['suffix'], b: Version['suffix']): number | undefined {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [from, to] = [a[index], b[index]];
    if (from === to) continue;
    if (typeof from !== 'bigint' || typeof to !== 'bigint') return preReleaseOrder(from, to);
    return from < to ? -1 : 1;
  }
  return undefined;
}

const WORDS = ['alpha', 'beta', 'rc'];

function preReleaseOrder(from: unknown, to: unknown): number | undefined {
  const [known, found] = [from, to].map((word) => WORDS.findIndex((name) => String(word).includes(name)));
  if (known === undefined || found === undefined || known < 0 || found < 0) return undefined;
  return known - found || undefined;
}
