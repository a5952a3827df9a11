import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a program is installed and runs. */
export function hasTool(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** The path of the first installed program of a list. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * Takes the place of tests that cannot run here: they are reported as skipped. With `CONFORMANCE`, which means that the
 * machine has everything, they fail.
 */
export function skipped(name: string, reason: string): void {
  if (process.env['CONFORMANCE'] === undefined) it.skip(`${name} (${reason})`, () => undefined);
  else it(name, () => Promise.reject(new Error(`CONFORMANCE is set, but ${reason}`)));
}

/** Registers a test that needs more than Node; without it, the test is reported as skipped. */
export function itWith(
  tool: string,
  available: boolean,
  name: string,
  run: () => void | Promise<void>,
  timeout?: number,
): void {
  if (available) it(name, async () => run(), timeout);
  else skipped(name, `${tool} is not here`);
}
