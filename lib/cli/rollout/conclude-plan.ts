import type { PinValue } from '../../rollout/pins';
import type { RolloutPlan } from '../../rollout/rollout-state';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { note, printFindings } from '../print-findings';
import type { OpenRollout } from './open-rollout';
import { writePins } from './write-pins';

/** The pins file before and after a change. */
export interface Edit {
  readonly before: { readonly text: string; readonly isNew: boolean };
  readonly text: string;
}

/** Makes the changes of a plan, or says why not. */
export function concludePlan(
  opened: OpenRollout,
  { changes, refusals, notes }: RolloutPlan,
  io: Io,
  edit: () => Edit,
): number {
  if (refusals.length > 0) {
    printFindings(refusals, io);
    note('nothing was changed', io);
    return EXIT.findings;
  }
  const { before, text } = edit();
  writePins(opened, before, text, io);
  for (const { pin, ring, from, to } of changes)
    io.stdout(`${pin} in ${ring}: ${shown(from)} -> ${shown(to)}\n`);
  for (const line of notes) note(line, io);
  return EXIT.clean;
}

function shown(value: PinValue | undefined): string {
  return value === undefined ? 'no value' : String(value);
}
