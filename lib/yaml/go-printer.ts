import { isMap, type PlainMap } from '../plain/plain-data';
import { goStyle, inDoubleQuotes } from './go-scalar';
import { compareGoKeys } from './go-key-order';

/** The column after which yaml.v2 breaks a line at the next space. */
const WIDTH = 80;
/** The longest key, in bytes, that is on one line with its value. */
const MAX_SIMPLE_KEY = 128;

/**
 * Prints plain data, to the byte, as `sigs.k8s.io/yaml` does (on yaml.v2): keys in its order, lists not indented, quotes
 * only where the text itself needs them, long texts folded. Flux substitutes variables in this form of an object.
 *
 * @see https://github.com/yaml/go-yaml/blob/v2.4.3/emitterc.go
 */
export function printAsGo(value: PlainMap): string {
  const printer = new GoPrinter();
  printer.collection(value, 0, false);
  return `${printer.text}\n`;
}

/** Whether a text continues on the same line, or begins on its own. */
class GoPrinter {
  text = '';
  private column = 0;

  /**
   * @param inline - whether the first entry begins at the current position, after a dash
   */
  collection(value: PlainMap | readonly unknown[], indent: number, inline: boolean): void {
    const lead = () => {
      if (inline) this.write(' ');
      else this.startLine(indent);
      inline = false;
    };
    if (isList(value)) {
      for (const entry of value) {
        lead();
        this.write('-');
        this.entry(entry, indent, 'item');
      }
      return;
    }
    for (const key of Object.keys(value).sort(compareGoKeys)) {
      lead();
      const isSimple = !/[\n\r\u0085\u2028\u2029]/.test(key) && Buffer.byteLength(key) <= MAX_SIMPLE_KEY;
      if (isSimple) {
        this.string(key, indent, true);
        this.write(':');
        this.entry(value[key], indent, 'value');
      } else {
        this.write('?');
        this.entry(key, indent, 'item');
        this.startLine(indent);
        this.write(':');
        this.entry(value[key], indent, 'item');
      }
    }
  }

  /** Prints what follows a dash or a key. */
  private entry(value: unknown, indent: number, behind: 'item' | 'value'): void {
    if ((isList(value) && value.length > 0) || (isMap(value) && Object.keys(value).length > 0)) {
      const isCompact = behind === 'value' && isList(value);
      return this.collection(value, isCompact ? indent : indent + 2, behind === 'item');
    }
    this.write(' ');
    if (typeof value === 'string') this.string(value, indent + 2, false);
    else this.write(isList(value) ? '[]' : isMap(value) ? '{}' : String(value));
  }

  private string(text: string, indent: number, isKey: boolean): void {
    const style = goStyle(text, isKey);
    if (style === 'literal') return this.literal(text, indent);
    const quote = style === 'plain' ? '' : style === 'single' ? "'" : '"';
    this.write(quote);
    if (style === 'double') this.escaped(text, indent, isKey);
    else this.folded(text, indent, isKey, style === 'single');
    this.write(quote);
  }

  /** A text on one line, or broken at single spaces after the maximum width. */
  private folded(text: string, indent: number, isKey: boolean, doubles: boolean): void {
    if (this.fits(text, isKey)) return this.write(doubles ? text.replaceAll("'", "''") : text);
    const chars = [...text];
    for (const [index, char] of chars.entries()) {
      const isAlone = chars[index - 1] !== ' ' && chars[index + 1] !== ' ';
      const isInside = index > 0 && index < chars.length - 1;
      if (char === ' ' && isAlone && isInside && !isKey && this.column > WIDTH) this.startLine(indent);
      else if (char === '\u2028' || char === '\u2029') this.ownBreak(char, indent);
      else this.write(doubles && char === "'" ? "''" : char);
    }
  }

  /** Whether there is no place to break the line of a text. */
  private fits(text: string, isKey: boolean): boolean {
    const isShort = isKey || this.column + 2 * text.length <= WIDTH || !text.includes(' ');
    return isShort && !/[\u2028\u2029]/.test(text);
  }

  private escaped(text: string, indent: number, isKey: boolean): void {
    const chars = [...text];
    const all = text.startsWith('\ufeff');
    for (const [index, char] of chars.entries()) {
      const isInside = index > 0 && index < chars.length - 1;
      if (char !== ' ' || all) this.write(inDoubleQuotes(char, all));
      else if (isKey || !isInside || chars[index - 1] === ' ' || this.column <= WIDTH) this.write(' ');
      else {
        this.startLine(indent);
        if (chars[index + 1] === ' ') this.write('\\');
      }
    }
  }

  private literal(text: string, indent: number): void {
    const hint = /^[ \n\r\u0085\u2028\u2029]/.test(text) ? '2' : '';
    const chomp =
      !text.endsWith('\n') && !/[\u2028\u2029]$/.test(text)
        ? '-'
        : /(?:^|[\n\u2028\u2029])[\n\u2028\u2029]$/.test(text)
          ? '+'
          : '';
    this.write(`|${hint}${chomp}`);
    const lines = text.split('\n');
    if (text.endsWith('\n')) lines.pop();
    for (const line of lines) {
      this.text += '\n';
      this.column = 0;
      this.write(line.replace(/[^\u2028\u2029]+/g, (run) => ' '.repeat(indent) + run));
    }
  }

  /** A Unicode line break stays; the next line is indented. */
  private ownBreak(char: string, indent: number): void {
    this.text += char + ' '.repeat(indent);
    this.column = indent;
  }

  private startLine(indent: number): void {
    if (this.text !== '') this.text += '\n';
    this.text += ' '.repeat(indent);
    this.column = indent;
  }

  private write(text: string): void {
    this.text += text;
    this.column += /^[\0-\x7f]*$/.test(text) ? text.length : [...text].length;
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
