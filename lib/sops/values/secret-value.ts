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
 * Where the value of a secret's entry comes from. It is looked for when it is first needed, once, and held in memory
 * only: no text, JSON, copy or debug output of it shows more than the source.
 */
export class SecretValue {
  /**
   * An environment variable. One that is empty counts as missing: that is what CI systems make of a secret that they
   * withhold.
   */
  static env(name: string): SecretValue {
    requireText('env', name);
    return new SecretValue(`env ${name}`, (context) => readEnvironment(name, context));
  }

  /**
   * A variable in a file of lines `NAME=value`. Keep that file out of git.
   *
   * @param path - from the repository's root
   * @param key - the variable; without it, the name of the secret's entry
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
   * @param path - from the repository's root
   */
  static file(path: string): SecretValue {
    requireText('file', path);
    return new SecretValue(`file ${path}`, (context) => readFile(path, context), { file: path });
  }

  /**
   * What a command prints, without the line break at its end: `['op', 'read', 'op://vault/item/field']`. No shell is
   * involved. The command may ask its questions on the terminal. It is run only when what it prints is needed: to
   * encrypt, or to compare where a private key is.
   *
   * @throws FindingsError `secret-command-empty` when there is no program
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

  /** Random text, made when the secret is first encrypted and kept from then on. */
  static generate(options: GenerateOptions = {}): SecretValue {
    return new SecretValue('generate', () => ({
      kind: 'generate',
      make: () => Buffer.from(generateText(options)),
    }));
  }

  /** A value in the code itself. Whoever reads the code knows it, so that `secret-literal` is found. */
  static literal(value: string): SecretValue {
    requireText('literal', value);
    return new SecretValue('literal', () => ({ kind: 'value', bytes: Buffer.from(value) }));
  }

  /** A value that is no secret, though it stands in a Secret: a user name, the known hosts of a server. */
  static notSecret(value: string): SecretValue {
    requireText('notSecret', value);
    return new SecretValue('no secret', () => ({ kind: 'value', bytes: Buffer.from(value) }));
  }

  /**
   * A value made of others, as a configuration file that holds a password. Where one of them is made by `generate`, the
   * whole is made once and kept.
   *
   * @param parts - the others, by any names
   * @param combine - makes the text of their texts; of an error that it throws only the kind is told
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
        values.map(([name, part]) => [name, part.resolve(context, name)] as const),
        quietly(combine as Combine),
      );
    return new SecretValue(description, source, { parts: values.map(([, part]) => part) });
  }

  /** Whether a value is a `SecretValue`, also one of another copy of this package. */
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

  /** Where the value comes from, without the value: `env PODINFO_SECRET`. */
  get description(): string {
    return this.#description;
  }

  /** The files that it is read from, from the repository's root. */
  get sourceFiles(): readonly string[] {
    return this.#file === undefined ? this.#parts.flatMap((part) => part.sourceFiles) : [this.#file];
  }

  /**
   * Looks the value up, the first time that it is asked for; later the same answer is given.
   *
   * @param entry - the name of the secret's entry
   *
   * @internal
   */
  resolve(context: ValueContext, entry: string): ResolvedValue {
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
