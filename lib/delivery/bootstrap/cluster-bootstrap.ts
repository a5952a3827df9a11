import { DEFAULT_COMPONENTS, type ExtraComponent, type FluxComponent } from '../../kinds/components';

/** A repository at a provider that `flux bootstrap` supports. */
export interface HostedRepository {
  /** The user, organisation or group that owns it. */
  readonly owner: string;
  /** Its name. */
  readonly repository: string;
  /**
   * The host of the provider.
   *
   * @default - the provider's public host
   */
  readonly hostname?: string;
  /**
   * Whether the owner is a user.
   *
   * @default false
   */
  readonly personal?: boolean;
  /**
   * Whether `flux bootstrap` makes the repository private if it creates it.
   *
   * @default true
   */
  readonly private?: boolean;
}

/** Any Git repository. */
export interface PlainRepository {
  /** Its URL: `ssh://git@example.com/fleet`, or `https://...`. */
  readonly url: string;
  /**
   * The file with the private key for `ssh://`. Image automation needs a key that can write.
   *
   * @default - a key of the SSH agent
   */
  readonly privateKeyFile?: string;
}

/** Where the repository is: exactly one of these. */
export type BootstrapRepository =
  | { /** At GitHub. */ readonly github: HostedRepository }
  | { /** At GitLab. */ readonly gitlab: HostedRepository }
  | { /** At a Gitea server. */ readonly gitea: HostedRepository }
  | { /** Anywhere. */ readonly git: PlainRepository };

/**
 * How Flux is installed in a cluster. `cdk8s-flux bootstrap` prints the command for it.
 *
 * @see https://fluxcd.io/flux/installation/bootstrap/
 */
export interface ClusterBootstrap {
  /**
   * Where the repository is.
   *
   * @default - the printed command has placeholders
   */
  readonly repository?: BootstrapRepository;
  /**
   * The branch that the cluster syncs from.
   *
   * @default 'main'
   */
  readonly branch?: string;
  /**
   * The version of Flux, for example `2.9.5`. Synth checks objects against the API versions that it serves.
   *
   * @default - the version of the `flux` command; synth checks objects against the newest version it knows
   */
  readonly version?: string;
  /**
   * The controllers, if they differ from the default.
   *
   * @default - source, kustomize, helm and notification-controller
   */
  readonly components?: readonly FluxComponent[];
  /**
   * Additional controllers: those of image automation, and the source-watcher for ArtifactGenerators.
   *
   * @default - none
   * @see https://fluxcd.io/flux/installation/configuration/optional-components/
   */
  readonly componentsExtra?: readonly ExtraComponent[];
  /**
   * Whether the deploy key can write. Image automation needs this.
   *
   * @default false
   */
  readonly readWriteKey?: boolean;
  /**
   * Whether Flux uses the provider's access token instead of a deploy key.
   *
   * @default false
   */
  readonly tokenAuth?: boolean;
}

/** The controllers that a cluster is said to have. */
export function declaredComponents(bootstrap: ClusterBootstrap = {}): Set<FluxComponent> {
  return new Set([...(bootstrap.components ?? DEFAULT_COMPONENTS), ...(bootstrap.componentsExtra ?? [])]);
}

/**
 * Whether Flux may push to the repository; undefined where it is not known: what may write with a key that is given, or
 * with a token, is up to the provider.
 */
export function mayPush({ readWriteKey, tokenAuth, repository }: ClusterBootstrap = {}): boolean | undefined {
  if (readWriteKey) return true;
  return tokenAuth || (repository && 'git' in repository) ? undefined : false;
}
