import type { Duration } from 'cdk8s';
import type { DurationText } from '../flux/duration';
import type { ClusterFacts } from './cluster-facts';
import type { ClusterSelection } from './select';

/** A group of clusters that get a new version at the same time. */
export interface FleetRing<
  Cluster extends ClusterFacts = ClusterFacts,
  Name extends string = string,
  Region extends string = string,
> {
  /** The name of the ring in `pins.yaml`. */
  readonly name: string;
  /** The clusters of the ring. */
  readonly select: ClusterSelection<Cluster, Name, Region>;
  /**
   * How long a version must be in this ring before it may go to the next one.
   *
   * @default '0s'
   */
  readonly soak?: DurationText | Duration;
  /**
   * The number of rings to distribute the clusters over: `production-1`, `production-2` and so on, in the order in which the
   * fleet lists them. If you add a cluster at the end, no other cluster moves.
   *
   * @default - one ring
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
