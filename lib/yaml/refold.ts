/**
 * A text in folded style (`>`) after Go's yaml.v3 has printed it and read it again, as kustomize does with every object.
 * The printer adds a line break too many where indented lines follow others, and at the end of a text that keeps its line
 * breaks; where the text begins with a blank, it adds none at all, and lines flow together.
 */
export function refold(text: string): string {
  // A text that ends in a space, or has unprintable characters, is printed in quotes.
  if (/ (?:\n|$)/.test(text) || UNPRINTABLE.test(text)) return text;
  const startsBlank = /^[ \t]/.test(text);
  const before = /^\n*/.exec(text)?.[0] ?? '';
  const after = /(?<!\n)\n*$/.exec(text.slice(before.length))?.[0] ?? '';
  const body = text.slice(before.length, text.length - after.length);
  const printed = body.replace(
    /(?<=^|\n)([^\n]*)(\n+)(?=([^\n]))/g,
    (_, line: string, breaks: string, next: string) => {
      if (isBlank(line[0])) return `${line}${breaks}`;
      if (isBlank(next)) return `${line}${breaks}${startsBlank ? '' : '\n'}`;
      return startsBlank ? `${line}${breaks.length === 1 ? ' ' : breaks.slice(1)}` : `${line}${breaks}`;
    },
  );
  const last = body.slice(body.lastIndexOf('\n') + 1);
  const isKept = after.length > 1 && !isBlank(last[0]) && !startsBlank;
  return `${before}${printed}${after}${isKept ? '\n' : ''}`;
}

const UNPRINTABLE = /[^\n\t\x20-\x7e\x85\xa0-\ud7ff\ud800-\udfff\ue000-\ufefe\uff00-\ufffd]/;

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}
