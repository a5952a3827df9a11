import { variableNumber } from './variable-number';
import { markVariable, type MarkedType, type MarkedVariable } from './variable-text';

const VARIABLE = Symbol.for('cdk8s-flux.Variable');

/** What a `Variable` can be told. */
export interface VariableOptions<Value extends string | number | boolean> {
  /**
   * What holds where the variable is not defined, or is empty.
   *
   * @default - it must be defined: see `Variable`
   */
  readonly default?: Value;
}

/**
 * A variable that Flux fills in after it has built the manifests; it prints `${name}`.
 *
 * It works in every field of every construct in a `FluxApp`, and in the middle of texts. A number or a boolean stays
 * one, and a text stays a text whatever its value looks like. Its value comes from the `variables` or `variablesFrom`
 * of the `Cluster`, which the Kustomizations that need it get by themselves, or from the `postBuild` of the `FluxApp`.
 * Text that is written as `${name}` is no variable: it is escaped where Flux substitutes.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export class Variable<Value extends string | number | boolean = string | number | boolean> {
  /** Whether a value is a `Variable`, also one of another copy of this package. */
  static isVariable(value: unknown): value is Variable {
    return typeof value === 'object' && value !== null && VARIABLE in value;
  }

  /**
   * A variable whose value is text.
   *
   * @param name - letters, digits and `_`, with no digit first
   */
  static string(name: string, options: VariableOptions<string> = {}): Variable<string> {
    return new Variable<string>(name, 'string', options.default);
  }

  /**
   * A variable whose value is a number.
   *
   * @param name - letters, digits and `_`, with no digit first
   */
  static number(name: string, options: VariableOptions<number> = {}): Variable<number> {
    return new Variable<number>(name, 'number', options.default);
  }

  /**
   * A variable whose value is `true` or `false`.
   *
   * @param name - letters, digits and `_`, with no digit first
   */
  static boolean(name: string, options: VariableOptions<boolean> = {}): Variable<boolean> {
    return new Variable<boolean>(name, 'boolean', options.default);
  }

  /** The name. */
  readonly name: string;
  /** What its value is. */
  readonly type: MarkedType;
  /** What holds where the variable is not defined. */
  readonly default?: Value;

  private constructor(name: string, type: MarkedType, standard: Value | undefined) {
    this.name = name;
    this.type = type;
    this.default = standard;
    Object.defineProperty(this, VARIABLE, { value: true });
  }

  /**
   * The variable for a prop of its type: `replicas: variable.value`. It is filled in when the object is printed: a number
   * cannot be calculated with, and a boolean counts as true in a condition.
   */
  get value(): Value {
    switch (this.type) {
      case 'string':
        return this.text as Value;
      case 'number':
        return variableNumber(this.marked('number')) as Value;
      default:
        return this as unknown as Value;
    }
  }

  /** The variable as text or a part of it: a number is then the text of its digits. */
  get text(): string {
    return markVariable(this.marked('string'));
  }

  /** What cdk8s puts in its place. */
  resolve(): string {
    return markVariable(this.marked(this.type));
  }

  /** The variable as text, so that it works in template literals. */
  toString(): string {
    return this.text;
  }

  /** The variable for `JSON.stringify`: a number stays one in the text. */
  toJSON(): string | number {
    return this.type === 'number' ? variableNumber(this.marked('number')) : this.text;
  }

  private marked(type: MarkedType): MarkedVariable {
    const { name, default: standard } = this;
    return { name, type, ...(standard !== undefined && { default: String(standard) }) };
  }
}
