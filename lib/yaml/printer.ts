import { pointerOf } from '../plain/json-pointer';
import { FIRST_KEYS } from './key-order';
import { formatBlock } from './block';
import { formatString, hasLoneSurrogate } from './scalar';

/** How deep collections may lie in one another; a loop is deeper. */
export const MAX_PRINT_DEPTH = 1_000;

/** The longest key, in bytes of UTF-8, that yaml.v3 writes as `key: value` rather than `? key`. */
const MAX_SIMPLE_KEY = 128;

/** The line ends of any YAML; yaml.v3 writes a key with one of these as `? key`. */
const LINE_END = /[\n\r\u0085\u2028\u2029]/;

/** Why something cannot be printed. */
export interface PrintProblem {
  readonly code: 'yaml-unprintable' | 'yaml-comment-misplaced';
  readonly message: string;
  readonly hint: string;
  /** The keys that lead to it. */
  readonly path: readonly string[];
}

/** How lists stand below a key: indented by two, or not at all. */
export type ListIndent = 'wide' | 'compact';

type Data = Readonly<Record<string, unknown>>;

const PADS: string[] = [''];

/** Prints one document. */
export class Printer {
  /** What could not be printed. */
  readonly problems: PrintProblem[] = [];
  /** Whether kyaml might take the document's lists for compact; then the text must be looked at. */
  listIndentIsUnclear = false;

  private out = '';
  private readonly path: string[] = [];
  private readonly placed = new Set<string>();
  private readonly listShift: number;
  /** Whether there was a list that kyaml recognizes, before anything that it could mistake for one. */
  private listIndentIsSettled = false;

  constructor(
    lists: ListIndent,
    private readonly comments?: ReadonlyMap<string, string>,
  ) {
    this.listShift = lists === 'wide' ? 1 : 0;
  }

  /** The document's text, with a line end. */
  print(object: unknown): string {
    if (Array.isArray(object) && object.some(isDefined)) {
      this.noteList();
      this.list(object, 0, 0);
    } else if (isData(object) && hasEntries(object, Object.keys(object))) {
      this.map(object, inOrder(object), 0, 0);
    } else {
      this.line(this.flat(object, 0), 0);
    }
    for (const [pointer, comment] of this.comments ?? []) {
      if (!this.placed.has(pointer)) this.misplaced(pointer, comment);
    }
    return this.out;
  }

  /** Prints a map from the current position: its first key is already indented. */
  private map(value: Data, keys: readonly string[], depth: number, level: number): void {
    const pad = padding(level);
    let lead = '';
    for (const key of keys) {
      const entry = value[key];
      if (entry === undefined) continue;
      this.path[depth] = key;
      const text = this.text(key, depth + 1);
      if (isSimpleKey(key, text)) {
        this.out += `${lead}${text}:`;
        this.entry(entry, depth + 1, level, text);
      } else {
        this.out += `${lead}? ${text}\n${pad}:`;
        this.entry(entry, depth + 1, level);
      }
      lead = pad;
    }
  }

  /** Prints a list from the current position: its first dash is already indented. */
  private list(items: readonly unknown[], depth: number, level: number): void {
    const pad = padding(level);
    let lead = '';
    for (let index = 0; index < items.length; index += 1) {
      const item: unknown = items[index];
      if (item === undefined) continue;
      this.path[depth] = String(index);
      this.out += `${lead}-`;
      this.entry(item, depth + 1, level);
      lead = pad;
    }
  }

  /**
   * Prints what follows a key or a dash at `level`. A collection begins on the line of a dash, and below that of a key.
   *
   * @param key - the key as it is written; none after a dash
   */
  private entry(value: unknown, depth: number, level: number, key?: string): void {
    if (typeof value === 'string') return this.string(value, depth, level);
    if (typeof value !== 'object' || value === null) return this.line(` ${this.flat(value, depth)}`, depth);
    if (depth > MAX_PRINT_DEPTH) return this.tooDeep(depth);
    if (Array.isArray(value)) {
      if (!value.some(isDefined)) return this.line(' []', depth, false);
      this.noteList(key);
      const shifted = level + (key === undefined ? 1 : this.listShift);
      this.out += key === undefined ? ' ' : `\n${padding(shifted)}`;
      return this.list(value, depth, shifted);
    }
    const keys = isData(value) ? Object.keys(value) : [];
    if (!hasEntries(value as Data, keys)) return this.line(` ${this.flat(value, depth)}`, depth, false);
    this.out += key === undefined ? ' ' : `\n${padding(level + 1)}`;
    this.map(value as Data, keys, depth, level + 1);
  }

