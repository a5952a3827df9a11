import { fail } from '../findings/findings-error';
import { editYaml, type YamlEdit } from '../yaml/edit/edit-yaml';
import { isOver } from './emergencies';
import type { FleetRing } from './fleet-file';
import { parsePins } from './parse-pins';
import type { Pins, PinValue } from './pins';
import type { PinChange } from './rollout-state';

/** A pins file as it stands, and as it is understood. */
export interface PinsText {
  readonly text: string;
  readonly pins: Pins;
}

/** Why an emergency is one. */
export interface EmergencyReason {
  /** The day, as `YYYY-MM-DD`. */
  readonly since: string;
  readonly reason: string;
}

/** Where a component is to be held, and why. */
export interface NewSuspension extends EmergencyReason {
  readonly component: string;
  readonly cluster: string;
}

/** What a pins file begins with that a command makes. */
export const EMPTY_PINS = 'version: 1\n';

/**
 * The text with other values of a pin. Emergencies that are over are taken out: of a ring that has another value now, and
 * those with which the rings before have caught up.
 *
 * @param emergency - what is recorded of each change
 * @throws FindingsError `pins-uneditable`
 */
export function withChanges(
  file: PinsText,
  changes: readonly PinChange[],
  { rings, emergency }: { readonly rings: readonly FleetRing[]; readonly emergency?: EmergencyReason },
): string {
  const edits = changes.map(({ pin, ring, to }): YamlEdit => ({
    type: 'set',
    path: ['pins', pin, ring],
    value: to,
  }));
  const values = new Map(changes.map(({ pin, ring, to }) => [JSON.stringify([pin, ring]), to]));
  const valueOf = (pin: string, ring: string): PinValue | undefined =>
    values.get(JSON.stringify([pin, ring])) ?? file.pins.value(pin, ring);
  const touched = new Set(changes.map(({ pin }) => pin));
  const over = file.pins.emergencies.filter(
    ({ pin, ring, value }) =>
      touched.has(pin) && isOver({ ring, value }, rings, (name) => valueOf(pin, name)),
  );
  edits.push(
    ...over.map(({ pin, ring }): YamlEdit => ({ type: 'delete', path: ['emergencies', pin, ring] })),
  );
  if (emergency) {
    edits.push(
      ...changes.map(({ pin, ring, to }): YamlEdit => {
        const value = { value: to, since: emergency.since, reason: emergency.reason };
        return { type: 'set', path: ['emergencies', pin, ring], value, sorted: true };
      }),
    );
  }
  return edited(file, edits);
}

/**
 * The text with more that is suspended.
 *
 * @throws FindingsError `pins-uneditable`
 */
export function withSuspensions(file: PinsText, added: readonly NewSuspension[]): string {
  return edited(
    file,
    added.map(({ component, cluster, since, reason }) => {
      const path = ['suspended', component, cluster];
      return { type: 'set', path, value: { since, reason }, sorted: true };
    }),
  );
}

/**
 * The text without some of what is suspended.
 *
 * @throws FindingsError `pins-uneditable`
 */
export function withoutSuspensions(
  file: PinsText,
  resumed: readonly Pick<NewSuspension, 'component' | 'cluster'>[],
): string {
  return edited(
    file,
    resumed.map(({ component, cluster }) => ({ type: 'delete', path: ['suspended', component, cluster] })),
  );
}

function edited({ text, pins }: PinsText, edits: readonly YamlEdit[]): string {
  const { file } = pins;
  let current = text;
  for (const edit of edits) {
    const next = replaced(current, edit);
    if (next === undefined || parsePins(next, file).findings.length > 0) {
      fail({
        code: 'pins-uneditable',
        message: `${edit.path.map((key) => JSON.stringify(key)).join('.')} in ${JSON.stringify(file)} cannot be changed without touching other parts of the file`,
        hint: 'replace the YAML alias with its value, or make this change by hand',
        locations: [{ file }],
      });
    }
    current = next;
  }
  return current;
}

/** Existing keys are set first, so that they keep their order. */
function replaced(text: string, edit: YamlEdit): string | undefined {
  if (edit.type === 'set' && typeof edit.value === 'object') {
    const without = editYaml(text, 0, { type: 'delete', path: edit.path });
    return editYaml(without ?? text, 0, edit);
  }
  return editYaml(text, 0, edit);
}
