import { finding, type Finding } from '../findings/finding';
import { compareValues } from './check-rings';
import type { FleetRing } from './fleet-file';
import type { PinValue } from './pins';
import type { PinsHistory } from './pins-history';
import { checkPin, ringNamed, type PinChange, type RolloutPlan, type RolloutState } from './rollout-state';

/** What is asked for. */
export interface RollbackRequest {
  readonly pin: string;
  readonly ring: string;
  /** Whether later rings with the same value go back as well. */
  readonly andAfter: boolean;
}

/** What decides over a rollback. */
export interface RollbackState extends Pick<RolloutState, 'pins' | 'fleet'> {
  /** The pins of the commits before, on this branch. */
  readonly history: PinsHistory;
  /** Whether the clone lacks the beginning of the history. */
  readonly isShallow: boolean;
}

/**
 * Finds the values that rings had before. Later rings go back where they have the value that is taken back; others did
 * not get it.
 *
 * @throws FindingsError `pin-unknown`, `ring-unknown`
 */
export function planRollback(state: RollbackState, request: RollbackRequest): RolloutPlan {
  const { pins, fleet } = state;
  const { pin, andAfter } = request;
  checkPin(state, pin);
  const ring = ringNamed(fleet, request.ring);
  const value = pins.value(pin, ring.name);
  const later = fleet.rings.slice(fleet.rings.indexOf(ring) + 1);
  const affected = later.filter(({ name }) => value !== undefined && pins.value(pin, name) === value);
  const rings = andAfter ? [ring, ...affected] : [ring];
  const found = rings.map((one) => formerOf(state, pin, one));
  const changes = found.filter((one): one is PinChange => 'to' in one);
  const refusals = found.filter((one): one is Finding => 'code' in one);
  const [first] = changes;
  if (!andAfter && first) refusals.push(...leftAhead(request, first.to, { value, affected }));
  const notes = andAfter
    ? later
        .filter((one) => !affected.includes(one) && pins.value(pin, one.name) !== undefined)
        .map(({ name }) => `${name} keeps its own value ${JSON.stringify(pins.value(pin, name))}`)
    : [];
  return { changes: refusals.length > 0 ? [] : changes, refusals, notes };
}

function formerOf(
  { pins, history, isShallow }: RollbackState,
  pin: string,
  ring: FleetRing,
): PinChange | Finding {
  const from = pins.value(pin, ring.name);
  // Only the whole history shows what a rollback undid: a part of it could lead forward again.
  const to = from === undefined || isShallow ? undefined : history.former(pin, ring.name);
  if (from !== undefined && to !== undefined) return { pin, ring: ring.name, from, to };
  const place = `of ${JSON.stringify(pin)} in the ring ${JSON.stringify(ring.name)}`;
  return finding({
    code: isShallow ? 'history-shallow' : 'rollback-without-former',
    message: isShallow
      ? `the clone is shallow, so the earlier value ${place} is not known`
      : `found no earlier value ${place}`,
    hint: isShallow
      ? 'fetch the whole history: "fetch-depth: 0" for actions/checkout, "GIT_DEPTH: 0" in GitLab, or git fetch --unshallow'
      : `set the value by hand in ${pins.file}`,
    locations: [{ file: pins.file, line: pins.valuesOf(pin)?.get(ring.name)?.line }],
  });
}

function leftAhead(
  { pin, ring }: RollbackRequest,
  former: PinValue,
  { value, affected }: { readonly value?: PinValue; readonly affected: readonly FleetRing[] },
): Finding[] {
  if (affected.length === 0 || value === undefined || (compareValues(value, former) ?? 0) <= 0) return [];
  const names = affected.map(({ name }) => JSON.stringify(name)).join(', ');
  return [
    finding({
      code: 'rollback-unordered',
      message: `with ${JSON.stringify(former)} in the ring ${JSON.stringify(ring)}, ${names} would be ahead of it with ${JSON.stringify(value)}`,
      hint: `roll them back as well: cdk8s-flux rollback ${pin} --ring ${ring} --and-after`,
    }),
  ];
}
