import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a program is on the machine and runs. */
export function hasTool(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** The path of the first of some programs that the machine has. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * Stands for tests that cannot run here: they are reported as skipped. Where `CONFORMANCE` is set, which says that the
 * machine has everything, they fail.
 */
export function skipped(name: string, reason: string): void {
  if (process.env['CONFORMANCE'] === undefined) it.skip(`${name} (${reason})`, () => undefined);
  else it(name, () => Promise.reject(new Error(`CONFORMANCE is set, but ${reason}`)));
}

/** Registers a test that needs more than Node; where that is missing, the test is reported as skipped. */
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
