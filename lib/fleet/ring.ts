import type { Duration } from 'cdk8s';
import type { DurationText } from '../flux/duration';
import type { ClusterFacts } from './cluster-facts';
import type { ClusterSelection } from './select';

/** A group of clusters that get a new version together. */
export interface FleetRing<
  Cluster extends ClusterFacts = ClusterFacts,
  Name extends string = string,
  Region extends string = string,
> {
  /** Its name, by which `pins.yaml` says what it runs. */
  readonly name: string;
  /** Its clusters. */
  readonly select: ClusterSelection<Cluster, Name, Region>;
  /**
   * How long a version must have been in this ring before it may go on to the next one.
   *
   * @default '0s'
   */
  readonly soak?: DurationText | Duration;
  /**
   * In how many rings, one after the other, the clusters are dealt out: `production-1`, `production-2` and so on, in the order
   * in which the fleet lists them, so that a cluster that is added at the end moves no other.
   *
   * @default - they are one ring
   */
  readonly batches?: number;
}

/** A ring as pins name it, and its clusters. */
export interface ResolvedRing {
  readonly name: string;
  readonly soak: string;
  /** The names of the clusters, in the order of the fleet. */
  readonly clusters: readonly string[];
}
