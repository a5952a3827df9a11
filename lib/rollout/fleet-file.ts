import type { Project } from '../config/project';
import { joinPath } from '../tree/path';

/** The name of the file that says what commands must know of a fleet. Synth writes it. */
export const FLEET_FILE = 'fleet.json';

/** A ring: clusters that get a new value together. */
export interface FleetRing {
  readonly name: string;
  /** How long a value must have been in this ring before it may go on to the next one, as Flux writes durations. */
  readonly soak: string;
  /** Its clusters, by their names, and each one's entry path from the root of the repository. */
  readonly clusters: ReadonlyMap<string, string>;
}

/** A Kustomization that applies a component in some clusters. */
export interface FleetKustomization {
  readonly namespace: string;
  readonly name: string;
  /** The names of the clusters. */
  readonly clusters: readonly string[];
}

/** What is deployed to some clusters of a fleet. */
export interface FleetComponent {
  readonly name: string;
  /** The names of the pins that decide what it is. */
  readonly pins: readonly string[];
  /** What applies it. */
  readonly kustomizations: readonly FleetKustomization[];
}

/** A fleet: its rings in their order, and its components. */
export interface FleetFacts {
  readonly rings: readonly FleetRing[];
  readonly components: readonly FleetComponent[];
}

/** Where a repository keeps what its rings run, by paths from its root. */
export interface RolloutFiles {
  /** The pins. */
  readonly pins: string;
  /** Where the file of a fleet may be, the likeliest place first. */
  readonly fleet: readonly string[];
}

/**
 * The files of a repository. That of a fleet is in the folder that synth publishes to, or, where the configuration names
 * none and each cluster has a path of its own, at the root.
 */
export function rolloutFiles({ pins, output, namesOutput }: ProjectPaths): RolloutFiles {
  const path = joinPath(output, FLEET_FILE);
  return { pins, fleet: namesOutput || path === FLEET_FILE ? [path] : [path, FLEET_FILE] };
}

type ProjectPaths = Pick<Project, 'pins' | 'output' | 'namesOutput'>;
