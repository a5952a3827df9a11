/** Everything that a command knows of the outside: where it speaks to, and what it was started with. */
export interface Io {
  /** Writes results. */
  stdout(text: string): void;
  /** Writes progress, warnings and errors. */
  stderr(text: string): void;
  /** The working folder, as an absolute path. */
  readonly cwd: string;
  /** The environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person reads stderr on a terminal. */
  readonly stderrIsTerminal: boolean;
  /** Whether programs that a command starts write to our own streams directly, or through `stdout` and `stderr`. */
  readonly childStreams: 'inherit' | 'pipe';
}

/** The streams, folder and environment of this process. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that has seen enough (head, less) is no fault of ours.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    env: process.env,
    stderrIsTerminal: process.stderr.isTTY === true,
    childStreams: 'inherit',
  };
}
