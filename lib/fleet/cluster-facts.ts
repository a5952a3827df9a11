import type { Cluster } from '../delivery/cluster';
import type { FluxApp } from '../delivery/flux-app';

/**
 * The properties of a cluster of a fleet.
 *
 * @typeParam Settings - its settings
 * @typeParam Environment - the names of the environments
 */
export interface ClusterFacts<Settings = object, Environment extends string = string> {
  /** The name in the fleet. */
  readonly name: string;
  /** The environment: `production`. */
  readonly environment: Environment;
  /** The region: `eu-west-1`. */
  readonly region: string;
  /**
   * The provider: `aws`.
   *
   * @default - not set
   */
  readonly provider?: string;
  /** Labels for selections. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * The version of Flux, for example `2.9.5`.
   *
   * @default - not set
   */
  readonly fluxVersion?: string;
  /**
   * The version of Kubernetes, for example `1.34`.
   *
   * @default - not set
   */
  readonly kubernetesVersion?: string;
  /** The settings: those of the cluster, then those of its region, then those of its environment, then the defaults. */
  readonly settings: Settings;
}

/** A cluster of a fleet. */
export interface FleetCluster<Settings = object, Environment extends string = string> extends ClusterFacts<
  Settings,
  Environment
> {
  /**
   * The ring of the cluster.
   *
   * @default - none
   */
  readonly ring?: string;
  /** The construct. Synth writes constructs that you put directly into it to the entry path. */
  readonly construct: Cluster;
}

/** A cluster of a fleet, as a deployment sees it. */
export interface DeploymentCluster<
  Settings = object,
  Environment extends string = string,
> extends FleetCluster<Settings, Environment> {
  /** The FluxApp of the deployment in the cluster. It is created when you use it for the first time. */
  readonly app: FluxApp;
}

/** A reference to a cluster of a fleet: its name, or the object that a deployment gets. */
export type ClusterReference = string | Pick<FleetCluster, 'name'>;

/** The name of a cluster that is referred to. */
export function nameOfCluster(cluster: ClusterReference): string {
  return typeof cluster === 'string' ? cluster : cluster.name;
}
