import { finding, type Finding, type OwnFindingInput } from '../findings/finding';
import { fail } from '../findings/findings-error';
import { firstNames } from '../plain/first-names';
import { compareValues } from './check-rings';
import { isOver } from './emergencies';
import type { FleetRing } from './fleet-file';
import type { PinValue } from './pins';
import {
  checkPin,
  placesOf,
  ringAge,
  ringNamed,
  usersOf,
  type RolloutPlan,
  type RolloutState,
} from './rollout-state';
import { describeAge } from './age';

/** What is asked for. */
export interface PromotionRequest {
  readonly pin: string;
  /**
   * The ring that gets the value.
   *
   * @default - the only one whose value differs from the one before
   */
  readonly to?: string;
  /** Whether the soak time and rings may be skipped. */
  readonly isEmergency: boolean;
}

/** From which ring a value goes to which one. */
export interface PromotionStep {
  readonly from: FleetRing;
  readonly to: FleetRing;
  readonly value: PinValue;
  /** The rings between the two, which do not have the value. */
  readonly skipped: readonly string[];
}

/**
 * Finds the rings of a promotion; `undefined` where all rings have one value.
 *
 * @throws FindingsError `pin-unknown`, `ring-unknown`, `promotion-unclear`
 */
export function findStep(state: RolloutState, request: PromotionRequest): PromotionStep | undefined {
  const { pins, fleet } = state;
  const { pin } = request;
  checkPin(state, pin);
  if (request.to !== undefined) return stepTo(state, request, ringNamed(fleet, request.to, '--to'));
  const steps = fleet.rings.slice(1).flatMap((to, index) => {
    const from = fleet.rings[index];
    const value = from && pins.value(pin, from.name);
    const isSame = value === undefined || value === pins.value(pin, to.name) || hasEmergency(state, pin, to);
    return from && !isSame ? [{ from, to, value, skipped: [] }] : [];
  });
  if (steps.length < 2) return steps[0];
  const ways = steps.map(
    ({ from, to, value }) => `--to ${to.name} (${JSON.stringify(value)} of ${from.name})`,
  );
  return fail({
    code: 'promotion-unclear',
    message: `${JSON.stringify(pin)} can be promoted to ${steps.length} rings`,
    hint: `choose one: ${ways.join(', ')}`,
  });
}

/** The value comes from the nearest earlier ring with another one; only an emergency may skip the rings in between. */
function stepTo(state: RolloutState, { pin }: PromotionRequest, to: FleetRing): PromotionStep | undefined {
  const { pins, fleet } = state;
  const index = fleet.rings.indexOf(to);
  const own = pins.value(pin, to.name);
  const earlier = fleet.rings.slice(0, index).reverse();
  if (earlier.length === 0) {
    fail({
      code: 'promotion-unclear',
      message: `${JSON.stringify(to.name)} is the first ring, so there is no ring to promote from`,
      hint: 'change its value in the pins file, or let Renovate do it',
    });
  }
  if (hasEmergency(state, pin, to)) {
    fail({
      code: 'promotion-unclear',
      message: `${JSON.stringify(to.name)} has ${JSON.stringify(own)} by an emergency promotion, and is ahead of the rings before it`,
      hint: `promote that value in the earlier rings; to undo the emergency: cdk8s-flux rollback ${pin} --ring ${to.name}`,
    });
  }
  const from = earlier.find((ring) => {
    const value = pins.value(pin, ring.name);
    return value !== undefined && value !== own;
  });
  if (!from) return undefined;
  const skipped = earlier.slice(0, earlier.indexOf(from)).map(({ name }) => name);
  return { from, to, value: pins.value(pin, from.name) as PinValue, skipped };
}

/** Whether a ring has its value because of an emergency, and the rings before have not caught up. */
function hasEmergency({ pins, fleet }: RolloutState, pin: string, ring: FleetRing): boolean {
  const emergency = pins.emergency(pin, ring.name);
  return emergency !== undefined && !isOver(emergency, fleet.rings, (name) => pins.value(pin, name));
}

/**
 * Judges a promotion.
 *
 * @param errors - what `check` says of the objects of the components in the ring from which the value comes
 */
