/** Whether a text says something, in one line. */
export function isOneLine(text: string): boolean {
  return text.trim() !== '' && !/[\r\n]/.test(text);
}
