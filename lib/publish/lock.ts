import {
  closeSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { fail, FindingsError } from '../findings/findings-error';
import { isCode } from '../plain/error-code';
import { failedOperation, notFileFinding } from './problems';
import { readRegular } from './read-regular';
import type { StateFolder } from './state-folder';

/** The process that publishes. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, in the system's own unit; distinguishes a later process with the same number. */
  readonly started: string;
}

/** The name of the lock in the state folder. */
export const LOCK_NAME = 'lock';

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
 * Takes the lock of a project, waiting for another run that holds it. The lock of a dead process is taken over.
 *
 * @param state - where it is
 * @param wait - how long to wait, in milliseconds
 * @throws FindingsError `publish-locked` when another run does not end in time, `path-blocked` when something else
 *   stands where the lock or its folder should be, `publish-failed` when the file system refuses
 */
export function takeLock(state: StateFolder, wait: number): Lock {
  const file = state.path(LOCK_NAME);
  const name = state.shown(LOCK_NAME);
  const own = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) ?? '' });
  const deadline = Date.now() + wait;
  for (;;) {
    state.make();
    if (create(file, name, own)) return heldLock(state, own);
    const text = readLock(file);
    if (text === undefined) {
      // The lock was just released, or it is not a regular file and stays.
      if (lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) {
        throw new FindingsError([notFileFinding(name, 'a file')]);
      }
    } else if (isDead(text, file)) takeAway(file, text);
    else if (Date.now() >= deadline + (parseHolder(text) ? 0 : 2 * TORN_MILLISECONDS)) refuse(text, name);
    else sleep(POLL_MILLISECONDS);
  }
}

function heldLock(state: StateFolder, own: string): Lock {
  const file = state.path(LOCK_NAME);
  const isHeld = (): boolean => readLock(file) === own;
  return {
    isHeld,
    release: () => {
      if (!isHeld()) return;
      removeAside(state);
      rmSync(file, { force: true });
      state.removeIfEmpty();
    },
  };
}

/** A process that is killed while it takes a lock over leaves the lock that it moved away. */
function removeAside(state: StateFolder): void {
  for (const name of state.names()) {
    const pid = /^lock\.(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(state.path(name), { force: true });
  }
}

/**
 * @returns false if there is a lock, or if a finished run has just removed the folder
 */
function create(file: string, name: string, text: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx');
  } catch (error) {
    if (isCode(error, 'EEXIST', 'ENOENT')) return false;
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
 * Moves a dead process's lock away. If another run was faster and the lock now belongs to that run, it is put back: a
 * link, unlike a rename, never replaces the lock of a third run.
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
  // The lock is empty if its process has not written it yet, or was killed before.
  if (!holder) return ageOf(file) > TORN_MILLISECONDS;
  if (holder.host !== hostname()) return false;
  if (!isRunning(holder.pid)) return true;
  const started = startOf(holder.pid);
  return started !== undefined && holder.started !== '' && started !== holder.started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, 'ESRCH'); // The lock may belong to another user.
  }
}

function refuse(text: string, name: string): never {
  const holder = parseHolder(text);
  const who = holder ? `process ${holder.pid} on ${JSON.stringify(holder.host)}` : 'another process';
  fail({
    code: 'publish-locked',
    message: `${who} is writing to the same repository, and is still running`,
    hint: `wait until it has finished; if there is no such process, delete ${name}`,
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
  return readRegular(file, { follow: false })?.toString('utf8');
}

function ageOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}

/** The 22nd field of /proc/<pid>/stat (proc(5)), counted after the name, which may contain spaces. Linux only. */
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