export function planPromotion(
  state: RolloutState,
  request: PromotionRequest,
  step: PromotionStep,
  errors: readonly Finding[],
): RolloutPlan {
  const { pin, isEmergency } = request;
  const { to, value } = step;
  const refusals = [
    ...(isEmergency ? [] : [...skips(request, step), ...soaks(state, request, step)]),
    ...suspended(state, request, step),
    ...faulty(request, step, errors),
  ].map(finding);
  const held = suspendedIn(state, pin, to);
  const notes = held.map(
    ({ component, cluster }) =>
      `${component} is suspended in ${cluster}, which does not get the value until you resume it`,
  );
  const from = state.pins.value(pin, to.name);
  if (from !== undefined && (compareValues(from, value) ?? 0) > 0)
    notes.push(`${to.name} goes back from ${JSON.stringify(from)} to the older ${JSON.stringify(value)}`);
  return {
    changes: [{ pin, ring: to.name, ...(from !== undefined && { from }), to: value }],
    refusals,
    notes,
  };
}

function skips({ pin }: PromotionRequest, { from, to, skipped }: PromotionStep): OwnFindingInput[] {
  const [next] = [...skipped].reverse();
  if (next === undefined) return [];
  return [
    {
      code: 'promotion-skips-ring',
      message: `${JSON.stringify(pin)} would go from ${from.name} to ${to.name} and skip ${skipped.map((name) => JSON.stringify(name)).join(', ')}`,
      hint: `promote it to the next ring first: cdk8s-flux promote ${pin} --to ${next}; in an emergency, add --emergency --reason TEXT`,
    },
  ];
}

function soaks(
  state: RolloutState,
  { pin }: PromotionRequest,
  { from, value }: PromotionStep,
): OwnFindingInput[] {
  const { main, now, pins } = state;
  const age = ringAge(state, pin, from);
  const emergency = 'in an emergency, add --emergency --reason TEXT';
  const ring = JSON.stringify(from.name);
  if (!age) {
    const there = main.history.newest.value(pin, from.name);
    // If the value is there, the component was suspended, which has its own refusal.
    if (there === pins.value(pin, from.name)) return [];
    return [
      {
        code: 'promotion-too-early',
        message: `the ring ${ring} has ${JSON.stringify(value)} here, and ${there === undefined ? 'no value' : JSON.stringify(there)} on ${main.name}`,
        hint: `merge it into ${main.name} and let it run there, or update this branch; ${emergency}`,
      },
    ];
  }
  const time = now.getTime() / 1000;
  if (time >= age.soakedAt) return [];
  const ran =
    time < age.since
      ? 'has a commit date in the future'
      : `has run there for ${describeAge(time - age.since)}`;
  return [
    {
      code: 'promotion-too-early',
      message: `${JSON.stringify(value)} ${ran}, and the soak time of the ring ${ring} is ${from.soak}`,
      hint: `wait ${describeAge(age.soakedAt - time)} more; ${emergency}`,
    },
  ];
}

function suspended(
  state: RolloutState,
  { pin }: PromotionRequest,
  { from }: PromotionStep,
): OwnFindingInput[] {
  return suspendedIn(state, pin, from).map(({ component, cluster }) => {
    const { since = '', reason = '', line } = state.pins.suspension(component, cluster) ?? {};
    return {
      code: 'promotion-suspended',
      message: `${JSON.stringify(component)} is suspended in ${cluster} of the ring ${JSON.stringify(from.name)} since ${since}, so the value does not run there: ${reason}`,
      hint: `resume it first: cdk8s-flux resume ${component} --cluster ${cluster}`,
      locations: [{ file: state.pins.file, line }],
    };
  });
}

function faulty(
  { pin }: PromotionRequest,
  { from }: PromotionStep,
  errors: readonly Finding[],
): OwnFindingInput[] {
  if (errors.length === 0) return [];
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
  return [
    {
      code: 'promotion-with-errors',
      message: `check finds ${count} in the components that use ${JSON.stringify(pin)}, in the ring ${JSON.stringify(from.name)}: ${firstNames([...new Set(errors.map(({ code }) => code))], 5)}`,
      details: errors.slice(0, 5).map(({ code, message, locations: [place] }) => {
        const where =
          place?.file === undefined
            ? ''
            : ` at ${place.file}${place.line === undefined ? '' : `:${place.line}`}`;
        return `${code}${where}: ${message}`;
      }),
      hint: 'fix them; cdk8s-flux check shows the details',
    },
  ];
}

function suspendedIn(
  { fleet, pins }: RolloutState,
  pin: string,
  ring: FleetRing,
): ReturnType<typeof placesOf> {
  return placesOf(usersOf(fleet, pin), ring).filter(({ component, cluster }) =>
    pins.suspension(component, cluster),
  );
}
