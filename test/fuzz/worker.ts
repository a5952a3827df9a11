import { writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FindingsError } from '../../lib/findings/findings-error';
import { readCorpus, type Corpus } from './corpus';
import { minimize } from './minimize';
import { Random } from './random';
import { saveFailure } from './save-failure';
import type { Failure, Input, Target } from './target';

/** The folder with the code of the product. */
const OURS = join(__dirname, '../../lib/');

/** How much processor time a case may take. */
const HANG_SECONDS = 5;

/** The instructions for a worker. */
export interface Task {
  /** The module that exports `targets`, from this folder. */
  readonly module: string;
  readonly seed: number;
  /** For each target, the number of its next case. */
  readonly next: Readonly<Record<string, number>>;
  /** How many cases each target has at most; expensive targets have fewer. */
  readonly cases: number;
  readonly seconds: number;
  /** How much memory the process may use, in megabytes. */
  readonly megabytes: number;
}

/** The messages of a worker, one per line. */
export type Message =
  | { readonly type: 'start'; readonly target: string; readonly number: number }
  | { readonly type: 'failure'; readonly failure: Failure }
  /** The process grew too large in the case that started last. */
  | { readonly type: 'memory' };

/** Runs cases until the time or the cases are used up, at least one. The target that has used the least time is next. */
export async function work(task: Task): Promise<void> {
  const { targets } = (await import(resolve(__dirname, task.module))) as { targets: readonly Target[] };
  const chosen = targets.filter(({ name }) => task.next[name] !== undefined);
  const turns = chosen.map((target) => ({ target, number: task.next[target.name] ?? 0, used: 0 }));
  const worker = new Worker(task, readCorpus());
  const end = performance.now() + task.seconds * 1000;
  do {
    const open = turns.filter(({ target, number }) => number < casesOf(target, task.cases));
    const turn = open.sort((a, b) => a.used - b.used)[0];
    if (turn === undefined) return;
    const start = performance.now();
    await worker.run(turn.target, turn.number++);
    turn.used += performance.now() - start;
  } while (performance.now() < end);
}

/** How many cases a target has. */
export function casesOf({ cost = 1 }: Target, cases: number): number {
  return Math.ceil(cases / cost);
}

/** The input of a case. */
export function inputOf(target: Target, seed: number, number: number, corpus: Corpus): Input {
  return target.input(new Random(seed, target.name, number), corpus);
}

class Worker {
  /** Similar failures are reported once. */
  private readonly told = new Set<string>();

  constructor(
    private readonly task: Task,
    private readonly corpus: Corpus,
  ) {}

  async run(target: Target, number: number): Promise<void> {
    tell({ type: 'start', target: target.name, number });
    const input = inputOf(target, this.task.seed, number, this.corpus);
    const start = process.cpuUsage();
    const error = await errorOf(target, input);
    const { user, system } = process.cpuUsage(start);
    const seconds = (user + system) / 1e6;
    const known = { target: target.name, number };
    if (error !== undefined) await this.tellCrash(target, number, input, error);
    if (seconds > HANG_SECONDS)
      this.tellFailure({ ...known, kind: 'hang', message: `took ${seconds.toFixed(1)} s` }, input);
    if (process.resourceUsage().maxRSS > this.task.megabytes * 1024) {
      tell({ type: 'memory' });
      process.exit();
    }
  }

  private async tellCrash(target: Target, number: number, input: Input, error: unknown): Promise<void> {
    const key = keyOf(error);
    if (this.told.has(key)) return;
    this.told.add(key);
    const fails = async (smaller: Input): Promise<boolean> => keyOf(await errorOf(target, smaller)) === key;
    const failure: Failure = { target: target.name, number, kind: 'crash', message: describe(error) };
    this.tellFailure(failure, await minimize(input, fails));
  }

  private tellFailure(failure: Failure, input: Input): void {
    tell({ type: 'failure', failure: { ...failure, folder: saveFailure(failure, input, this.task.seed) } });
  }
}

async function errorOf(target: Target, input: Input): Promise<unknown> {
  try {
    await target.run(input);
    return undefined;
  } catch (error) {
    return FindingsError.isFindingsError(error) ? undefined : (error ?? new Error('threw nothing'));
  }
}

/** Distinguishes failures by where they come from, not by the values in their messages. */
function keyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = (error.stack ?? '').split('\n').find((line) => line.includes(OURS));
  return `${error.name} ${frame?.trim() ?? error.message.split(/[:"]/)[0]}`;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).slice(0, 3_000) : String(error);
}

/** Immediately, so that we know which case never ends. */
function tell(message: Message): void {
  writeSync(1, `${JSON.stringify(message)}\n`);
}
