import { CelSyntaxError, children, type CelNode } from './ast';
import { tokenize, type Token } from './lexer';
import { checkMacro } from './macros';

/** The maximum depth of Flux's parser (cel-go) by default: of brackets, and along a chain of operators or fields. */
const MAX_DEPTH = 250;
/** cel-go refuses longer expressions. */
const MAX_CODE_POINTS = 100_000;
const RESERVED = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>=', '>', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

/**
 * Parses an expression as cel-go does with Flux's options: the standard macros and optional field selection.
 *
 * @throws CelSyntaxError when it is none
 */
export function parseCel(text: string): CelNode {
  if (text.length > MAX_CODE_POINTS && [...text].length > MAX_CODE_POINTS) {
    throw new CelSyntaxError(`longer than ${MAX_CODE_POINTS} characters`, MAX_CODE_POINTS);
  }
  const parser = new Parser(tokenize(text));
  const node = parser.expression();
  parser.end();
  return node;
}

class Parser {
  private position = 0;
  private depth = 0;
  /** How many operators, fields and indexes are nested in a part of the expression. */
  private readonly heights = new Map<CelNode, number>();

  constructor(private readonly tokens: readonly Token[]) {}

  expression(): CelNode {
    if (++this.depth > MAX_DEPTH) throw this.unexpected('nested too deeply at');
    const condition = this.level(0);
    let node = condition;
    if (this.accept('?')) {
      const then = this.level(0);
      this.expect(':');
      node = this.made({ node: 'conditional', condition, then, otherwise: this.expression() });
    }
    this.depth--;
    return node;
  }

  end(): void {
    if (this.peek().type !== 'end') throw this.unexpected();
  }

  private level(index: number): CelNode {
    const operators = LEVELS[index];
    if (!operators) return this.unary();
    const left = this.level(index + 1);
    return index < 2 ? this.logical(left, index, operators) : this.binary(left, index, operators);
  }

  private binary(first: CelNode, index: number, operators: readonly string[]): CelNode {
    let left = first;
    while (this.isOperator(operators)) {
      const { value } = this.peek();
      this.position++;
      const args = [left, this.level(index + 1)];
      left = this.made({ node: 'call', name: value, operator: true, args }, 1);
    }
    return left;
  }

  /** For cel-go, `a && b && c` is a balanced tree, and may have any length. */
  private logical(first: CelNode, index: number, operators: readonly string[]): CelNode {
    const operands = [first];
    const { value } = this.peek();
    while (this.isOperator(operators)) {
      this.position++;
      operands.push(this.level(index + 1));
    }
    return this.balanced(operands, value);
  }

  private balanced(operands: readonly CelNode[], name: string): CelNode {
    if (operands.length === 1) return operands[0] as CelNode;
    const middle = operands.length >> 1;
    const halves = [operands.slice(0, middle), operands.slice(middle)];
    const args = halves.map((half) => this.balanced(half, name));
    return this.made({ node: 'call', name, operator: true, args });
  }

  /** Records the height of a part; `step` is 1 for what adds to it. */
  private made<Node extends CelNode>(node: Node, step: 0 | 1 = 0): Node {
    let height = 0;
    for (const child of children(node)) height = Math.max(height, this.heights.get(child) ?? 0);
    if (height + step > MAX_DEPTH) throw this.unexpected('nested too deeply at');
    this.heights.set(node, height + step);
    return node;
  }

  private isOperator(operators: readonly string[]): boolean {
    const { type, value } = this.peek();
    return (type === 'sign' || (type === 'name' && value === 'in')) && operators.includes(value);
  }

  private unary(): CelNode {
    for (const sign of ['!', '-']) {
      let count = 0;
      while (this.accept(sign)) count++;
      if (count === 0) continue;
      const node = sign === '-' ? this.member(count === 1) : this.signedNumber();
      // cel-go drops pairs of signs.
      return count % 2 === 0 ? node : this.made({ node: 'call', name: sign, operator: true, args: [node] });
    }
    return this.member(false);
  }

  /** What may follow `!`: here, a minus sign belongs to a number, and is not an operator. */
  private signedNumber(): CelNode {
    const next = this.tokens[this.position + 1]?.type;
    if ((next !== 'int' && next !== 'double') || !this.accept('-')) return this.member(false);
    return this.made({ node: 'call', name: '-', operator: true, args: [this.member(true)] });
  }

  private member(negated: boolean): CelNode {
    let node = this.primary(negated);
    for (;;) {
      if (this.accept('.')) node = this.selection(node);
      else if (this.accept('[')) {
        const optional = this.accept('?');
        node = this.made({ node: 'index', operand: node, index: this.expression(), optional }, 1);
        this.expect(']');
      } else return node;
    }
  }

