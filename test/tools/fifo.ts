import { spawnSync } from 'node:child_process';

/** Creates a FIFO, which blocks every program that opens it to read; `false` if the system has none. */
export function makeFifo(path: string): boolean {
  return spawnSync('mkfifo', [path]).status === 0;
}

const known = spawnSync('mkfifo', ['--version']);

/** Whether this system can make FIFOs: every POSIX system can. */
export const hasFifos = known.error === undefined;
