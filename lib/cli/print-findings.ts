import { colouredFinding, usesColour } from '../findings/colour';
import type { Finding } from '../findings/finding';
import type { Io } from './io';

/** Prints findings to stderr: with colours on a terminal, see `usesColour`. */
export function printFindings(findings: readonly Finding[], io: Io): void {
  const colour = usesColour(io.env, io.stderrIsTerminal);
  for (const found of findings) io.stderr(`${colouredFinding(found, colour)}\n`);
}
