import type { Finding, Severity } from '../../findings/finding';
import { printable } from '../../findings/printable';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/** How many annotations of each kind GitHub shows for a step. */
const SHOWN = 10;

/**
 * Findings as commands to the runner of GitHub Actions, which shows them beside the lines. They are data for the runner,
 * so that all text in them is escaped as it asks for.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotations(findings: readonly Finding[]): string {
  const left = { error: SHOWN, warning: SHOWN, info: SHOWN };
  // What is wrong comes before where else it is.
  const firsts = findings.map((found) => found.occurrences?.[0] ?? found);
  const others = findings.flatMap(({ occurrences = [] }) => occurrences.slice(1));
  const shown = [...firsts, ...others].filter(({ severity, locations }) => {
    const isPlaced = locations.some(({ file }) => file !== undefined);
    return isPlaced && (left[severity] -= 1) >= 0;
  });
  return shown.map((found) => `${annotation(found)}\n`).join('');
}

function annotation({ severity, code, message, hint, field, locations }: Finding): string {
  const place = locations.find(({ file }) => file !== undefined);
  const properties = Object.entries({ file: place?.file, line: place?.line, col: place?.column, title: code })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  const fix = hint === undefined ? '' : ` (fix: ${hint})`;
  const text = `${field === undefined ? '' : `${field}: `}${message}${fix}`;
  return `::${commands[severity]} ${properties.join(',')}::${escapedData(text)}`;
}

function escapedData(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
