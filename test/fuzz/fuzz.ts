import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readCorpus } from './corpus';
import { saveFailure } from './save-failure';
import type { Failure, Target } from './target';
import { inputOf, type Message, type Task } from './worker';

/** What to try, and for how long. */
export interface FuzzOptions {
  readonly targets: readonly Target[];
  readonly seed: number;
  /**
   * When to end, in seconds.
   *
   * @default 3600
   */
  readonly seconds?: number;
  /**
   * How many cases each target has; expensive targets have fewer.
   *
   * @default - as many as the time allows
   */
  readonly cases?: number;
  /**
   * The number of the first case of each target.
   *
   * @default 0
   */
  readonly from?: number;
  /**
   * The module that exports these targets, from this folder.
   *
   * @default 'targets/index.ts'
   */
  readonly module?: string;
  /** Called for each failure immediately. */
  readonly report?: (failure: Failure) => void;
}

/** The result of a run. */
export interface FuzzResult {
  /** How many cases each target had. */
  readonly cases: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
}

/** How long a case may take on a machine with other load. */
const WAIT_SECONDS = 20;

/** The maximum memory of a command, in megabytes. */
const MEGABYTES = 500;

/** With this heap limit, the whole process stays below that maximum. */
const HEAP_MEGABYTES = 320;

/** The run stops after this many failures. */
const MOST_FAILURES = 20;

type Ending = { readonly kind: Failure['kind']; readonly message: string };

/**
 * Runs cases in a separate process, which is ended if a case hangs, grows or crashes the process. Such a case then runs
 * once more alone, because a busy machine or the cases before it may have been the cause.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { targets, seconds = 3600, from = 0, report } = options;
  const next = Object.fromEntries(targets.map(({ name }) => [name, from]));
  const failures = new Map<string, Failure>();
  const add = (failure: Failure): void => {
    const key = `${failure.target} ${failure.kind} ${failure.kind === 'crash' ? failure.message : ''}`;
    if (!failures.has(key)) report?.(failure);
    failures.set(key, failures.get(key) ?? failure);
  };
  const end = performance.now() + seconds * 1000;
  for (
    let left = seconds;
    left > 0 && failures.size < MOST_FAILURES;
    left = (end - performance.now()) / 1000
  ) {
    const stopped = await runWorker(options, next, left, add);
    if (stopped === undefined) break;
    const { target, number } = stopped;
    const alone = await runWorker({ ...options, cases: Infinity }, { [target]: number }, 0.001, add);
    if (alone) add(withInput({ target, number, ...alone.ending }, options));
  }
  const cases = Object.entries(next).map(([name, number]) => [name, number - from]);
  return { cases: Object.fromEntries(cases) as Record<string, number>, failures: [...failures.values()] };
}

function withInput(failure: Failure, { targets, seed }: FuzzOptions): Failure {
  const target = targets.find(({ name }) => name === failure.target) as Target;
  const input = inputOf(target, seed, failure.number, readCorpus());
  return { ...failure, folder: saveFailure(failure, input, seed) };
}

interface Stopped {
  readonly target: string;
  readonly number: number;
  readonly ending: Ending;
}

/** Runs a worker to its end, counts its cases in `next`, and returns the case in which it was stopped. */
async function runWorker(
  options: FuzzOptions,
  next: Record<string, number>,
  seconds: number,
  add: (failure: Failure) => void,
): Promise<Stopped | undefined> {
  const { seed, cases = Infinity, module = 'targets/index.ts', targets } = options;
  const task: Task = {
    module,
    seed,
    next,
    cases: Math.min(cases, Number.MAX_SAFE_INTEGER),
    seconds,
    megabytes: MEGABYTES,
  };
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MEGABYTES}`,
      join(__dirname, '../../scripts/fuzz.cjs'),
      '--worker',
      JSON.stringify(task),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let ending: Ending | undefined;
  let current: { readonly target: string; readonly number: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let complaint = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint = (complaint + text).slice(-4_000)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    clearTimeout(timer);
    const message = JSON.parse(line) as Message;
    if (message.type === 'failure') add(message.failure);
    if (message.type === 'memory') ending = { kind: 'memory', message: `needs more than ${MEGABYTES} MB` };
    if (message.type !== 'start') return;
    current = message;
    const { waitSeconds = WAIT_SECONDS } = targets.find(({ name }) => name === message.target) ?? {};
    next[message.target] = message.number + 1;
    timer = setTimeout(() => {
      ending = { kind: 'hang', message: 'does not end' };
      child.kill('SIGKILL');
    }, waitSeconds * 1_000);
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  clearTimeout(timer);
  if (ending === undefined && code !== 0)
    ending = { kind: 'crash', message: `the process ended with ${code}: ${complaint}` };
  if (ending !== undefined && current === undefined) throw new Error(ending.message);
  return ending && current && { ...current, ending };
}
