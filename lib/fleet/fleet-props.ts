import type { ClusterProps } from '../delivery/cluster';
import type { ClusterFacts } from './cluster-facts';
import type { FleetLayout, NamedLayout } from './layout';
import type { FleetRing } from './ring';
import type {
  LevelNames,
  LocatedSettings,
  SettingDeclarations,
  SettingLevels,
  SettingValues,
} from './setting-types';

/** What each cluster of a fleet can be told, and what all can: everything that a `Cluster` can, but for its place. */
export interface FleetClusterOptions extends Partial<
  Omit<ClusterProps, 'path' | 'directory' | 'layers' | 'labels'>
> {
  /**
   * The version of Flux, for example `2.9.5`: `bootstrap.version` of the Cluster.
   *
   * @default - that of `bootstrap`
   */
  readonly fluxVersion?: string;
  /**
   * The version of Kubernetes, for example `1.34`.
   *
   * @default - not said
   */
  readonly kubernetesVersion?: string;
}

/** What a cluster of a fleet is made of, but for where it is and its settings. */
export interface FleetClusterFields
  extends FleetClusterOptions, Partial<Pick<ClusterProps, 'path' | 'directory' | 'layers'>> {
  /**
   * The provider: `aws`, `gcp`.
   *
   * @default - not said
   */
  readonly provider?: string;
  /**
   * What else the cluster can be selected by.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A cluster of a fleet: where it is, its settings, and all that a `Cluster` can be told. */
export type FleetClusterProps<
  Declared extends SettingDeclarations = SettingDeclarations,
  Environments extends SettingLevels<Declared> = SettingLevels<Declared>,
  Regions extends SettingLevels<Declared> = SettingLevels<Declared>,
> = FleetClusterFields & LocatedSettings<Declared, Environments, Regions>;

/** What a `Fleet` is made of. */
export interface FleetProps<
  Declared extends SettingDeclarations,
  Environments extends SettingLevels<Declared>,
  Regions extends SettingLevels<Declared>,
  Name extends string,
> {
  /** By name, the clusters. Keep the name of a cluster: rings in batches and the names of files follow from it. */
  readonly clusters: Readonly<Record<Name, NoInfer<FleetClusterProps<Declared, Environments, Regions>>>>;
  /**
   * The settings that each cluster has. A cluster must give those that neither its region, nor its environment, nor a
   * default gives.
   *
   * @default - none
   */
  readonly settings?: Declared;
  /**
   * By name, the environments, and the settings of the clusters in each.
   *
   * @default - any name; no settings
   */
  readonly environments?: Environments;
  /**
   * By name, the regions, and the settings of the clusters in each; they win over those of environments.
   *
   * @default - any name; no settings
   */
  readonly regions?: Regions;
  /**
   * Where the files of each cluster are: `regions` for entry paths `clusters/<environment>/<region>`, `flat` for
   * `clusters/<name>`, or paths of your own.
   *
   * @default 'regions'
   */
  readonly layout?: NamedLayout | FleetLayout;
  /**
   * What all clusters are told that do not say it themselves.
   *
   * @default - nothing
   */
  readonly defaults?: FleetClusterOptions;
  /**
   * Groups of clusters that get new versions one after the other. A cluster is in one of them at most.
   *
   * @default - none
   */
  readonly rings?: readonly FleetRing<
    NoInfer<ClusterFacts<SettingValues<Declared>, LevelNames<Environments>>>,
    NoInfer<Name>,
    NoInfer<LevelNames<Regions>>
  >[];
}
