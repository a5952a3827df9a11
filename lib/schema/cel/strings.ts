import { CelSyntaxError } from './ast';

const ESCAPE =
  /\\(?:([abfnrtv\\?"'`])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|[^])/g;
const SINGLE: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * What the text between the quotes of a literal means.
 *
 * @throws CelSyntaxError at an escape that the language does not have
 */
export function unescapeString(text: string, bytes: boolean, offset: number): string {
  return text.replace(ESCAPE, (whole: string, ...groups: (string | undefined)[]) => {
    const [single, hex, short, long, octal] = groups;
    if (single !== undefined) return SINGLE[single] ?? single;
    const unicode = short ?? long;
    const code = octal !== undefined ? parseInt(octal, 8) : parseInt(hex ?? unicode ?? '', 16);
    const surrogate = code >= 0xd800 && code <= 0xdfff;
    if (Number.isNaN(code) || code > 0x10ffff || (unicode !== undefined && (bytes || surrogate))) {
      throw new CelSyntaxError(`invalid escape ${JSON.stringify(whole)}`, offset);
    }
    return String.fromCodePoint(code);
  });
}
