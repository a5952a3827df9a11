import { finding, type Finding } from '../findings/finding';
import { nearestHint } from '../findings/nearest-name';
import { compareVersions } from '../plain/version-step';
import type { PinnedValue, Pins, PinValue } from './pins';

/**
 * What is wrong with pins by the rings of their fleet: unknown rings, rings that were skipped or are ahead of the one
 * before them, and values that Renovate would update past the first ring.
 *
 * @param rings - the names of the rings, in their order
 */
export function checkRings(pins: Pins, rings: readonly string[]): Finding[] {
  return pins.names.flatMap((pin) => {
    const values = pins.valuesOf(pin) ?? new Map<string, PinnedValue>();
    const order = rings.filter((ring) => values.has(ring));
    return [
      ...unknownRings(pins, pin, rings),
      ...skippedRings(pins, pin, rings),
      ...order.flatMap((ring, index) => {
        const former = order[index - 1];
        return former === undefined ? [] : aheadOf(pins, pin, [former, ring]);
      }),
      ...rings.slice(1).flatMap((ring) => automatedLater(pins, pin, ring, rings[0] ?? '')),
    ];
  });
}

/** Which of two values is newer, as `sort` wants it; `undefined` where that cannot be said. */
export function compareValues(a: PinValue, b: PinValue): number | undefined {
  if (a === b) return 0;
  return typeof a === 'boolean' || typeof b === 'boolean' ? undefined : compareVersions(String(a), String(b));
}

function unknownRings(pins: Pins, pin: string, rings: readonly string[]): Finding[] {
  const known = new Set(rings);
  return [...(pins.valuesOf(pin) ?? [])].flatMap(([ring, { line }]) => {
    if (known.has(ring)) return [];
    const names = rings.map((name) => JSON.stringify(name)).join(', ');
    return finding({
      code: 'pin-ring-unknown',
      message: `the fleet has no ring ${JSON.stringify(ring)}; its rings are ${names}`,
      hint: nearestHint(ring, rings, 'remove the line'),
      ...at(pins, pin, ring, line),
    });
  });
}

/** A value reaches the rings one by one, so no earlier ring may lack it. */
function skippedRings(pins: Pins, pin: string, rings: readonly string[]): Finding[] {
  const values = pins.valuesOf(pin) ?? new Map<string, PinnedValue>();
  const last = Math.max(-1, ...rings.flatMap((ring, index) => (values.has(ring) ? [index] : [])));
  return rings.slice(0, Math.max(0, last)).flatMap((ring) => {
    if (values.has(ring)) return [];
    const later = rings[last] ?? '';
    const found = finding({
      code: 'pin-ring-missing',
      message: `the pin has no value for the ring ${JSON.stringify(ring)}, but has one for the later ring ${JSON.stringify(later)}`,
      hint: `add ${JSON.stringify(`${ring}: ${values.get(later)?.value}`)}`,
      ...at(pins, pin, ring, values.get(later)?.line),
    });
    return found;
  });
}

function aheadOf(pins: Pins, pin: string, [former, ring]: readonly [string, string]): Finding[] {
  const values = pins.valuesOf(pin);
  const [before, own] = [values?.get(former), values?.get(ring)];
  if (!before || !own || (compareValues(own.value, before.value) ?? 0) <= 0) return [];
  if (pins.emergency(pin, ring)?.value === own.value) return [];
  return [
    finding({
      code: 'pin-ahead-of-ring',
      message: `the ring ${JSON.stringify(ring)} has ${JSON.stringify(own.value)}, which is newer than ${JSON.stringify(before.value)} in the ring ${JSON.stringify(former)} before it`,
      hint: `restore the earlier value, and promote the new one to ${JSON.stringify(former)} first; in an emergency: cdk8s-flux promote ${pin} --to ${ring} --emergency --reason TEXT`,
      ...at(pins, pin, ring, own.line),
    }),
  ];
}

function automatedLater(pins: Pins, pin: string, ring: string, first: string): Finding[] {
  const own = pins.valuesOf(pin)?.get(ring);
  if (!own?.isAutomated) return [];
  return [
    finding({
      code: 'pin-automated-later',
      message: `a comment makes Renovate update the ring ${JSON.stringify(ring)}, so a new version would reach it without a promotion`,
      hint: `keep the comment on its own line, directly above the first ring ${JSON.stringify(first)}, and remove it elsewhere`,
      ...at(pins, pin, ring, own.line),
    }),
  ];
}

function at(pins: Pins, pin: string, ring: string, line?: number): Pick<Finding, 'field' | 'locations'> {
  return { field: `pins.${pin}.${ring}`, locations: [{ file: pins.file, line }] };
}
