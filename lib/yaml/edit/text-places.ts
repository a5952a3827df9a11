import type { Pair } from 'yaml';
import type { Splice } from './yaml-text';

/** Adds lines below the one at which something ends. */
export function afterLine(text: string, end: number, lines: string): Splice {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const trimmed = text.slice(0, end).trimEnd().length;
  const at = nextLine(text, trimmed);
  const isLast = at === text.length && !text.endsWith('\n');
  const added = lines.replaceAll('\n', eol);
  return { start: at, end: at, text: isLast ? `${eol}${added}` : `${added}${eol}` };
}

/** Where the line after an offset begins. */
export function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** How far an offset is into its line. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Where a node starts, where its value ends, and where it ends with what follows. */
export function rangeOf(node: unknown): readonly number[] | undefined {
  return (node as { readonly range?: readonly number[] | null } | null | undefined)?.range ?? undefined;
}

/** Where the key of an entry starts. */
export function startOf({ key }: Pair): number | undefined {
  return rangeOf(key)?.[0];
}

/** Where the value of a node ends. */
export function endOf(node: unknown): number | undefined {
  return rangeOf(node)?.[1];
}
