import { finding, type Finding, type FindingLocation } from '../../findings/finding';
import { fail } from '../../findings/findings-error';
import { generateText, type GenerateOptions } from './generate-text';
import { combineResolved, type ResolvedValue } from './resolved-value';
import { deferCommand, readEnvironment, readEnvFile, readFile, type ValueContext } from './value-sources';

const SECRET_VALUE = Symbol.for('cdk8s-flux.SecretValue');
/** The name of `inspect.custom` of `node:util`: the types of this package need no types of Node. */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

type Source = (context: ValueContext, entry: string) => ResolvedValue;
type Combine = (texts: Readonly<Record<string, string>>) => string;

/** The source of a value. */
interface Origin {
  readonly parts?: readonly SecretValue[];
  readonly file?: string;
}

/**
 * The source of the value of an entry of a secret. Synth reads the value once, when it needs it for the first time, and
 * keeps it only in memory. String, JSON and debug output of a `SecretValue` show only the source.
 */
export class SecretValue {
  /**
   * An environment variable. An empty variable counts as missing, because CI systems set a secret that they withhold to
   * an empty string.
   */
  static env(name: string): SecretValue {
    requireText('env', name);
    return new SecretValue(`env ${name}`, (context) => readEnvironment(name, context));
  }

  /**
   * A variable in a file with lines of the form `NAME=value`. Do not commit this file.
   *
   * @param path - the file, relative to the root of the repository
   * @param key - the variable; by default, the name of the entry
   */
  static envFile(path: string, key?: string): SecretValue {
    requireText('envFile', path);
    if (key !== undefined) requireText('envFile', key);
    const source: Source = (context, entry) => readEnvFile(path, key ?? entry, context);
    return new SecretValue(`envFile ${path}`, source, { file: path });
  }

  /**
   * A whole file, byte for byte. Keep it out of git.
   *
   * @param path - the file, relative to the root of the repository
   */
  static file(path: string): SecretValue {
    requireText('file', path);
    return new SecretValue(`file ${path}`, (context) => readFile(path, context), { file: path });
  }

  /**
   * The output of a command, without the line break at its end: `['op', 'read', 'op://vault/item/field']`. The command
   * runs without a shell, and may ask questions on the terminal. Synth runs it only if it needs the value: to encrypt
   * it, or to compare it if there is a private key.
   *
   * @throws FindingsError `secret-command-empty` if there is no program
   */
  static command(argv: readonly string[]): SecretValue {
    const [program, ...rest] = Array.isArray(argv) ? (argv as readonly string[]) : [];
    for (const part of [program, ...rest]) if (part !== undefined) requireText('command', part);
    if (!program) {
      return fail({
        code: 'secret-command-empty',
        message: 'the command of a secret value is empty',
        hint: 'pass the program and its arguments as a list, for example SecretValue.command(["pass", "show", "token"])',
      });
    }
    return new SecretValue(`command ${program}`, (context) => deferCommand(program, rest, context));
  }

  /** Random text. Synth generates it when it encrypts the secret for the first time, and then keeps it. */
  static generate(options: GenerateOptions = {}): SecretValue {
    return new SecretValue('generate', () => ({
      kind: 'generate',
      make: () => Buffer.from(generateText(options)),
    }));
  }

  /** A value in the code. Everyone who can read the code knows it, so synth reports `secret-literal`. */
  static literal(value: string): SecretValue {
    requireText('literal', value);
    return new SecretValue('literal', () => ({ kind: 'value', bytes: Buffer.from(value) }));
  }

  /** A value in a Secret that is not secret: a user name, or the known hosts of a server. */
  static notSecret(value: string): SecretValue {
    requireText('notSecret', value);
    return new SecretValue('no secret', () => ({ kind: 'value', bytes: Buffer.from(value) }));
  }

