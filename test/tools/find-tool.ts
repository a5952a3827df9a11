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
 * Registers a test that needs more than Node. Where that is missing, a test says so by its name, so that nobody takes
 * a run without it for a whole one.
 */
export function itWith(
  tool: string,
  available: boolean,
  name: string,
  run: () => void | Promise<void>,
  timeout?: number,
): void {
  if (available) it(name, async () => run(), timeout);
  else it(`skipped, there is no ${tool} here: ${name}`, () => expect(available).toBe(false));
}
