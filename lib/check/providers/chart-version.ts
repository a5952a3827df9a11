/** The versions of a chart that a text allows, as far as that is certain. */
interface Bounds {
  /** The lowest allowed version, as `[major, minor]`. */
  readonly from: readonly [number, number];
  /** The highest allowed minor version; not set if later ones are allowed. */
  readonly to?: readonly [number, number];
}

const ONE = /^\s*(=|~|\^|>=)?\s*v?(\d+)(?:\.(\d+))?(?:\.(?:\d+|[xX*]))?(?:[-+][\w.+-]*)?\s*$/;

/**
 * Whether each version that a text allows is older than a minor version. Of ranges only the plain ones are understood:
 * where a range is not, the answer is no.
 *
 * @param version - the version or range of a HelmRelease, or a tag; none is the newest
 * @param minor - for example `1.15`
 */
export function isBefore(version: string | undefined, minor: string): boolean {
  const to = version === undefined ? undefined : boundsOf(version)?.to;
  return to !== undefined && compare(to, parse(minor)) < 0;
}

/** Whether each version that a text allows is of a minor version or a later one. */
export function isFrom(version: string | undefined, minor: string): boolean {
  if (version === undefined || /^\s*[xX*]\s*$/.test(version)) return true;
  const from = boundsOf(version)?.from;
  return from !== undefined && compare(from, parse(minor)) >= 0;
}

function boundsOf(version: string): Bounds | undefined {
  const match = ONE.exec(version);
  if (!match) return undefined;
  const [, operator, major, minor] = match;
  const from = [Number(major), Number(minor ?? 0)] as const;
  const isOpen = minor === undefined || operator === '^' || operator === '>=';
  return isOpen ? { from } : { from, to: from };
}

function parse(minor: string): readonly [number, number] {
  const [major = '0', part = '0'] = minor.split('.');
  return [Number(major), Number(part)];
}

function compare(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}
