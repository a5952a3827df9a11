import { styleText } from 'node:util';
import { usesColour } from '../findings/colour';
import type { Io } from './io';

/** Work that takes less time is not announced. */
const PATIENCE = 1000;

/**
 * Shows on a terminal what is being done, once it has taken a second. What the work itself prints begins on a line of
 * its own.
 */
export async function withProgress<T>(what: string, io: Io, work: () => Promise<T>): Promise<T> {
  if (!io.stderrIsTerminal || io.isQuiet) return work();
  const timer = setTimeout(() => announce(what, io), PATIENCE);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Says on a terminal what comes next, where the command has run for a second. Work that leaves no time for a timer tells
 * its steps by this.
 *
 * @param elapsed - for how long the command has run, in milliseconds
 */
export function announceStep(what: string, io: Io, elapsed: number = performance.now()): void {
  if (io.stderrIsTerminal && !io.isQuiet && elapsed >= PATIENCE) announce(what, io);
}

function announce(what: string, io: Io): void {
  const text = `cdk8s-flux: ${what} ...`;
  const shown = usesColour(io.env, true) ? styleText('dim', text, { validateStream: false }) : text;
  io.stderr(`${shown}\n`);
}
