import { readFileSync } from 'node:fs';
import { printableLines } from '../findings/printable';

/** Everything that a command knows of the outside: where it speaks to, and what it was started with. */
export interface Io {
  /**
   * Writes results.
   *
   * @param form - `data` for what a program reads, which is written as it is; the default is text for people
   */
  stdout(text: string, form?: 'text' | 'data'): void;
  /** Writes progress, warnings and errors. */
  stderr(text: string): void;
  /** The working folder, as an absolute path. */
  readonly cwd: string;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Whether a person reads stdout on a terminal.
   *
   * @default false
   */
  readonly stdoutIsTerminal?: boolean;
  /** Whether a person reads stderr on a terminal. */
  readonly stderrIsTerminal: boolean;
  /**
   * Whether only results and errors are wanted.
   *
   * @default false
   */
  readonly isQuiet?: boolean;
  /**
   * The time.
   *
   * @default - what the clock says
   */
  readonly now?: () => Date;
  /**
   * All that is piped to the command.
   *
   * @default - nothing is
   */
  readonly readStdin?: () => string;
  /** Whether programs that a command starts write to our own streams directly, or through `stdout` and `stderr`. */
  readonly childStreams: 'inherit' | 'pipe';
}

/** The streams, folder and environment of this process. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that stops early (head, less) is not an error.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    env: process.env,
    stdoutIsTerminal: process.stdout.isTTY === true,
    stderrIsTerminal: process.stderr.isTTY === true,
    readStdin: () => readFileSync(0, 'utf8'),
    childStreams: 'inherit',
  };
}

/** The same streams, on which no text for people steers a terminal or a CI runner. */
export function printableIo(io: Io): Io {
  return {
    ...io,
    stdout: (text, form = 'text') => io.stdout(form === 'data' ? text : printableLines(text), form),
    stderr: (text) => io.stderr(printableLines(text)),
  };
}
