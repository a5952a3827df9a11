import { styleText } from 'node:util';
import { usesColour } from '../findings/colour';
import type { Io } from './io';

/** Work that takes less is not announced. */
const PATIENCE = 1000;

/**
 * Shows on a terminal what is being done, once it has taken a second. What the work itself prints begins on a line of
 * its own.
 */
export async function withProgress<T>(what: string, io: Io, work: () => Promise<T>): Promise<T> {
  if (!io.stderrIsTerminal) return work();
  const text = `cdk8s-flux: ${what} ...`;
  const shown = usesColour(io.env, true) ? styleText('dim', text, { validateStream: false }) : text;
  const timer = setTimeout(() => io.stderr(`${shown}\n`), PATIENCE);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
