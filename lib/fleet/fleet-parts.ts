import type { IConstruct } from 'constructs';
import type { FleetFacts } from '../rollout/fleet-file';

const FLEET = Symbol.for('cdk8s-flux.Fleet');

/** What synth must know of a fleet. */
export interface FleetParts {
  /** Its rings and components, for the commands; `undefined` where it has no rings. */
  readonly facts: () => FleetFacts | undefined;
  /** The names of its clusters. */
  readonly clusters: readonly string[];
  /** Whether its clusters share files. */
  readonly sharesFiles: boolean;
}

/** Says that a construct is a fleet. */
export function defineFleet(construct: IConstruct, parts: FleetParts): void {
  Object.defineProperty(construct, FLEET, { value: parts });
}

/** What synth must know of a fleet; `undefined` of any other construct. */
export function asFleet(construct: IConstruct): FleetParts | undefined {
  return (construct as IConstruct & { [FLEET]?: FleetParts })[FLEET];
}
