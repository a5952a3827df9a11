import type { ClusterFacts } from './cluster-facts';

/**
 * Selects clusters of a fleet: those that match every field. Without fields, it selects all clusters.
 *
 * @typeParam Cluster - the properties of a cluster
 * @typeParam Name - the names of the clusters
 * @typeParam Region - the names of the regions
 */
export interface ClusterSelection<
  Cluster extends ClusterFacts = ClusterFacts,
  Name extends string = string,
  Region extends string = string,
> {
  /**
   * The names of the clusters.
   *
   * @default - any
   */
  readonly clusters?: Name | readonly Name[];
  /**
   * The environment, or a list of environments.
   *
   * @default - any
   */
  readonly environment?: Cluster['environment'] | readonly Cluster['environment'][];
  /**
   * The region, or a list of regions.
   *
   * @default - any
   */
  readonly region?: Region | readonly Region[];
  /**
   * The provider, or a list of providers.
   *
   * @default - any
   */
  readonly provider?: string | readonly string[];
  /**
   * Labels, each with one of the given values.
   *
   * @default - any
   */
  readonly labels?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * A function that returns whether a cluster matches.
   *
   * @default - nothing
   */
  readonly where?: (cluster: Cluster) => boolean;
}

/** Whether a selection means a cluster. */
export function isSelected(
  cluster: ClusterFacts,
  { clusters, environment, region, provider, labels = {}, where }: ClusterSelection,
): boolean {
  const isLabelled = Object.entries(labels).every(([label, value]) => isOneOf(cluster.labels[label], value));
  return (
    isOneOf(cluster.name, clusters) &&
    isOneOf(cluster.environment, environment) &&
    isOneOf(cluster.region, region) &&
    isOneOf(cluster.provider, provider) &&
    isLabelled &&
    (where?.(cluster) ?? true)
  );
}

/** The names that a selection lists. */
export function listedNames(names: string | readonly string[] | undefined): readonly string[] {
  return names === undefined ? [] : [names].flat();
}

/** A selection as it is written in the code, for messages. */
export function describeSelection({ where, ...rest }: ClusterSelection): string {
  const given = Object.entries(rest).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `{ ${[...given, ...(where ? ['where: ...'] : [])].join(', ')} }`;
}

function isOneOf(value: string | undefined, wanted: string | readonly string[] | undefined): boolean {
  return wanted === undefined || (value !== undefined && listedNames(wanted).includes(value));
}
