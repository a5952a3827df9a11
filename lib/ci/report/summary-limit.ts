/** The maximum size of the summary of a step on GitHub, in bytes. */
const SUMMARY_BYTES = 1024 * 1024;

/**
 * A text that is no longer than a step's summary may be, beside what the file holds already.
 *
 * @param print - makes the text with at most so many characters
 * @param used - how many bytes are in the file
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export function fittingSummary(print: (limit: number) => string, used: number): string {
  const room = Math.max(SUMMARY_BYTES - used - 1, 0);
  let limit = room;
  for (;;) {
    const text = print(limit);
    const bytes = Buffer.byteLength(text);
    if (bytes <= room) return text;
    // Characters beyond ASCII have up to three bytes for each code unit.
    limit = Math.min(Math.floor((limit * room) / bytes), limit - 1);
  }
}
