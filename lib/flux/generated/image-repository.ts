// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
  ImageRepositorySpecProvider,
} from '../../../imports/image.toolkit.fluxcd.io';
import type {
  FluxDuration,
  ShortDuration,
} from '../duration';
import type {
  NameOrReference,
  SecretReference,
} from '../references/reference';

/** The fields of an ImageRepository's spec. */
export interface ImageRepositoryFields {
  /**
   * AccessFrom defines an ACL for allowing cross-namespace references to the ImageRepository object based on the
   * caller's namespace labels.
   *
   * @default - none
   */
  readonly accessFrom?: ImageRepositoryAccessFrom;
  /**
   * CertSecretRef can be given the name of a Secret containing either or both of - a PEM-encoded client
   * certificate (`tls.crt`) and private key (`tls.key`); - a PEM-encoded CA certificate (`ca.crt`) and whichever
   * are supplied, will be used for connecting to the registry. The client cert and key are useful if you are
   * authenticating with a certificate; the CA cert is useful if you are using a self-signed server certificate.
   * The Secret must be of type `Opaque` or `kubernetes.io/tls`. Note: Support for the `caFile`, `certFile` and
   * `keyFile` keys has been deprecated.
   *
   * @default - none
   */
  readonly certSecretRef?: SecretReference;
  /**
   * ExclusionList is a list of regex strings used to exclude certain tags from being stored in the database.
   *
   * Allowed: at most 25 items.
   *
   * @default ["^.*\\.sig$"]
   */
  readonly exclusionList?: readonly string[];
  /** Image is the name of the image repository */
  readonly image: string;
  /**
   * Insecure allows connecting to a non-TLS HTTP container registry.
   *
   * @default false
   */
  readonly insecure?: boolean;
  /** Interval is the length of time to wait between scans of the image repository. */
  readonly interval: FluxDuration;
  /**
   * The provider used for authentication, can be 'aws', 'azure', 'gcp' or 'generic'. When not specified,
   * defaults to 'generic'.
   *
   * @default 'generic'
   */
  readonly provider?: 'generic' | 'aws' | 'azure' | 'gcp' | ImageRepositorySpecProvider;
  /**
   * ProxySecretRef specifies the Secret containing the proxy configuration to use while communicating with the
   * container registry.
   *
   * @default - none
   */
  readonly proxySecretRef?: SecretReference;
  /**
   * SecretRef can be given the name of a secret containing credentials to use for the image registry. The secret
   * should be created with `kubectl create secret docker-registry`, or the equivalent.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
  /**
   * ServiceAccountName is the name of the Kubernetes ServiceAccount used to authenticate the image pull if the
   * service account has attached pull secrets.
   *
   * Allowed: at most 253 characters.
   *
   * @default - none
   */
  readonly serviceAccountName?: NameOrReference;
  /**
   * This flag tells the controller to suspend subsequent image scans. It does not apply to already started
   * scans. Defaults to false.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * Timeout for image scanning. Defaults to 'Interval' duration.
   *
   * Allowed: minutes, seconds and milliseconds; no hours.
   *
   * @default - the interval
   */
  readonly timeout?: ShortDuration;
}

/**
 * AccessFrom defines an ACL for allowing cross-namespace references to the ImageRepository object based on the
 * caller's namespace labels.
 */
export interface ImageRepositoryAccessFrom {
  /**
   * NamespaceSelectors is the list of namespace selectors to which this ACL applies. Items in this list are
   * evaluated using a logical OR operation.
   */
  readonly namespaceSelectors: readonly ImageRepositoryAccessFromNamespaceSelectors[];
}

/**
 * NamespaceSelector selects the namespaces to which this ACL applies. An empty map of MatchLabels matches all
 * namespaces in a cluster.
 */
export interface ImageRepositoryAccessFromNamespaceSelectors {
  /**
   * MatchLabels is a map of {key,value} pairs. A single {key,value} in the matchLabels map is equivalent to an
   * element of matchExpressions, whose key field is "key", the operator is "In", and the values array contains
   * only "value". The requirements are ANDed.
   *
   * @default - none
   */
  readonly matchLabels?: Readonly<Record<string, string>>;
}
