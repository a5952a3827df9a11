import { inspect, types } from 'node:util';
import { isAuthorsFile } from './authors-stack';

/** Variables that test runners set in the processes of tests. */
const TEST_RUNNERS = ['NODE_TEST_CONTEXT', 'JEST_WORKER_ID', 'VITEST'];

/**
 * Whether this process runs the author's program, and neither a command of ours nor a test runner does: the file that was
 * started is in no package.
 */
export function isMainProgram(): boolean {
  const main = process.argv[1];
  const isTested = TEST_RUNNERS.some((name) => process.env[name] !== undefined);
  return main !== undefined && isAuthorsFile(main) && !isTested;
}

/**
 * Makes the process print an error of ours that nobody catches as its stack alone. Node would begin with the line of this
 * package that threw it. What the author's program listens to stays its own.
 */
export function printWhenUncaught(): void {
  if (!isMainProgram() || process.listenerCount('uncaughtException') > 0) return;
  process.once('uncaughtException', (error: unknown) => {
    process.stderr.write(
      `${types.isNativeError(error) && error.stack ? error.stack : inspect(error)}\n`,
      () => process.exit(1),
    );
  });
}
