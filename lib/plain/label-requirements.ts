/**
 * The requirements of a Kubernetes selector that is written as text, such as `app=web,tier in (a, b),!legacy`. They
 * stand between the commas; a comma belongs to a list where the next bracket closes one.
 */
export function splitRequirements(text: string): string[] {
  const separators: number[] = [];
  let undecided: number[] = [];
  for (const { 0: char, index } of text.matchAll(/[,()]/g)) {
    if (char === ',') undecided.push(index);
    else {
      if (char === '(') for (const comma of undecided) separators.push(comma);
      undecided = [];
    }
  }
  const ends = [...separators, ...undecided, text.length];
  return ends.map((end, index) => text.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end).trim());
}