  private selection(operand: CelNode): CelNode {
    const optional = this.accept('?');
    const field = this.name();
    if (optional || !this.accept('(')) return this.made({ node: 'select', operand, field, optional }, 1);
    const offset = this.peek().offset;
    const args = this.list(')');
    const call = this.made({ node: 'call' as const, name: field, operator: false, target: operand, args }, 1);
    return checkMacro(call, offset);
  }

  private primary(negated: boolean): CelNode {
    const token = this.peek();
    if (token.type === 'sign') return this.bracketed(token);
    if (token.type === 'name') return this.named(token);
    if (token.type === 'end') throw this.unexpected();
    this.position++;
    if (token.type === 'double') return { node: 'literal', type: 'double', value: Number(token.value) };
    if (token.type === 'string' || token.type === 'bytes') {
      return { node: 'literal', type: token.type, value: token.value };
    }
    return { node: 'literal', type: token.type, value: integer(token, negated) };
  }

  private bracketed(token: Token): CelNode {
    if (this.accept('(')) {
      const node = this.expression();
      this.expect(')');
      return node;
    }
    if (this.accept('[')) return this.made({ node: 'list', items: this.list(']', true) });
    if (this.accept('{')) return this.made({ node: 'map', entries: this.entries(() => this.expression()) });
    if (token.value === '.' && this.tokens[this.position + 1]?.type === 'name') {
      this.position++;
      return this.named(this.peek());
    }
    throw this.unexpected();
  }

  private named(token: Token): CelNode {
    this.position++;
    if (token.value === 'true' || token.value === 'false') {
      return { node: 'literal', type: 'bool', value: token.value === 'true' };
    }
    if (token.value === 'null') return { node: 'literal', type: 'null', value: null };
    if (token.value === 'in' || RESERVED.has(token.value)) {
      throw new CelSyntaxError(`${JSON.stringify(token.value)} is a reserved word`, token.offset);
    }
    if (this.accept('(')) {
      const args = this.list(')');
      return checkMacro(this.made({ node: 'call', name: token.value, operator: false, args }), token.offset);
    }
    return this.struct(token.value) ?? { node: 'identifier', name: token.value };
  }

  /** `Name{...}` and `a.b.Name{...}`; nothing is consumed if it is neither. */
  private struct(first: string): CelNode | undefined {
    const start = this.position;
    let name = first;
    while (this.accept('.')) {
      const part = this.peek();
      if (part.type !== 'name') break;
      this.position++;
      name += `.${part.value}`;
    }
    if (this.accept('{'))
      return this.made({ node: 'struct', name, entries: this.entries(() => this.name()) });
    this.position = start;
    return undefined;
  }

  private list(close: string, optionals = false): CelNode[] {
    const items: CelNode[] = [];
    // The grammar allows a single comma.
    if (optionals && this.peekAhead(close)) this.accept(',');
    while (!this.accept(close)) {
      if (items.length > 0) {
        this.expect(',');
        if (optionals && this.accept(close)) break;
      }
      if (optionals) this.accept('?');
      items.push(this.expression());
    }
    return items;
  }

  private entries<K>(key: () => K): [K, CelNode][] {
    const entries: [K, CelNode][] = [];
    if (this.peekAhead('}')) this.accept(',');
    while (!this.accept('}')) {
      if (entries.length > 0) {
        this.expect(',');
        if (this.accept('}')) break;
      }
      this.accept('?');
      const name = key();
      this.expect(':');
      entries.push([name, this.expression()]);
    }
    return entries;
  }

  private name(): string {
    const { type, value } = this.peek();
    if (type !== 'name' || ['in', 'true', 'false', 'null'].includes(value)) throw this.unexpected();
    this.position++;
    return value;
  }

  private peekAhead(sign: string): boolean {
    const next = this.tokens[this.position + 1];
    return next?.type === 'sign' && next.value === sign;
  }

  private accept(sign: string): boolean {
    const { type, value } = this.peek();
    if (type !== 'sign' || value !== sign) return false;
    this.position++;
    return true;
  }

  private expect(sign: string): void {
    if (!this.accept(sign)) throw this.unexpected(`${JSON.stringify(sign)} is missing before`);
  }

  private peek(): Token {
    return this.tokens[Math.min(this.position, this.tokens.length - 1)]!;
  }

  private unexpected(lead = 'unexpected'): CelSyntaxError {
    const { type, value, offset } = this.peek();
    return new CelSyntaxError(`${lead} ${type === 'end' ? 'the end' : JSON.stringify(value)}`, offset);
  }
}

function integer(token: Token, negated: boolean): bigint {
  const value = BigInt(token.value.toLowerCase());
  const limit = token.type === 'uint' ? 2n ** 64n - 1n : negated ? 2n ** 63n : 2n ** 63n - 1n;
  if (value > limit) throw new CelSyntaxError(`${token.value} is too large`, token.offset);
  return value;
}
