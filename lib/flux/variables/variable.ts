import { variableNumber } from './variable-number';
import { markVariable, type MarkedType, type MarkedVariable } from './variable-text';

const VARIABLE = Symbol.for('cdk8s-flux.Variable');

/** The options of a `Variable`. */
export interface VariableOptions<Value extends string | number | boolean> {
  /**
   * The value if the variable is not defined or is empty.
   *
   * @default - none; the variable must be defined, see `Variable`
   */
  readonly default?: Value;
}

/**
 * A variable that Flux substitutes after it has built the manifests. Synth writes it as `${name}`.
 *
 * It works in every field of every construct in a `FluxApp`, and inside strings. A number stays a number, a boolean
 * stays a boolean, and a string stays a string, whatever its value looks like. The value comes from `variables` or
 * `variablesFrom` of the `Cluster`, which synth adds to the Kustomizations that need it, or from `postBuild` of the
 * `FluxApp`. A string `${name}` in your code is not a variable: synth escapes it if Flux substitutes variables there.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export class Variable<Value extends string | number | boolean = string | number | boolean> {
  /** Whether a value is a `Variable`, including one from another copy of this package. */
  static isVariable(value: unknown): value is Variable {
    return typeof value === 'object' && value !== null && VARIABLE in value;
  }

  /**
   * A variable whose value is a string.
   *
   * @param name - letters, digits and `_`, not starting with a digit
   */
  static string(name: string, options: VariableOptions<string> = {}): Variable<string> {
    return new Variable<string>(name, 'string', options.default);
  }

  /**
   * A variable whose value is a number.
   *
   * @param name - letters, digits and `_`, not starting with a digit
   */
  static number(name: string, options: VariableOptions<number> = {}): Variable<number> {
    return new Variable<number>(name, 'number', options.default);
  }

  /**
   * A variable whose value is `true` or `false`.
   *
   * @param name - letters, digits and `_`, not starting with a digit
   */
  static boolean(name: string, options: VariableOptions<boolean> = {}): Variable<boolean> {
    return new Variable<boolean>(name, 'boolean', options.default);
  }

  /** The name. */
  readonly name: string;
  /** The type of its value. */
  readonly type: MarkedType;
  /** The value if the variable is not defined. */
  readonly default?: Value;

  private constructor(name: string, type: MarkedType, standard: Value | undefined) {
    this.name = name;
    this.type = type;
    this.default = standard;
    Object.defineProperty(this, VARIABLE, { value: true });
  }

  /**
   * The variable for a prop of its type: `replicas: variable.value`. The value is known only to Flux, so you cannot
   * calculate with a number, and a boolean is always true in a condition.
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

  /** The variable as a string or a part of one: a number becomes a string of digits. */
  get text(): string {
    return markVariable(this.marked('string'));
  }

  /** The value that cdk8s uses instead. */
  resolve(): string {
    return markVariable(this.marked(this.type));
  }

  /** The variable as a string, so that it works in template literals. */
  toString(): string {
    return this.text;
  }

  /** The variable for `JSON.stringify`: a number stays a number. */
  toJSON(): string | number {
    return this.type === 'number' ? variableNumber(this.marked('number')) : this.text;
  }

  private marked(type: MarkedType): MarkedVariable {
    const { name, default: standard } = this;
    return { name, type, ...(standard !== undefined && { default: String(standard) }) };
  }
}
