/** The lines between which a Markdown file holds what we write; all else in it is a person's. */
export const SECTION_BEGIN = '<!-- cdk8s-flux:graph -->';
export const SECTION_END = '<!-- /cdk8s-flux:graph -->';

/** What stands between the marker lines of a Markdown file; `undefined` for other files, and without both markers. */
export function sectionOf(bytes: Buffer, path: string): Buffer | undefined {
  const [begin, end] = sectionRange(bytes, path) ?? [];
  return begin === undefined ? undefined : bytes.subarray(begin, end);
}

/** A Markdown text with another section, in the line endings of the text; `undefined` without both markers. */
export function withSection(text: Buffer, path: string, section: string): Buffer | undefined {
  const [begin, end] = sectionRange(text, path) ?? [];
  if (begin === undefined || end === undefined) return undefined;
  const isWindows = text.includes('\r\n');
  const written = `\n\n${section.trimEnd()}\n\n`;
  const inserted = Buffer.from(isWindows ? written.replaceAll('\n', '\r\n') : written);
  return Buffer.concat([text.subarray(0, begin), inserted, text.subarray(end)]);
}

function sectionRange(bytes: Buffer, path: string): readonly [begin: number, end: number] | undefined {
  if (!path.toLowerCase().endsWith('.md')) return undefined;
  const begin = bytes.indexOf(SECTION_BEGIN);
  const end = begin < 0 ? -1 : bytes.indexOf(SECTION_END, begin);
  return end < 0 ? undefined : [begin + SECTION_BEGIN.length, end];
}