  private string(value: string, depth: number, level: number): void {
    const block = value.includes('\n') ? formatBlock(value, padding(level + 1)) : undefined;
    if (block === undefined) return this.line(` ${this.text(value, depth)}`, depth);
    if (!this.listIndentIsSettled && value.includes('- ')) this.listIndentIsUnclear = true;
    this.out += ` ${block}\n`;
  }

  /** A string on one line. */
  private text(value: string, depth: number): string {
    const text = formatString(value);
    if (text.startsWith('"') && hasLoneSurrogate(value)) {
      this.unprintable(`${text} contains half of a surrogate pair, which UTF-8 cannot encode`, depth);
    }
    return text;
  }

  /** A value on one line: a scalar or an empty collection. */
  private flat(value: unknown, depth: number): string {
    if (typeof value === 'string') return this.text(value, depth);
    if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
    if (typeof value === 'number' && Number.isFinite(value)) return formatNumber(value);
    if (Array.isArray(value)) return '[]';
    if (isData(value)) return '{}';
    this.unprintable(`got ${nameOf(value)}, which YAML for Kubernetes cannot contain`, depth);
    return 'null';
  }

  /** Ends a line, with the comment that belongs to it. */
  private line(text: string, depth: number, mayHaveComment = true): void {
    this.out += text;
    if (this.comments !== undefined && mayHaveComment) this.comment(depth);
    this.out += '\n';
  }

  private comment(depth: number): void {
    const pointer = pointerOf(this.path.slice(0, depth));
    const comment = this.comments?.get(pointer);
    if (comment === undefined) return;
    this.placed.add(pointer);
    this.out += ` # ${comment}`;
  }

  private noteList(key?: string): void {
    if (this.listIndentIsSettled) return;
    if (key !== undefined && !/[:#]/.test(key)) this.listIndentIsSettled = true;
    else this.listIndentIsUnclear = true;
  }

  private tooDeep(depth: number): void {
    this.out += ' null\n';
    if (this.problems.some(({ path }) => path.length === MAX_PRINT_DEPTH + 1)) return;
    this.unprintable(`the data is more than ${MAX_PRINT_DEPTH} levels deep, or contains itself`, depth);
  }

  private unprintable(message: string, depth: number): void {
    const hint = 'use a map, a list, a string, a finite number, a boolean or null';
    this.problems.push({ code: 'yaml-unprintable', message, hint, path: this.path.slice(0, depth) });
  }

  private misplaced(pointer: string, comment: string): void {
    this.problems.push({
      code: 'yaml-comment-misplaced',
      message: `the comment ${JSON.stringify(comment)} does not belong to a value on one line`,
      hint: 'use the JSON pointer of a string on one line, a number, a boolean or null',
      path: pointer.split('/').slice(1),
    });
  }
}

function inOrder(object: Data): readonly string[] {
  const keys = Object.keys(object);
  const first = FIRST_KEYS.filter((key) => Object.hasOwn(object, key));
  if (first.every((key, index) => keys[index] === key)) return keys;
  return [...first, ...keys.filter((key) => !FIRST_KEYS.includes(key))];
}

/**
 * Whether yaml.v3 writes a key on one line with its value. A UTF-16 unit has at most three bytes.
 *
 * @param text - the key as it is written; plain where it is the key itself, and then without line ends
 */
function isSimpleKey(key: string, text: string): boolean {
  if (text !== key && LINE_END.test(key)) return false;
  return key.length <= MAX_SIMPLE_KEY / 3 || Buffer.byteLength(key) <= MAX_SIMPLE_KEY;
}

/** YAML 1.1 requires a dot in a number with an exponent. */
function formatNumber(value: number): string {
  const text = value === 0 ? '0' : String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

function padding(level: number): string {
  return (PADS[level] ??= '  '.repeat(level));
}

function isDefined(value: unknown): boolean {
  return value !== undefined;
}

function hasEntries(value: Data, keys: readonly string[]): boolean {
  for (const key of keys) if (value[key] !== undefined) return true;
  return false;
}

/** Whether a value is a plain object, even one from another realm, as in Jest. */
function isData(value: unknown): value is Data {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return `a value of type ${typeof value}`;
  return `an instance of ${value.constructor?.name || 'an unnamed class'}`;
}
