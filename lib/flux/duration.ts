import { Duration } from 'cdk8s';
import type { Variable } from './variables/variable';

/** The units of a duration without hours. */
export type ShortDurationUnit = 'm' | 's' | 'ms';
/** The units of a duration. */
export type DurationUnit = 'h' | ShortDurationUnit;
/** Up to three numbers, each with its unit. */
export type DurationIn<Units extends DurationUnit, Part extends string = `${number}${Units}`> =
  Part | `${Part}${Part}` | `${Part}${Part}${Part}`;

/** A duration in Flux's format, for example `10m`, `1m15s` or `1h30m0s`. */
export type DurationText = DurationIn<DurationUnit>;

/**
 * A duration for a field that does not support hours: `90s`, `60m`, or a `Duration` of cdk8s, which synth writes in
 * minutes.
 */
export type ShortDuration = DurationIn<ShortDurationUnit> | Duration;

/**
 * A duration: a string in Flux's format, a `Duration` of cdk8s, or a variable with such a string.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#interval
 */
export type FluxDuration = DurationText | Duration | Variable<string>;

const DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;

/** The fields of Flux's kinds that hold a duration, whatever object they are in. */
export const DURATION_FIELDS = ['interval', 'timeout', 'retryInterval'] as const;

/** Whether a text is a duration as the Flux CRDs allow it. */
export function isDurationText(text: string): text is DurationText {
  return DURATION.test(text);
}

/** Whether a value is cdk8s' `Duration`, also one of another copy of cdk8s. */
export function isDuration(value: object): value is Duration {
  return value instanceof Duration || (value.constructor?.name === 'Duration' && 'toMilliseconds' in value);
}

/**
 * A duration as Flux writes it: in minutes, seconds and milliseconds. Hours are written as minutes, because
 * several fields of Flux allow no hours.
 */
export function durationText(duration: Duration): DurationText {
  const total = duration.toMilliseconds();
  const parts: [number, DurationUnit][] = [
    [Math.floor(total / 60_000), 'm'],
    [Math.floor((total % 60_000) / 1000), 's'],
    [total % 1000, 'ms'],
  ];
  const text = parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join('');
  return (text || '0s') as DurationText;
}
