import type { OrderChain, OrderStep } from './order';

/** How often the controllers check a dependency that is not ready: the default of `--requeue-dependency`. */
const REQUEUE_DEPENDENCY_SECONDS = 30;

/** A step with the latest moment at which it starts. */
interface Timed {
  readonly step: OrderStep;
  /** If every first attempt succeeds at its last moment. */
  readonly start: number;
  /** If every step before fails once. */
  readonly startWithRetry: number;
  /** The step for which it waits longest. */
  readonly before?: Timed;
}

/**
 * The chain that is ready last. A parent costs no time: what it applies starts at once. Of chains that take as long,
 * the one whose end stands later is taken.
 *
 * @param steps - all steps, each after those for which it waits
 */
export function longestChain(steps: readonly OrderStep[]): OrderChain {
  const timed = new Map<string, Timed>();
  let last: Timed | undefined;
  for (const step of steps) {
    const entry = timedStep(step, timed);
    timed.set(step.id, entry);
    if (!last || end(entry) >= end(last)) last = entry;
  }
  if (!last) return { steps: [], seconds: 0, secondsWithRetry: 0 };
  const ids: string[] = [];
  for (let current: Timed | undefined = last; current; current = current.before) ids.push(current.step.id);
  return { steps: ids.reverse(), seconds: end(last), secondsWithRetry: endWithRetry(last) };
}

function timedStep(step: OrderStep, timed: ReadonlyMap<string, Timed>): Timed {
  let [start, startWithRetry]: [number, number] = [0, 0];
  let before: Timed | undefined;
  for (const { on, why } of step.waits) {
    const other = timed.get(on);
    if (!other) continue;
    const moment = why === 'parent' ? other.start : end(other) + REQUEUE_DEPENDENCY_SECONDS;
    const late =
      why === 'parent'
        ? other.startWithRetry + other.step.retrySeconds
        : endWithRetry(other) + REQUEUE_DEPENDENCY_SECONDS;
    if (!before || moment > start) [start, before] = [moment, other];
    startWithRetry = Math.max(startWithRetry, late);
  }
  return { step, start, startWithRetry, before };
}

/** The maximum duration of one attempt. A step that waits for nothing takes seconds, which do not count. */
function attempt({ ready, timeoutSeconds }: OrderStep): number {
  return ready === 'applied' ? 0 : timeoutSeconds;
}

function end({ step, start }: Timed): number {
  return start + attempt(step);
}

function endWithRetry({ step, startWithRetry }: Timed): number {
  return startWithRetry + 2 * attempt(step) + step.retrySeconds;
}
