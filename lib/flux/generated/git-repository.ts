// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
  GitRepositorySpecProvider,
  GitRepositorySpecVerifyMode,
} from '../../../imports/source.toolkit.fluxcd.io';
import type {
  OneGroup,
} from '../choice';
import type {
  FluxDuration,
  ShortDuration,
} from '../duration';
import type {
  NameOrReference,
  ReferenceTo,
  SecretReference,
} from '../references/reference';

/** The fields of a GitRepository's spec. */
export interface GitRepositoryFields {
  /**
   * Ignore overrides the set of excluded patterns in the .sourceignore format (which is the same as .gitignore).
   * If not provided, a default will be used, consult the documentation for your version to find out what those
   * are.
   *
   * @default - none
   */
  readonly ignore?: string;
  /**
   * Include specifies a list of GitRepository resources which Artifacts should be included in the Artifact
   * produced for this GitRepository.
   *
   * @default - none
   */
  readonly include?: readonly GitRepositoryInclude[];
  /**
   * Interval at which the GitRepository URL is checked for updates. This interval is approximate and may be
   * subject to jitter to ensure efficient use of resources.
   */
  readonly interval: FluxDuration;
  /**
   * Provider used for authentication, can be 'aws', 'azure', 'github', 'generic'. When not specified, defaults
   * to 'generic'.
   *
   * @default 'generic'
   */
  readonly provider?: 'generic' | 'aws' | 'azure' | 'github' | GitRepositorySpecProvider;
  /**
   * ProxySecretRef specifies the Secret containing the proxy configuration to use while communicating with the
   * Git server.
   *
   * @default - none
   */
  readonly proxySecretRef?: SecretReference;
  /**
   * RecurseSubmodules enables the initialization of all submodules within the GitRepository as cloned from the
   * URL, using their default settings.
   *
   * @default false
   */
  readonly recurseSubmodules?: boolean;
  /**
   * Reference specifies the Git reference to resolve and monitor for changes, defaults to the 'master' branch.
   *
   * @default - the master branch
   */
  readonly ref?: OneGroup<GitRepositoryRef, ['branch' | 'commit', 'tag', 'semver', 'name']>;
  /**
   * SecretRef specifies the Secret containing authentication credentials for the GitRepository. For HTTPS
   * repositories the Secret must contain 'username' and 'password' fields for basic auth or 'bearerToken' field
   * for token auth. For SSH repositories the Secret must contain 'identity' and 'known_hosts' fields.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
  /**
   * ServiceAccountName is the name of the Kubernetes ServiceAccount used to authenticate to the GitRepository.
   * This field is only supported for 'azure' and 'aws' providers.
   *
   * @default - none
   */
  readonly serviceAccountName?: NameOrReference;
  /**
   * SparseCheckout specifies a list of directories to checkout when cloning the repository. If specified, only
   * these directories are included in the Artifact produced for this GitRepository.
   *
   * @default - none
   */
  readonly sparseCheckout?: readonly string[];
  /**
   * Suspend tells the controller to suspend the reconciliation of this GitRepository.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * Timeout for Git operations like cloning, defaults to 60s.
   *
   * Allowed: minutes, seconds and milliseconds; no hours.
   *
   * @default '60s'
   */
  readonly timeout?: ShortDuration;
  /**
   * URL specifies the Git repository URL, it can be an HTTP/S or SSH address.
   *
   * Allowed: must match `^(http|https|ssh)://.*$`.
   */
  readonly url: string;
  /**
   * Verification specifies the configuration to verify the Git commit signature(s).
   *
   * @default - none
   */
  readonly verify?: GitRepositoryVerify;
}

/** Verification specifies the configuration to verify the Git commit signature(s). */
export interface GitRepositoryVerify {
  /**
   * Mode specifies which Git object(s) should be verified. The variants "head" and "HEAD" both imply the same
   * thing, i.e. verify the commit that the HEAD of the Git repository points to. The variant "head" solely
   * exists to ensure backwards compatibility.
   *
   * @default 'HEAD'
   */
  readonly mode?: 'head' | 'HEAD' | 'Tag' | 'TagAndHEAD' | GitRepositorySpecVerifyMode;
  /**
   * SecretRef specifies the Secret containing the public keys of trusted Git authors. PGP public keys must be
   * stored under keys with the .asc suffix, and SSH public keys must be stored under keys with the .sshpub
   * suffix.
   */
  readonly secretRef: SecretReference;
}

/** Reference specifies the Git reference to resolve and monitor for changes, defaults to the 'master' branch. */
export interface GitRepositoryRef {
  /**
   * Branch to check out, defaults to 'master' if no other field is defined.
   *
   * @default 'master'
   */
  readonly branch?: string;
  /**
   * Commit SHA to check out, takes precedence over all reference fields. This can be combined with Branch to
   * shallow clone the branch, in which the commit is expected to exist.
   *
   * @default - none
   */
  readonly commit?: string;
  /**
   * Name of the reference to check out; takes precedence over Branch, Tag and SemVer. It must be a valid Git
   * reference: https://git-scm.com/docs/git-check-ref-format#_description Examples: "refs/heads/main",
   * "refs/tags/v0.1.0", "refs/pull/420/head", "refs/merge-requests/1/head"
   *
   * @default - none
   */
  readonly name?: string;
  /**
   * SemVer tag expression to check out, takes precedence over Tag.
   *
   * @default - none
   */
  readonly semver?: string;
  /**
   * Tag to check out, takes precedence over Branch.
   *
   * @default - none
   */
  readonly tag?: string;
}

/**
 * GitRepositoryInclude specifies a local reference to a GitRepository which Artifact (sub-)contents must be
 * included, and where they should be placed.
 */
export interface GitRepositoryInclude {
  /**
   * FromPath specifies the path to copy contents from, defaults to the root of the Artifact.
   *
   * @default - the root of the Artifact
   */
  readonly fromPath?: string;
  /** GitRepositoryRef specifies the GitRepository which Artifact contents must be included. */
  readonly repository: ReferenceTo<'GitRepository'>;
  /**
   * ToPath specifies the path to copy contents to, defaults to the name of the GitRepositoryRef.
   *
   * @default - the name of the GitRepositoryRef
   */
  readonly toPath?: string;
}
