import type { Allowance } from './allowance';
import type { CheckConfig } from './check-config';
import type { RolloutPolicy } from './rollout-policy';

/** A picture that synth keeps current. */
export interface PictureConfig {
  /** The file, from the root of the repository. Its ending names the format. */
  readonly file: string;
  /**
   * The name of the only cluster to draw.
   *
   * @default - all clusters
   */
  readonly cluster?: string;
}

/** What `cdk8s-flux.yaml` says. */
export interface FluxConfig {
  /** The version of the file format. */
  readonly version: 1;
  /**
   * The root of the repository, from the folder of the file.
   *
   * @default '.'
   */
  readonly root?: string;
  /**
   * The only folder that synth publishes to, from the root of the repository.
   *
   * @default - the path and the directory of each Cluster
   */
  readonly output?: string;
  /**
   * Whether `.sops.yaml` is written from the recipients in the code.
   *
   * @default false
   */
  readonly sopsRules?: boolean;
  /**
   * Findings that are known and accepted.
   *
   * @default - none
   */
  readonly allow?: readonly Allowance[];
  /**
   * The paths that Flux starts from, from the root of the repository.
   *
   * @default - found
   */
  readonly entries?: readonly string[];
  /**
   * How the repository is checked.
   *
   * @default - every rule as it is
   */
  readonly check?: CheckConfig;
  /**
   * How far one change may reach.
   *
   * @default - no limits
   */
  readonly rollout?: RolloutPolicy;
  /**
   * The file with the pins of a fleet, from the root of the repository.
   *
   * @default 'pins.yaml'
   */
  readonly pins?: string;
  /**
   * Pictures of what Flux applies, which synth keeps current.
   *
   * @default - none
   */
  readonly pictures?: readonly PictureConfig[];
}
