/** A parsed expression of the Common Expression Language (https://github.com/google/cel-spec). */
export type CelNode =
  CelLiteral | CelIdentifier | CelSelect | CelCall | CelIndex | CelList | CelMap | CelStruct | CelConditional;

/** A literal; bytes are kept as their source text. */
export interface CelLiteral {
  readonly node: 'literal';
  readonly type: 'null' | 'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes';
  readonly value: null | boolean | number | bigint | string;
}

/** A name on its own: a variable, or the start of a qualified name. */
export interface CelIdentifier {
  readonly node: 'identifier';
  readonly name: string;
}

/** `operand.field`, or with `optional`, `operand.?field`. */
export interface CelSelect {
  readonly node: 'select';
  readonly operand: CelNode;
  readonly field: string;
  readonly optional: boolean;
}

/** `name(args)`, `target.name(args)`, or an operator, whose name is then its sign (`!`, `&&`, `-`). */
export interface CelCall {
  readonly node: 'call';
  readonly name: string;
  readonly operator: boolean;
  readonly target?: CelNode;
  readonly args: readonly CelNode[];
}

/** `operand[index]`, or with `optional`, `operand[?index]`. */
export interface CelIndex {
  readonly node: 'index';
  readonly operand: CelNode;
  readonly index: CelNode;
  readonly optional: boolean;
}

/** `[a, b]`. */
export interface CelList {
  readonly node: 'list';
  readonly items: readonly CelNode[];
}

/** `{k: v}`. */
export interface CelMap {
  readonly node: 'map';
  readonly entries: readonly (readonly [CelNode, CelNode])[];
}

/** `Name{field: value}`. */
export interface CelStruct {
  readonly node: 'struct';
  readonly name: string;
  readonly entries: readonly (readonly [string, CelNode])[];
}

/** `condition ? then : otherwise`. */
export interface CelConditional {
  readonly node: 'conditional';
  readonly condition: CelNode;
  readonly then: CelNode;
  readonly otherwise: CelNode;
}

/** An expression that does not parse. `offset` counts UTF-16 units from its start. */
export class CelSyntaxError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
    this.name = 'CelSyntaxError';
  }
}

/** The expressions of which one is made. */
export function children(node: CelNode): readonly CelNode[] {
  switch (node.node) {
    case 'select':
      return [node.operand];
    case 'call':
      return node.target ? [node.target, ...node.args] : node.args;
    case 'index':
      return [node.operand, node.index];
    case 'list':
      return node.items;
    case 'map':
      return node.entries.flat();
    case 'struct':
      return node.entries.map(([, value]) => value);
    case 'conditional':
      return [node.condition, node.then, node.otherwise];
    default:
      return [];
  }
}
