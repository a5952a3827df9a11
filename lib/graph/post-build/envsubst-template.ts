/** Says why a text cannot be substituted. */
export class SubstitutionError extends Error {}

/** What is done with a variable's value. */
export type Operator =
  | 'default'
  | 'value'
  | 'length'
  | 'substring'
  | '^'
  | '^^'
  | ','
  | ',,'
  | '#'
  | '##'
  | '%'
  | '%%'
  | '/'
  | '//'
  | '/#'
  | '/%';

/** A `${…}` of a text. */
export interface Expression {
  readonly name: string;
  readonly operator: Operator;
  readonly args: readonly (readonly Part[])[];
  /** The expression as it stands. */
  readonly source: string;
}

/** A piece of a text: what stands there, or an expression. */
export type Part = string | Expression;

/**
 * Takes a text apart as Flux's `envsubst` does, which differs from a shell here and there: `$$` counts outside of
 * expressions and in replacements only, an expression ends at the first `}` whatever was opened before it, and `-` without
 * a colon gives no default.
 *
 * @throws SubstitutionError where an expression is not closed, has no meaning, or is nested too deep
 */
export function parseTemplate(text: string): readonly Part[] {
  return new TemplateParser(text).parse();
}

/** How deep expressions may be nested. */
const MAX_DEPTH = 250;

/** Decides which characters belong to a word; `position` counts from 0 within it. */
type Accept = (char: string, position: number) => boolean;

const isNameChar: Accept = (char) => /^[\p{L}\p{Nd}_]$/u.test(char);
const isNoBrace: Accept = (char) => char !== '}';

class TemplateParser {
  private position = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  parse(): readonly Part[] {
    const parts: Part[] = [];
    while (this.position < this.text.length) {
      if (this.atExpression()) parts.push(this.expression());
      else parts.push(this.plain());
    }
    return parts;
  }

  /** Text up to the next `$` with a meaning; `$$` is one `$`. */
  private plain(): string {
    const dollar = this.text.indexOf('$', this.position);
    const end = dollar < 0 ? this.text.length : dollar;
    const isDollar = end === this.position;
    const plain = isDollar ? '$' : this.text.slice(this.position, end);
    this.position = isDollar ? end + (this.text[end + 1] === '$' ? 2 : 1) : end;
    return plain;
  }

  private atExpression(): boolean {
    return this.text.startsWith('${', this.position);
  }

  private peek(): string {
    return String.fromCodePoint(this.text.codePointAt(this.position) ?? 0);
  }

  /** Reads characters up to an expression; a doubled character of `escapes`, or `\/`, is one. */
  private word(accept: Accept, escapes = ''): string {
    const start = this.position;
    let word = '';
    while (this.position < this.text.length && !this.atExpression()) {
      const char = this.peek();
      const next = this.text[this.position + 1];
      const isEscape =
        escapes.includes(char) &&
        (next === char || (char === '\\' && next === '/' && escapes.includes('\\')));
      if (!isEscape && !accept(char, this.position - start)) break;
      word += isEscape ? next : char;
      this.position += isEscape ? 2 : char.length;
    }
    return word;
  }

  private expression(): Expression {
    const start = this.position;
    this.position += 2;
    this.depth += 1;
    if (this.depth > MAX_DEPTH)
      throw new SubstitutionError(`"\${" is nested more than ${MAX_DEPTH} levels deep`);
    const { name, operator, args } = this.peek() === '#' ? this.length() : this.operation(start);
    if (this.peek() !== '}') throw this.invalid(start);
    this.position += 1;
    this.depth -= 1;
    return { name, operator, args, source: this.text.slice(start, this.position) };
  }

  private length(): Omit<Expression, 'source'> {
    const start = this.position - 2;
    this.position += 1;
    return { name: this.name(start), operator: 'length', args: [] };
  }

  private name(start: number): string {
    const name = this.atExpression() ? '' : this.word(isNameChar);
    if (name === '') throw this.invalid(start);
    return name;
  }

  private operation(start: number): Omit<Expression, 'source'> {
    const name = this.name(start);
    const [operator] = /^(?::[-=?+]|=|\^\^?|,,?|##?|%%?|\/[/#%]?|:)?/.exec(
      this.text.slice(this.position, this.position + 2),
    ) ?? [''];
    this.position += operator.length;
    if (operator === '') return { name, operator: 'value', args: [] };
    if (operator === ':') return { name, operator: 'substring', args: this.bounds(start) };
    if (operator.startsWith('/'))
      return { name, operator: operator as Operator, args: this.replacement(start) };
    if (/^[#%]/.test(operator))
      return { name, operator: operator as Operator, args: [this.arg(isNoBrace, start)] };
    if (/^[\^,]/.test(operator)) return { name, operator: operator as Operator, args: [] };
    return { name, operator: 'default', args: this.defaults(start) };
  }

  /** One argument: an expression, or a word that is not empty. */
  private arg(accept: Accept, start: number, escapes = ''): readonly Part[] {
    if (this.atExpression()) return [this.expression()];
    const before = this.position;
    const word = this.word(accept, escapes);
    if (this.position === before) throw this.invalid(start);
    return [word];
  }

  private defaults(start: number): readonly (readonly Part[])[] {
    const args: (readonly Part[])[] = [];
    while (this.peek() !== '}') args.push(this.arg(isNoBrace, start));
    return args;
  }

  private bounds(start: number): readonly (readonly Part[])[] {
    const first = this.arg((char) => char !== ':' && char !== '}', start);
    if (this.peek() === '}') return [first];
    if (this.peek() !== ':') throw this.invalid(start);
    while (this.peek() === ':') this.position += 1;
    return [first, this.arg(isNoBrace, start)];
  }

  private replacement(start: number): readonly (readonly Part[])[] {
    const wanted = this.arg((char) => char !== '/', start, '$\\');
    if (this.peek() !== '/') throw this.invalid(start);
    while (this.peek() === '/') this.position += 1;
    return this.peek() === '}' ? [wanted] : [wanted, this.arg(isNoBrace, start, '$\\')];
  }

  private invalid(start: number): SubstitutionError {
    const end = this.text.indexOf('}', start);
    const what =
      end < 0
        ? 'a "${" is not closed'
        : `${JSON.stringify(this.text.slice(start, end + 1))} is not a valid variable expression`;
    return new SubstitutionError(what);
  }
}
