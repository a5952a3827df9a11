/** Widths of letters in common sans-serif fonts, as fractions of the font size. */
function letterWidth(letter: string): number {
  if (/[iljtfrI.,:;|!'/()[\]-]/.test(letter)) return 0.34;
  if (/[mwMW@]/.test(letter)) return 0.86;
  if (/[A-Z]/.test(letter)) return 0.68;
  return letter.charCodeAt(0) < 0x2000 ? 0.57 : 1;
}

/** About how wide a text is, in pixels. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce((sum, letter) => sum + letterWidth(letter) * size, 0);
}

/** A text cut to a width, with an ellipsis where something is cut off. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let kept = '';
  let used = size;
  for (const letter of text) {
    used += letterWidth(letter) * size;
    if (used > width) break;
    kept += letter;
  }
  return `${kept}…`;
}
