/** The first items of a list, and how many follow. */
export interface CutList<Item> {
  readonly shown: readonly Item[];
  readonly more: number;
}

/** Cuts a list for a text: if only one item would be left out, it is shown instead of "1 more". */
export function cutList<Item>(items: readonly Item[], most = 3): CutList<Item> {
  if (items.length <= most + 1) return { shown: items, more: 0 };
  return { shown: items.slice(0, most), more: items.length - most };
}

/** Names as a sentence has them: `a, b and c`, or `a, b and 9 more`. */
export function namesAnd(names: readonly string[], more = 0): string {
  const [last, others] = more > 0 ? [`${more} more`, names] : [names.at(-1) ?? '', names.slice(0, -1)];
  return others.length > 0 ? `${others.join(', ')} and ${last}` : last;
}

/** The first names of a list, and how many follow: `a, b, c and 9 more`. */
export function firstNames(names: readonly string[], most?: number): string {
  const { shown, more } = cutList(names, most);
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
