import type { Finding } from '../findings/finding';
import { fail } from '../findings/findings-error';
import { nearestHint } from '../findings/nearest-name';
import { durationSeconds } from '../plain/duration';
import type { FleetComponent, FleetFacts, FleetRing } from './fleet-file';
import type { Pins, PinValue } from './pins';
import type { PinsHistory } from './pins-history';

/** What decides how a pin goes on. */
export interface RolloutState {
  /** The pins of the working tree. */
  readonly pins: Pins;
  readonly fleet: FleetFacts;
  /** The pins on the branch that Flux applies, with its name. */
  readonly main: { readonly name: string; readonly history: PinsHistory };
  readonly now: Date;
}

/** The value of a pin in a ring before and after a change. */
export interface PinChange {
  readonly pin: string;
  readonly ring: string;
  /**
   * The value before.
   *
   * @default - the pin did not reach the ring yet
   */
  readonly from?: PinValue;
  readonly to: PinValue;
}

/** How a ring came to its value. */
export interface RingAge {
  /** When the commit was made since which the ring has the value, in seconds since 1970. */
  readonly since: number;
  /** The time from which on the value may go to the next ring, in seconds since 1970. */
  readonly soakedAt: number;
}

/**
 * Since when a ring has run its value on the branch that Flux applies; `undefined` where that branch has another value.
 * While a component that uses the pin is suspended in a cluster of the ring, the value does not run there, and does not
 * count.
 */
export function ringAge(state: RolloutState, pin: string, ring: FleetRing): RingAge | undefined {
  const { pins, main, fleet } = state;
  const value = pins.value(pin, ring.name);
  const users = new Set(usersOf(fleet, pin).map(({ name }) => name));
  const since = main.history.since(
    (then) =>
      then.value(pin, ring.name) === value &&
      !then.suspensions.some(({ component, cluster }) => users.has(component) && ring.clusters.has(cluster)),
  );
  return since && { since: since.time, soakedAt: since.time + (durationSeconds(ring.soak) ?? 0) };
}

/** The components that use a pin. */
export function usersOf({ components }: FleetFacts, pin: string): readonly FleetComponent[] {
  return components.filter(({ pins }) => pins.includes(pin));
}

/** In which clusters of a ring components are. */
export function placesOf(
  components: readonly FleetComponent[],
  { clusters }: FleetRing,
): readonly { readonly component: string; readonly cluster: string }[] {
  return components.flatMap(({ name, kustomizations }) =>
    [...new Set(kustomizations.flatMap((one) => one.clusters))]
      .filter((cluster) => clusters.has(cluster))
      .map((cluster) => ({ component: name, cluster })),
  );
}

/**
 * Refuses a pin that there is not.
 *
 * @throws FindingsError `pin-unknown`
 */
export function checkPin({ pins, fleet }: Pick<RolloutState, 'pins' | 'fleet'>, name: string): void {
  if (pins.names.includes(name)) return;
  const component = fleet.components.find((one) => one.name === name);
  fail({
    code: 'pin-unknown',
    message: `${JSON.stringify(pins.file)} has no pin ${JSON.stringify(name)}`,
    hint:
      component && component.pins.length > 0
        ? `the component ${JSON.stringify(name)} uses these pins: ${component.pins.join(', ')}`
        : nearestHint(name, pins.names, `its pins are ${pins.names.join(', ') || 'none yet'}`),
  });
}

/**
 * The ring of a name.
 *
 * @throws FindingsError `ring-unknown`
 */
export function ringNamed({ rings }: FleetFacts, name: string, option = '--ring'): FleetRing {
  const names = rings.map((ring) => ring.name);
  return (
    rings.find((ring) => ring.name === name) ??
    fail({
      code: 'ring-unknown',
      message: `${option}: the fleet has no ring ${JSON.stringify(name)}`,
      hint: nearestHint(name, names, `its rings are ${names.join(', ')}`),
    })
  );
}

/** What a command does to the pins, or why it does not. */
export interface RolloutPlan {
  /** The values that change; none where there is nothing to do. */
  readonly changes: readonly PinChange[];
  /** Why nothing may change. */
  readonly refusals: readonly Finding[];
  /** What a person should know beside it. */
  readonly notes: readonly string[];
}
