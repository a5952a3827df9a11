import { printable } from '../findings/printable';
import { firstNames } from '../plain/first-names';
import { describeAge } from './age';
import type { PinValue } from './pins';
import type { FleetStatus, PinStatus, RingStatus, SuspensionStatus } from './status';

/** Prints a status as text: a table of pins by ring, and below it what differs and why. */
export function formatStatus(status: FleetStatus, now: Date): string {
  const { rings, pins, suspended } = status;
  const rows = [
    ['PIN', ...rings.map(({ name }) => name)],
    ...pins.map(({ pin, rings: own }) => [pin, ...own.map((ring) => cell(ring, now))]),
  ];
  const notes = [...pins.flatMap((pin) => pinNotes(pin, status, now)), ...suspended.map(suspensionNote)];
  const lines = pins.length === 0 ? ['there are no pins'] : table(rows);
  return `${[...lines, ...(notes.length > 0 ? ['', ...notes] : [])].map(printable).join('\n')}\n`;
}

function cell({ value, since }: RingStatus, now: Date): string {
  if (value === undefined) return '-';
  return since === undefined ? String(value) : `${value} (${ageOf(since, now)})`;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function pinNotes({ pin, rings }: PinStatus, { hasHistory }: FleetStatus, now: Date): string[] {
  return rings.flatMap(({ ring, value, behind, ahead, emergency }) => [
    ...(behind
      ? [
          `${pin}: ${ring} is behind ${behind.ring}; ${text(behind.value)} ${hasHistory ? promotable(behind.promotableAt, now) : 'has an unknown age'}`,
        ]
      : []),
    ...(ahead
      ? [`${pin}: ${ring} has ${text(value)}, ahead of ${ahead.ring} with ${text(ahead.value)}; see check`]
      : []),
    ...(emergency
      ? [
          `${pin}: ${ring} got ${text(value)} by an emergency promotion on ${emergency.since}: ${emergency.reason}`,
        ]
      : []),
  ]);
}

function promotable(at: string | undefined, now: Date): string {
  if (at === undefined) return 'is not on the main branch, or is suspended there';
  const seconds = (Date.parse(at) - now.getTime()) / 1000;
  return seconds <= 0 ? 'may be promoted' : `may be promoted in ${describeAge(seconds)}`;
}

function suspensionNote({ component, ring, clusters, since, reason, held }: SuspensionStatus): string {
  const values = Object.entries(held).map(([pin, value]) => `${pin} ${text(value)}`);
  const holds = values.length > 0 ? ` with ${values.join(', ')}` : '';
  return `${component}: suspended in ${firstNames(clusters, 5)} (${ring})${holds} since ${since}: ${reason}`;
}

function ageOf(since: string, now: Date): string {
  return describeAge((now.getTime() - Date.parse(since)) / 1000);
}

function text(value: PinValue | undefined): string {
  return value === undefined ? 'no value' : String(value);
}
