import type { ClusterReference } from './cluster-facts';

/** How Renovate finds the versions of a pin. The comment for the first ring in `pins.yaml` contains the same. */
export interface RenovateSource {
  /**
   * Renovate's datasource: `helm`, `docker`, `github-releases`.
   *
   * @see https://docs.renovatebot.com/modules/datasource/
   */
  readonly datasource: string;
  /** The name of the dependency, for example that of the chart. */
  readonly depName: string;
  /**
   * The name in the datasource, if it is different.
   *
   * @default - `depName`
   */
  readonly packageName?: string;
  /**
   * The address of the registry or of the Helm repository.
   *
   * @default - the usual one of the datasource
   */
  readonly registryUrl?: string;
  /**
   * How versions are compared.
   *
   * @default - the default of the datasource
   */
  readonly versioning?: string;
  /**
   * A regular expression with a group `version`, if names of releases contain more than the version.
   *
   * @default - the whole name
   */
  readonly extractVersion?: string;
}

/** The options of a pin. */
export interface PinOptions<Type extends 'string' | 'number' | 'boolean' = 'string'> {
  /**
   * How Renovate finds new versions for the first ring.
   *
   * @default - people edit the first ring
   */
  readonly renovate?: RenovateSource;
  /**
   * The type of the value.
   *
   * @default 'string'
   */
  readonly type?: Type;
}

/**
 * A pin: for each ring of a fleet, the version of something, or another value. `pins.yaml` contains the values.
 *
 * @typeParam Value - the type of the value
 */
export interface Pin<out Value extends string | number | boolean = string> {
  /** Its name in `pins.yaml`. */
  readonly name: string;
  /**
   * The value in the ring of a cluster.
   *
   * @param cluster - the cluster that the function of a deployment gets, or a name
   * @throws FindingsError `pin-missing` if `pins.yaml` has none. In the function of a deployment, this is reported
   *   together with all other problems.
   */
  in(cluster: ClusterReference): Value;
}

/** Renovate's comment for the first ring, without `#`. */
export function renovateComment(source: RenovateSource): string {
  const { datasource, depName, packageName, registryUrl, versioning, extractVersion } = source;
  // In the order in which Renovate's expression reads them.
  const fields = { datasource, depName, packageName, registryUrl, versioning, extractVersion };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return ['renovate:', ...given.map(([name, value]) => `${name}=${value}`)].join(' ');
}
