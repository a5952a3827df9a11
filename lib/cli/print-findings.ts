import { byCause } from '../findings/causes';
import { colouredFinding, usesColour } from '../findings/colour';
import type { Finding } from '../findings/finding';
import type { Io } from './io';

/** Prints findings to stderr: with colours on a terminal, see `usesColour`; with `--quiet`, errors alone. */
export function printFindings(findings: readonly Finding[], io: Io): void {
  const colour = usesColour(io.env, io.stderrIsTerminal);
  const shown = io.isQuiet ? findings.filter(({ severity }) => severity === 'error') : findings;
  for (const found of byCause(shown)) io.stderr(`${colouredFinding(found, colour)}\n`);
}

/** Says how a command goes, on stderr. */
export function note(text: string, io: Io): void {
  if (!io.isQuiet) io.stderr(`cdk8s-flux: ${text}\n`);
}
