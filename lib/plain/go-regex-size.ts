/** An escape or a quoted text, a class, a repetition with its bounds, or any other character. */
const PART = /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\\[^]|\[:\w+:\]|[^\]\\])*\]|\{(\d+)(?:,(\d*))?\}|[^]/g;

/**
 * How many steps an expression of Go comes to once its repetitions are written out, roughly; at least the given limit
 * where it is more. `a{1000}` are seven characters, and a thousand steps.
 */
export function goRegexSize(source: string, limit: number): number {
  const around: number[] = [];
  let size = 0;
  let last = 0;
  for (const [part, least, most] of source.matchAll(PART)) {
    if (size >= limit) break;
    if (part === '(') {
      around.push(size);
      size = last = 0;
    } else if (part === ')') {
      last = size + 2;
      size = (around.pop() ?? 0) + last;
    } else if (least !== undefined) {
      const added = last * Math.max(Number(least) - 1, Number(most ?? 0) - 1, 0);
      size += added;
      last += added;
    } else {
      // A class that is not closed makes the whole expression invalid.
      if (part === '[') break;
      last = part.startsWith('\\Q') ? part.length : 1;
      size += last;
    }
  }
  return around.reduce((sum, before) => sum + before, size);
}
