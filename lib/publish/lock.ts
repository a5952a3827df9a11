import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { fail } from '../findings/findings-error';
import { failedOperation, isCode } from './problems';

/** Who publishes. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the system's own count; tells a later process with the same number apart. */
  readonly started: string;
}

const POLL_MILLISECONDS = 50;
const TORN_MILLISECONDS = 1000;

/** A held lock. */
export interface Lock {
  /** Whether it is still ours: false when another run took it for a dead one's. */
  isHeld(): boolean;
  /** Gives it back. */
  release(): void;
}

/**
 * Takes the lock of a published folder, waiting for another run that holds it. The lock of a dead process is taken
 * over.
 *
 * @param file - the absolute path of the lock
 * @param name - its path from the repository's root
 * @param wait - how long to wait, in milliseconds
 * @throws FindingsError `publish-locked` when another run does not end in time
 */
export function takeLock(file: string, name: string, wait: number): Lock {
  const own = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) ?? '' });
  const deadline = Date.now() + wait;
  for (;;) {
    if (create(file, name, own)) return heldLock(file, own);
    const text = readLock(file);
    if (text === undefined) continue; // it was given back just now
    if (isDead(text, file)) takeAway(file, text);
    else if (Date.now() >= deadline + (parseHolder(text) ? 0 : 2 * TORN_MILLISECONDS)) refuse(text, name);
    else sleep(POLL_MILLISECONDS);
  }
}

function heldLock(file: string, own: string): Lock {
  const isHeld = (): boolean => readLock(file) === own;
  return {
    isHeld,
    release: () => {
      if (isHeld()) rmSync(file, { force: true });
    },
  };
}

function create(file: string, name: string, text: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx');
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw failedOperation('create', name, error);
  }
  try {
    writeSync(descriptor, text);
  } catch (error) {
    rmSync(file, { force: true });
    throw failedOperation('write', name, error);
  } finally {
    closeSync(descriptor);
  }
  return true;
}

/**
 * Moves a dead process's lock away. When another run was quicker and the lock is that run's by now, it is put back:
 * a link, other than a rename, never replaces a third run's.
 */
function takeAway(file: string, text: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  try {
    if (readLock(aside) !== text) linkSync(aside, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function isDead(text: string, file: string): boolean {
  const holder = parseHolder(text);
  // It is empty while its process has made it and not yet written, or was killed between the two.
  if (!holder) return ageOf(file) > TORN_MILLISECONDS;
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return isCode(error, 'ESRCH');
  }
  const started = startOf(holder.pid);
  return started !== undefined && holder.started !== '' && started !== holder.started;
}

function refuse(text: string, name: string): never {
  const holder = parseHolder(text);
  const who = holder ? `process ${holder.pid} on ${JSON.stringify(holder.host)}` : 'another process';
  fail({
    code: 'publish-locked',
    message: `${who} is publishing to the same folder, and did not end in time`,
    hint: `wait for it; if there is no such process, delete ${name}`,
    locations: [{ file: name }],
  });
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, host, started } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof host === 'string'
      ? { pid, host, started: String(started) }
      : undefined;
  } catch {
    return undefined;
  }
}

function readLock(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

/** The 22nd field of /proc/<pid>/stat (proc(5)), counted after the name, which may hold spaces. Linux only. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
