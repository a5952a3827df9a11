import { styleText } from 'node:util';
import type { Finding, Severity } from './finding';
import { formatFinding } from './format';

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<Severity, string>;

/**
 * Whether text for people gets colours: on terminals only. FORCE_COLOR asks for them everywhere, and wins over NO_COLOR,
 * as in Node.
 *
 * @see https://no-color.org
 * @see https://force-color.org
 */
export function usesColour(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean | undefined,
): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTerminal === true && !env['NO_COLOR'];
}

/** A finding as text, with its label and code in the colour of its severity. */
export function colouredFinding(found: Finding, colour: boolean): string {
  const text = formatFinding(found);
  const head = `${found.severity}: ${found.code}`;
  if (!text.startsWith(head)) return text;
  return inColour(head, found.severity, colour) + text.slice(head.length);
}

/** A text in the colour of a severity, where colours are wanted. */
export function inColour(text: string, severity: Severity, colour: boolean): string {
  return colour ? styleText(COLOURS[severity], text, { validateStream: false }) : text;
}
