import type { Severity } from '../findings/finding';

/** How many Kustomizations may wait for one another where nothing else is said. */
export const DEFAULT_CHAIN_DEPTH = 6;

/** What is known of a cluster that its files do not say. */
export interface ClusterConfig {
  /**
   * The minor version of Flux that it runs, for example `2.8`.
   *
   * @default - what its files say, else the newest that is known
   */
  readonly fluxVersion?: string;
  /**
   * API groups whose CRDs come into the cluster by other means than Flux.
   *
   * @default - none
   */
  readonly providedGroups?: readonly string[];
  /**
   * Kinds that an Alert may name beside Flux's own, as on clusters that flux-operator runs.
   *
   * @default - none
   */
  readonly extraAlertKinds?: readonly string[];
  /**
   * Whether its Flux is locked down for tenants.
   *
   * @default - what its files say
   */
  readonly lockDown?: boolean;
}

/** What `cdk8s-flux.yaml` says of the checks, for all clusters and for single ones. */
export interface CheckConfig extends ClusterConfig {
  /**
   * By code, how bad a finding is; `off` drops it.
   *
   * @default - what each rule says
   */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /**
   * How many Kustomizations may wait for one another in a chain.
   *
   * @default 6
   */
  readonly chainDepth?: number;
  /**
   * What differs in single clusters, by the cluster's name or its entry path.
   *
   * @default - nothing
   */
  readonly clusters?: Readonly<Record<string, ClusterConfig>>;
}

/** What is known of one cluster: what is said of it, and of all. */
export function clusterConfig(config: CheckConfig, names: readonly string[]): ClusterConfig {
  const name = names.find((candidate) => Object.hasOwn(config.clusters ?? {}, candidate));
  const own = name === undefined ? undefined : config.clusters?.[name];
  return {
    fluxVersion: own?.fluxVersion ?? config.fluxVersion,
    providedGroups: [...(config.providedGroups ?? []), ...(own?.providedGroups ?? [])],
    extraAlertKinds: [...(config.extraAlertKinds ?? []), ...(own?.extraAlertKinds ?? [])],
    lockDown: own?.lockDown ?? config.lockDown,
  };
}

/** The settings, with what code says of its clusters: these are locked down. */
export function withLockDown(
  config: CheckConfig,
  clusters: readonly { readonly name: string; readonly path: string }[],
): CheckConfig {
  const known: Record<string, ClusterConfig> = { ...config.clusters };
  for (const { name, path } of clusters) {
    const key = Object.hasOwn(known, name) ? name : path;
    known[key] = { lockDown: true, ...known[key] };
  }
  return clusters.length === 0 ? config : { ...config, clusters: known };
}
