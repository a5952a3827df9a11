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

/** The props that each cluster of a fleet, or all of them, can have: those of a `Cluster`, except its paths. */
export interface FleetClusterOptions extends Partial<
  Omit<ClusterProps, 'path' | 'directory' | 'layers' | 'labels'>
> {
  /**
   * The version of Flux, for example `2.9.5`: `bootstrap.version` of the Cluster.
   *
   * @default - `version` in `bootstrap`
   */
  readonly fluxVersion?: string;
  /**
   * The version of Kubernetes, for example `1.34`.
   *
   * @default - not set
   */
  readonly kubernetesVersion?: string;
}

/** The props of a cluster of a fleet, except its environment, region and settings. */
export interface FleetClusterFields
  extends FleetClusterOptions, Partial<Pick<ClusterProps, 'path' | 'directory' | 'layers'>> {
  /**
   * The provider: `aws`, `gcp`.
   *
   * @default - not set
   */
  readonly provider?: string;
  /**
   * Labels that selections can use.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The props of a cluster of a fleet: its environment and region, its settings, and the props of a `Cluster`. */
export type FleetClusterProps<
  Declared extends SettingDeclarations = SettingDeclarations,
  Environments extends SettingLevels<Declared> = SettingLevels<Declared>,
  Regions extends SettingLevels<Declared> = SettingLevels<Declared>,
> = FleetClusterFields & LocatedSettings<Declared, Environments, Regions>;

/** The props of a `Fleet`. */
export interface FleetProps<
  Declared extends SettingDeclarations,
  Environments extends SettingLevels<Declared>,
  Regions extends SettingLevels<Declared>,
  Name extends string,
> {
  /** The clusters by name. Do not rename a cluster: the batches of rings and the names of files depend on its name. */
  readonly clusters: Readonly<Record<Name, NoInfer<FleetClusterProps<Declared, Environments, Regions>>>>;
  /**
   * The settings of each cluster. A cluster must set the settings that have no default, and that neither its region nor
   * its environment sets.
   *
   * @default - none
   */
  readonly settings?: Declared;
  /**
   * The environments by name, with the settings of their clusters.
   *
   * @default - any name; no settings
   */
  readonly environments?: Environments;
  /**
   * The regions by name, with the settings of their clusters. They override those of environments.
   *
   * @default - any name; no settings
   */
  readonly regions?: Regions;
  /**
   * Where the files of each cluster are: `regions` for entry paths `clusters/<environment>/<region>`, `flat` for
   * `clusters/<name>`, or your own paths.
   *
   * @default 'regions'
   */
  readonly layout?: NamedLayout | FleetLayout;
  /**
   * How synth writes the files of the clusters. With `rendered`, each cluster has all its files in its own folders.
   * With `shared`, synth writes what is equal in several clusters once, to `sharedFolder`, and each cluster,
   * environment, ring and region has an overlay with the differences. Flux applies the same objects either way: only
   * `spec.path` of Kustomizations differs.
   *
   * @default 'rendered'
   */
  readonly output?: 'rendered' | 'shared';
  /**
   * The folder for the files that clusters share with `output: 'shared'`, relative to the root of the repository.
   *
   * @default './shared'
   */
  readonly sharedFolder?: string;
  /**
   * Props for all clusters that do not set them.
   *
   * @default - nothing
   */
  readonly defaults?: FleetClusterOptions;
  /**
   * Groups of clusters that get new versions one after another. A cluster is in at most one of them.
   *
   * @default - none
   */
  readonly rings?: readonly FleetRing<
    NoInfer<ClusterFacts<SettingValues<Declared>, LevelNames<Environments>>>,
    NoInfer<Name>,
    NoInfer<LevelNames<Regions>>
  >[];
}
