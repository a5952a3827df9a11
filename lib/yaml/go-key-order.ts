const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

/** Compares keys as yaml.v2 sorts them: numbers within texts by their value, and letters behind what is no letter. */
export function compareGoKeys(a: string, b: string): number {
  if (a === b) return 0;
  return isLess([...a], [...b]) ? -1 : 1;
}

function isLess(a: readonly string[], b: readonly string[]): boolean {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  const [one, other] = [a[at], b[at]];
  if (one === undefined || other === undefined) return a.length < b.length;
  const [isLetter, isOtherLetter] = [LETTER.test(one), LETTER.test(other)];
  if (isLetter && isOtherLetter) return codeOf(one) < codeOf(other);
  if (isLetter || isOtherLetter) return isOtherLetter;
  // A zero within a number is not a leading one.
  const start = (one === '0' || other === '0') && continuesNumber(a, at) ? 1n : 0n;
  const [number, otherNumber] = [numberAt(a, at, start), numberAt(b, at, start)];
  if (number.value !== otherNumber.value) return number.value < otherNumber.value;
  if (number.end !== otherNumber.end) return number.end < otherNumber.end;
  return codeOf(one) < codeOf(other);
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}

function continuesNumber(text: readonly string[], end: number): boolean {
  for (let at = end - 1; at >= 0 && DIGIT.test(text[at] ?? ''); at -= 1) if (text[at] !== '0') return true;
  return false;
}

function numberAt(text: readonly string[], start: number, before: bigint): { value: bigint; end: number } {
  let value = before;
  let end = start;
  for (; DIGIT.test(text[end] ?? ''); end += 1)
    value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(text[end] ?? '0') - 48));
  return { value, end };
}
