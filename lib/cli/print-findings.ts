import { styleText } from 'node:util';
import type { Finding, Severity } from '../findings/finding';
import { formatFinding } from '../findings/format';
import type { Io } from './io';

const colours: Record<Severity, 'red' | 'yellow' | 'cyan'> = {
  error: 'red',
  warning: 'yellow',
  info: 'cyan',
};

/** Prints findings to stderr: with colours on a terminal, unless NO_COLOR (no-color.org) is set. */
export function printFindings(findings: readonly Finding[], io: Io): void {
  for (const found of findings) {
    const text = formatFinding(found);
    io.stderr(`${usesColour(io) ? highlight(text, found) : text}\n`);
  }
}

function usesColour(io: Io): boolean {
  return io.stderrIsTerminal && !io.env['NO_COLOR'];
}

/** The finding's code leads its text; it alone gets a colour. */
function highlight(text: string, { code, severity }: Finding): string {
  return styleText(colours[severity], code, { validateStream: false }) + text.slice(code.length);
}