  /**
   * A value that combines others, for example a configuration file with a password. If one of them comes from
   * `generate`, synth generates the whole value once, and then keeps it.
   *
   * @param parts - the other values, by any names
   * @param combine - returns the value from the other values; if it throws, synth reports only the type of the error
   */
  static combine<Name extends string>(
    parts: Readonly<Record<Name, SecretValue>>,
    combine: (texts: Readonly<Record<Name, string>>) => string,
  ): SecretValue {
    const values = Object.entries(parts ?? {}) as [Name, SecretValue][];
    for (const [name, part] of values) {
      if (!SecretValue.isSecretValue(part))
        refuse(`SecretValue.combine: the part ${JSON.stringify(name)} must be a SecretValue`);
    }
    const description = `combination of ${values.map(([, part]) => part.description).join(', ')}`;
    const source: Source = (context) =>
      combineResolved(
        values.map(([name, part]) => [name, part.lookUp(context, name)] as const),
        quietly(combine as Combine),
      );
    return new SecretValue(description, source, { parts: values.map(([, part]) => part) });
  }

  /** Whether a value is a `SecretValue`, including one from another copy of this package. */
  static isSecretValue(value: unknown): value is SecretValue {
    return typeof value === 'object' && value !== null && SECRET_VALUE in value;
  }

  readonly #description: string;
  readonly #source: Source;
  readonly #parts: readonly SecretValue[];
  readonly #file?: string;
  readonly #resolved = new Map<string, ResolvedValue>();

  private constructor(description: string, source: Source, { parts = [], file }: Origin = {}) {
    this.#description = description;
    this.#parts = parts;
    this.#file = file;
    this.#source = source;
    Object.defineProperty(this, SECRET_VALUE, { value: true });
  }

  /** The source of the value, without the value: `env PODINFO_SECRET`. */
  get description(): string {
    return this.#description;
  }

  /** The files that the value is read from, relative to the root of the repository. */
  get sourceFiles(): readonly string[] {
    return this.#file === undefined ? this.#parts.flatMap((part) => part.sourceFiles) : [this.#file];
  }

  /**
   * Looks the value up, the first time that it is asked for; later the same answer is given. cdk8s takes what has a method
   * `resolve` for a token, and would call it in any field.
   *
   * @param entry - the name of the secret's entry
   *
   * @internal
   */
  lookUp(context: ValueContext, entry: string): ResolvedValue {
    const known = this.#resolved.get(entry);
    if (known) return known;
    const resolved = this.#source(context, entry);
    this.#resolved.set(entry, resolved);
    return resolved;
  }

  /**
   * What there is to say of the source itself.
   *
   * @internal
   */
  check(entry: string, location: FindingLocation = {}): Finding[] {
    if (this.#description !== 'literal') return this.#parts.flatMap((part) => part.check(entry, location));
    return [
      finding({
        code: 'secret-literal',
        severity: 'warning',
        message: `the value of ${JSON.stringify(entry)} is in the code, so everyone with access to the repository can read it`,
        hint: 'keep the value outside the code, and use SecretValue.env, .envFile, .file, .command or .generate; if the value is not secret, use SecretValue.notSecret',
        locations: [location],
        field: `data.${entry}`,
      }),
    ];
  }

  toString(): string {
    return `[secret: ${this.#description}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [INSPECT](): string {
    return this.toString();
  }
}

/** Without types, the value may be anything. It is not repeated, because it may be the secret. */
function requireText(method: string, value: unknown): void {
  if (typeof value !== 'string')
    refuse(`SecretValue.${method}: got ${value === null ? 'null' : typeof value}; must be a string`);
}

function refuse(message: string): never {
  fail({
    code: 'secret-value-invalid',
    message,
    hint: 'use a source for the value, for example SecretValue.env("TOKEN")',
  });
}

/** An error of the author's function may quote its input. */
function quietly(combine: Combine): Combine {
  return (texts) => {
    try {
      return combine(texts);
    } catch (error) {
      const kind = error instanceof Error ? error.name : typeof error;
      return fail({
        code: 'secret-combine-failed',
        message: `the function that combines ${Object.keys(texts).join(', ')} threw ${kind} (its message is not shown, because it may contain secrets)`,
        hint: 'call the function with made-up values to see the error',
      });
    }
  };
}
