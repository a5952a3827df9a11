import { fail } from '../findings/findings-error';
import { formatString, hasLoneSurrogate } from './scalar';

/** What is printed as one YAML document. */
export interface PrintableDocument {
  readonly object: unknown;
  readonly header?: string;
  readonly comments?: ReadonlyMap<string, string>;
}

const FIRST_KEYS = ['apiVersion', 'kind', 'metadata', 'spec'];

export function printDocuments(documents: readonly PrintableDocument[]): string {
  return documents.map(printDocument).join('---\n');
}

function printDocument(document: PrintableDocument): string {
  const header =
    document.header === undefined
      ? ''
      : document.header
          .split('\n')
          .map((line) => `# ${line}`.trimEnd() + '\n')
          .join('');
  const printer = new Printer(document.comments);
  printer.value(inOrder(document.object), '', '', '');
  return header + printer.out;
}

function inOrder(object: unknown): unknown {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return object;
  const rank = (key: string): number =>
    FIRST_KEYS.includes(key) ? FIRST_KEYS.indexOf(key) : FIRST_KEYS.length;
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => rank(a) - rank(b)));
}

class Printer {
  out = '';
  constructor(private readonly comments: ReadonlyMap<string, string> = new Map()) {}

  /** Writes a value after its key or dash; `lead` is what separates the two. */
  value(value: unknown, pad: string, lead: string, pointer: string): void {
    if (Array.isArray(value) && value.length > 0) return this.list(value, pad, pointer);
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
      return this.map(value as Record<string, unknown>, pad, false, pointer);
    }
    const comment = this.comments.get(pointer);
    this.out += `${lead}${this.scalar(value, pad)}${comment === undefined ? '' : ` # ${comment}`}\n`;
  }

  private map(value: Record<string, unknown>, pad: string, inline: boolean, pointer: string): void {
    let first = inline;
    for (const key of Object.keys(value)) {
      const entry = value[key];
      if (entry === undefined) continue;
      this.out += `${first ? '' : pad}${formatString(key)}:`;
      first = false;
      const below = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (isFilled(entry)) this.out += '\n';
      this.value(entry, `${pad}  `, ' ', below);
    }
  }

  private list(value: readonly unknown[], pad: string, pointer: string, inline = false): void {
    let first = inline;
    value.forEach((item, index) => {
      this.out += `${first ? '' : pad}- `;
      first = false;
      const below = `${pointer}/${index}`;
      if (Array.isArray(item) && item.length > 0) this.list(item, `${pad}  `, below, true);
      else if (isFilled(item)) this.map(item as Record<string, unknown>, `${pad}  `, true, below);
      else this.value(item, `${pad}  `, '', below);
    });
  }

  private scalar(value: unknown, pad: string): string {
    if (typeof value === 'string') {
      if (hasLoneSurrogate(value)) fail({ code: 'yaml-unprintable', message: 'lone surrogate' });
      if (
        /^[^\s][^]*\n/.test(value) &&
        !/[^\n\u0020-\u007e\u00a1-\ud7ff]|[ \t]\n|\n\n$|[\u2028\u2029]| $/.test(value)
      ) {
        const clip = value.endsWith('\n');
        const lines = (clip ? value.slice(0, -1) : value).split('\n');
        return `${clip ? '|' : '|-'}\n${lines.map((line) => (line === '' ? '' : (pad || '  ') + line)).join('\n')}`;
      }
      return formatString(value);
    }
    if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    if (Array.isArray(value)) return '[]';
    if (typeof value === 'object') return '{}';
    return fail({ code: 'yaml-unprintable', message: `cannot print a ${typeof value}` });
  }
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
