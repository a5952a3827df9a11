/** Line ends, and other characters that control a terminal. */
const STEERING = /[\p{Cc}\u2028\u2029]|\p{Surrogate}/u;

/** Whether a text says something, in one line. */
export function isOneLine(text: string): boolean {
  return text.trim() !== '' && !STEERING.test(text);
}
