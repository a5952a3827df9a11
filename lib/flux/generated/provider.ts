// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
  ProviderSpecType,
} from '../../../imports/notification.toolkit.fluxcd.io';
import type {
  FluxDuration,
  ShortDuration,
} from '../duration';
import type {
  NameOrReference,
  SecretReference,
} from '../references/reference';

/** The fields of a Provider's spec. */
export interface ProviderFields {
  /**
   * Address specifies the endpoint, in a generic sense, to where alerts are sent. What kind of endpoint depends
   * on the specific Provider type being used. For the generic Provider, for example, this is an HTTP/S address.
   * For other Provider types this could be a project ID or a namespace.
   *
   * Allowed: at most 2048 characters.
   *
   * @default - none
   */
  readonly address?: string;
  /**
   * CertSecretRef specifies the Secret containing TLS certificates for secure communication. Supported
   * configurations: - CA-only: Server authentication (provide ca.crt only) - mTLS: Mutual authentication
   * (provide ca.crt + tls.crt + tls.key) - Client-only: Client authentication with system CA (provide tls.crt +
   * tls.key only) Legacy keys "caFile", "certFile", "keyFile" are supported but deprecated. Use "ca.crt",
   * "tls.crt", "tls.key" instead.
   *
   * @default - none
   */
  readonly certSecretRef?: SecretReference;
  /**
   * Channel specifies the destination channel where events should be posted.
   *
   * Allowed: at most 2048 characters.
   *
   * @default - none
   */
  readonly channel?: string;
  /**
   * CommitStatusExpr is a CEL expression that evaluates to a string value that can be used to generate a custom
   * commit status message for use with eligible Provider types (github, gitlab, gitea, bitbucketserver,
   * bitbucket, azuredevops). Supported variables are: event, provider, and alert.
   *
   * @default - none
   */
  readonly commitStatusExpr?: string;
  /**
   * Interval at which to reconcile the Provider with its Secret references. Deprecated and not used in v1beta3.
   *
   * @default - none
   */
  readonly interval?: FluxDuration;
  /**
   * Proxy the HTTP/S address of the proxy server. Deprecated: Use ProxySecretRef instead. Will be removed in v1.
   *
   * Allowed: at most 2048 characters; must match `^(http|https)://.*$`.
   *
   * @default - none
   */
  readonly proxy?: string;
  /**
   * ProxySecretRef specifies the Secret containing the proxy configuration for this Provider. The Secret should
   * contain an 'address' key with the HTTP/S address of the proxy server. Optional 'username' and 'password'
   * keys can be provided for proxy authentication.
   *
   * @default - none
   */
  readonly proxySecretRef?: SecretReference;
  /**
   * SecretRef specifies the Secret containing the authentication credentials for this Provider.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
  /**
   * ServiceAccountName is the name of the Kubernetes ServiceAccount used to authenticate with cloud provider
   * services through workload identity. This enables multi-tenant authentication without storing static
   * credentials. Supported provider types: azureeventhub, azuredevops, googlepubsub When specified, the
   * controller will: 1. Create an OIDC token for the specified ServiceAccount 2. Exchange it for cloud provider
   * credentials via STS 3. Use the obtained credentials for API authentication When unspecified,
   * controller-level authentication is used (single-tenant). An error is thrown if static credentials are also
   * defined in SecretRef. This field requires the ObjectLevelWorkloadIdentity feature gate to be enabled.
   *
   * @default - none
   */
  readonly serviceAccountName?: NameOrReference;
  /**
   * Suspend tells the controller to suspend subsequent events handling for this Provider.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * Timeout for sending alerts to the Provider.
   *
   * Allowed: minutes, seconds and milliseconds; no hours.
   *
   * @default - none
   */
  readonly timeout?: ShortDuration;
  /** Type specifies which Provider implementation to use. */
  readonly type: 'slack' | 'discord' | 'msteams' | 'rocket' | 'generic' | 'generic-hmac' | 'github' | 'gitlab' | 'gitea' | 'giteapullrequestcomment' | 'bitbucketserver' | 'bitbucket' | 'azuredevops' | 'googlechat' | 'googlepubsub' | 'webex' | 'sentry' | 'azureeventhub' | 'telegram' | 'lark' | 'matrix' | 'opsgenie' | 'alertmanager' | 'grafana' | 'githubdispatch' | 'githubpullrequestcomment' | 'gitlabmergerequestcomment' | 'pagerduty' | 'datadog' | 'nats' | 'zulip' | 'otel' | ProviderSpecType;
  /**
   * Username specifies the name under which events are posted.
   *
   * Allowed: at most 2048 characters.
   *
   * @default - none
   */
  readonly username?: string;
}
