import type { Corpus } from './corpus';
import type { Random } from './random';

/** What is at a path: a file's bytes, a folder, a named pipe, or a symbolic link with its target. */
export type Entry = Buffer | 'folder' | 'pipe' | { readonly link: string };

/** The input of a case: what is at each path. A reader of one text gets it as its only file. */
export type Input = Readonly<Record<string, Entry>>;

/** A part of the product that gets unexpected inputs. */
export interface Target {
  /** The name for `--target`. */
  readonly name: string;
  /** Creates an input. The same random numbers and corpus give the same one. */
  input(random: Random, corpus: Corpus): Input;
  /** Uses the input. Any error is a failure, unless it is a `FindingsError`. */
  run(input: Input): void | Promise<void>;
  /**
   * How many cases of other targets cost as much as one of this target.
   *
   * @default 1
   */
  readonly cost?: number;
  /**
   * After how many seconds an unfinished case counts as one that never ends.
   *
   * @default 20
   */
  readonly waitSeconds?: number;
}

/** A case in which the product broke a promise. */
export interface Failure {
  readonly target: string;
  /** The number of the case. */
  readonly number: number;
  readonly kind: 'crash' | 'hang' | 'memory';
  readonly message: string;
  /** The folder with the input, and with a note that has the command line to run it again. */
  readonly folder?: string;
}

/** The text of an input's only file, or of the named one. */
export function textOf(input: Input, path = 'input'): string {
  const entry = input[path];
  return Buffer.isBuffer(entry) ? entry.toString('utf8') : '';
}
