/** Which of two waves comes first; what never starts comes last. */
export function compareWaves(a = Infinity, b = Infinity): number {
  return a === b ? 0 : a - b;
}
