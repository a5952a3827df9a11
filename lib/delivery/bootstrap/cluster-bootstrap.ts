import { DEFAULT_COMPONENTS, type ExtraComponent, type FluxComponent } from '../../kinds/components';

/** A repository at a provider that `flux bootstrap` knows. */
export interface HostedRepository {
  /** The user, organisation or group that has it. */
  readonly owner: string;
  /** Its name. */
  readonly repository: string;
  /**
   * The host of the provider.
   *
   * @default - the provider's own
   */
  readonly hostname?: string;
  /**
   * Whether the owner is a user.
   *
   * @default false
   */
  readonly personal?: boolean;
  /**
   * Whether the repository is made private, if it is made.
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
   * The file with the private key for `ssh://`. Image automation needs one that may write.
   *
   * @default - the SSH agent's
   */
  readonly privateKeyFile?: string;
}

/** Where the repository is; exactly one way. */
export type BootstrapRepository =
  | { /** At GitHub. */ readonly github: HostedRepository }
  | { /** At GitLab. */ readonly gitlab: HostedRepository }
  | { /** At a Gitea server. */ readonly gitea: HostedRepository }
  | { /** Anywhere. */ readonly git: PlainRepository };

/**
 * How Flux was, or is to be, installed in a cluster. The line for it is printed by `cdk8s-flux bootstrap`.
 *
 * @see https://fluxcd.io/flux/installation/bootstrap/
 */
export interface ClusterBootstrap {
  /**
   * Where the repository is.
   *
   * @default - not said: the printed line has placeholders
   */
  readonly repository?: BootstrapRepository;
  /**
   * The branch that the cluster is synced from.
   *
   * @default 'main'
   */
  readonly branch?: string;
  /**
   * The version of Flux, for example `2.9.5`. Objects are judged by what it serves.
   *
   * @default - that of the `flux` command; objects are judged by the newest that is known
   */
  readonly version?: string;
  /**
   * The controllers, where they are not the default ones.
   *
   * @default - source, kustomize, helm and notification-controller
   */
  readonly components?: readonly FluxComponent[];
  /**
   * Controllers beside them: those of image automation, and the source-watcher for ArtifactGenerators.
   *
   * @default - none
   * @see https://fluxcd.io/flux/installation/configuration/optional-components/
   */
  readonly componentsExtra?: readonly ExtraComponent[];
  /**
   * Whether the deploy key may write, as image automation needs it.
   *
   * @default false
   */
  readonly readWriteKey?: boolean;
  /**
   * Whether the provider's access token is used instead of a deploy key.
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
