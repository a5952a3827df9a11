import { spawnSync } from 'node:child_process';

/** Makes a FIFO, which hangs whoever opens it to read; `false` where the system has none. */
export function makeFifo(path: string): boolean {
  return spawnSync('mkfifo', [path]).status === 0;
}

const known = spawnSync('mkfifo', ['--version']);

/** Whether this system can make FIFOs: every POSIX system can. */
export const hasFifos = known.error === undefined;
