/** A part of a Markdown report: its entries may be cut, its frame is always whole. */
export interface Section {
  /** The heading, in our own words. */
  readonly title: string;
  /** What its entries are called when they are counted, for example `findings`. */
  readonly noun: string;
  /** Whether its entries are shown without a click. */
  readonly isOpen: boolean;
  /**
   * What stands before the entries.
   *
   * @default - nothing
   */
  readonly intro?: string;
  /** The entries, each of whole lines, and without blank lines. */
  readonly entries: readonly string[];
  /**
   * For how many things each entry stands.
   *
   * @default - one each
   */
  readonly counts?: readonly number[];
}

/** How many entries were left out of which kind. */
export type LeftOut = ReadonlyMap<string, number>;

/**
 * Puts a report together that is no longer than a limit where its head and foot are not. Each section keeps as many of its first entries as fit, and the
 * earlier sections come first.
 *
 * @param limit - in UTF-16 code units, of which a text has at least as many as characters
 * @param foot - what to say of entries that were left out
 * @returns the report; its head and foot alone where these are longer than the limit
 */
export function fitSections(
  head: string,
  sections: readonly Section[],
  foot: (left: LeftOut) => string,
  limit: number,
): string {
  const filled = sections.filter(({ entries }) => entries.length > 0);
  const whole = head + filled.map((section) => printed(section, section.entries)).join('');
  if (whole.length <= limit) return whole;
  // No count is greater than when everything is left out, so no footer is longer.
  let room =
    limit - head.length - foot(countLeft(filled.map((section) => [section, countOf(section)]))).length;
  const left: [Section, number][] = [];
  const parts = filled.map((section) => {
    const entries = fitting(section, room);
    left.push([section, countOf(section) - countOf(section, entries.length)]);
    const text = entries.length > 0 ? printed(section, entries) : '';
    room -= text.length;
    return text;
  });
  return head + parts.join('') + foot(countLeft(left));
}

function countLeft(counts: readonly (readonly [Section, number])[]): LeftOut {
  const left = new Map<string, number>();
  for (const [{ noun }, count] of counts) if (count > 0) left.set(noun, (left.get(noun) ?? 0) + count);
  return left;
}

/** The first entries of a section that fit into the given space together with its frame. */
function fitting(section: Section, room: number): readonly string[] {
  // The heading counts the entries that are shown; their number has at most as many digits as that of all entries.
  let used = printed(section, []).length + String(countOf(section)).length;
  if (used > room) return [];
  const end = section.entries.findIndex((entry) => (used += entry.length + 1) > room);
  return end < 0 ? section.entries : section.entries.slice(0, end);
}

/** How many objects the first entries of a section represent. */
function countOf({ entries, counts }: Section, shown = entries.length): number {
  return counts === undefined ? shown : counts.slice(0, shown).reduce((sum, count) => sum + count, 0);
}

function printed(section: Section, entries: readonly string[]): string {
  const { title, isOpen, intro = '' } = section;
  const body = intro + entries.map((entry) => `${entry}\n`).join('');
  const [shown, all] = [countOf(section, entries.length), countOf(section)];
  const count = shown < all ? `${shown} of ${all}` : String(all);
  if (isOpen) return `\n### ${title} (${count})\n\n${body}`;
  return `\n<details>\n<summary>${title} (${count})</summary>\n\n${body}\n</details>\n`;
}
