import { groupBy } from '../plain/group-by';
import { compareValues } from './check-rings';
import { isOver } from './emergencies';
import type { FleetComponent, FleetFacts, FleetRing } from './fleet-file';
import type { Pins, PinValue } from './pins';
import { placesOf, ringAge, usersOf, type RingAge, type RolloutState } from './rollout-state';

/** What a ring runs of a pin. */
export interface RingStatus {
  readonly ring: string;
  /**
   * The value of the working tree.
   *
   * @default - the pin did not reach the ring yet
   */
  readonly value?: PinValue;
  /**
   * Since when it runs there, as a time in RFC 3339.
   *
   * @default - it is not on the main branch, or its history is not known
   */
  readonly since?: string;
  /**
   * What may come from the ring before, and from when on.
   *
   * @default - the ring is not behind
   */
  readonly behind?: { readonly ring: string; readonly value: PinValue; readonly promotableAt?: string };
  /**
   * Which ring before it has an older value, while no emergency explains it.
   *
   * @default - none has
   */
  readonly ahead?: { readonly ring: string; readonly value: PinValue };
  /**
   * The emergency that brought the value, as long as the rings before have not caught up.
   *
   * @default - none did
   */
  readonly emergency?: { readonly since: string; readonly reason: string };
}

/** A component that is suspended in some clusters of a ring. */
export interface SuspensionStatus {
  readonly component: string;
  readonly ring: string;
  readonly clusters: readonly string[];
  readonly since: string;
  readonly reason: string;
  /** The values that its pins had when it was suspended, which differ from those of the ring. */
  readonly held: Readonly<Record<string, PinValue>>;
}

/** A pin in all rings. */
export interface PinStatus {
  readonly pin: string;
  /** The components that use it. */
  readonly components: readonly string[];
  readonly rings: readonly RingStatus[];
}

/** How a fleet is. */
export interface FleetStatus {
  readonly rings: readonly {
    readonly name: string;
    readonly soak: string;
    readonly clusters: readonly string[];
  }[];
  /** Whether the history of the main branch is known, without which there are no ages. */
  readonly hasHistory: boolean;
  readonly pins: readonly PinStatus[];
  readonly suspended: readonly SuspensionStatus[];
}

/** What decides over a status; without a main branch, there are no ages. */
export type StatusState = Omit<RolloutState, 'main'> & Partial<Pick<RolloutState, 'main'>>;

/** Tells which value each ring runs since when, and what of the fleet is not as its rings have it. */
export function fleetStatus(state: StatusState): FleetStatus {
  const { pins, fleet } = state;
  return {
    rings: fleet.rings.map(({ name, soak, clusters }) => ({ name, soak, clusters: [...clusters.keys()] })),
    hasHistory: state.main !== undefined,
    pins: pins.names.map((pin) => ({
      pin,
      components: usersOf(fleet, pin).map(({ name }) => name),
      rings: ringsOf(state, pin),
    })),
    suspended: fleet.components
      .filter(isSuspendedAnywhere(pins))
      .flatMap((component) => fleet.rings.flatMap((ring) => suspensionsIn(state, component, ring))),
  };
}

/** Few components are suspended, so the clusters of the others need not be read. */
function isSuspendedAnywhere({ suspensions }: Pins): (component: FleetComponent) => boolean {
  const names = new Set(suspensions.map(({ component }) => component));
  return ({ name }) => names.has(name);
}

function ringsOf(state: StatusState, pin: string): RingStatus[] {
  const { pins, fleet, main } = state;
  const ages = fleet.rings.map((ring) => (main ? ringAge({ ...state, main }, pin, ring) : undefined));
  return fleet.rings.map((ring, index) => {
    const value = pins.value(pin, ring.name);
    const emergency = pins.emergency(pin, ring.name);
    const isActive = emergency && !isOver(emergency, fleet.rings, (name) => pins.value(pin, name));
    const age = ages[index];
    const behind = isActive
      ? undefined
      : behindOf(state, pin, [fleet.rings[index - 1], ring], ages[index - 1]);
    return {
      ring: ring.name,
      ...(value !== undefined && { value }),
      ...(age && { since: timeText(age.since) }),
      ...(behind && (isAhead(value, behind.value) ? { ahead: aheadOf(behind) } : { behind })),
      ...(isActive && { emergency: { since: emergency.since, reason: emergency.reason } }),
    };
  });
}

function isAhead(value: PinValue | undefined, before: PinValue): boolean {
  return value !== undefined && (compareValues(value, before) ?? 0) > 0;
}

function aheadOf({ ring, value }: NonNullable<RingStatus['behind']>): RingStatus['ahead'] {
  return { ring, value };
}

/** What a ring could get from the one before it. */
function behindOf(
  { pins }: StatusState,
  pin: string,
  [before, ring]: readonly [FleetRing | undefined, FleetRing],
  age: RingAge | undefined,
): RingStatus['behind'] {
  const value = before && pins.value(pin, before.name);
  if (!before || value === undefined || value === pins.value(pin, ring.name)) return undefined;
  return { ring: before.name, value, ...(age && { promotableAt: timeText(age.soakedAt) }) };
}

/** Clusters that are suspended for the same reason and have the same values are reported together. */
function suspensionsIn(state: StatusState, component: FleetComponent, ring: FleetRing): SuspensionStatus[] {
  const { pins } = state;
  const found = placesOf([component], ring).flatMap(({ cluster }) => {
    const suspension = pins.suspension(component.name, cluster);
    return suspension ? [{ ...suspension, held: heldValues(state, component, ring, cluster) }] : [];
  });
  const groups = groupBy(found, ({ since, reason, held }) => JSON.stringify([since, reason, held]));
  return [...groups.values()].flatMap(([first, ...more]) =>
    first
      ? {
          component: component.name,
          ring: ring.name,
          clusters: [first, ...more].map(({ cluster }) => cluster),
          since: first.since,
          reason: first.reason,
          held: first.held,
        }
      : [],
  );
}

/** The version that was applied last before the suspension, according to the commit that began it. */
function heldValues(
  { pins, main }: StatusState,
  component: FleetComponent,
  ring: FleetRing,
  cluster: string,
): Readonly<Record<string, PinValue>> {
  const then = main?.history.pinsSince(
    (earlier) => earlier.suspension(component.name, cluster) !== undefined,
  );
  const held = component.pins.flatMap((pin) => {
    const value = then?.value(pin, ring.name);
    return value === undefined || value === pins.value(pin, ring.name) ? [] : [[pin, value] as const];
  });
  return Object.fromEntries(held);
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** The rings and clusters of a fleet in which a component is. */
export function clustersOf({ components }: FleetFacts, name: string): readonly string[] {
  const found = components.find((component) => component.name === name);
  return [...new Set(found?.kustomizations.flatMap(({ clusters }) => clusters) ?? [])];
}
