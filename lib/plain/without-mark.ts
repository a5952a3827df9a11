/** A text without the byte order mark that some editors put at its start, and that others do not count as a column. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
