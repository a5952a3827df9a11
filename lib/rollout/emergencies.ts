import { compareValues } from './check-rings';
import type { FleetRing } from './fleet-file';
import type { PinValue } from './pins';

/** Whether an emergency is over: its ring has another value, or the rings before have caught up. */
export function isOver(
  { ring, value }: { readonly ring: string; readonly value: PinValue },
  rings: readonly FleetRing[],
  valueOf: (ring: string) => PinValue | undefined,
): boolean {
  if (valueOf(ring) !== value) return true;
  const at = rings.findIndex(({ name }) => name === ring);
  return rings.slice(0, at).every(({ name }) => {
    const before = valueOf(name);
    return before !== undefined && (before === value || (compareValues(before, value) ?? -1) > 0);
  });
}
