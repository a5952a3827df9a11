// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
  BucketSpecProvider,
  BucketSpecStsProvider,
} from '../../../imports/source.toolkit.fluxcd.io';
import type {
  FluxDuration,
  ShortDuration,
} from '../duration';
import type {
  NameOrReference,
  SecretReference,
} from '../references/reference';

/** The fields of a Bucket's spec. */
export interface BucketFields {
  /** BucketName is the name of the object storage bucket. */
  readonly bucketName: string;
  /**
   * CertSecretRef can be given the name of a Secret containing either or both of - a PEM-encoded client
   * certificate (`tls.crt`) and private key (`tls.key`); - a PEM-encoded CA certificate (`ca.crt`) and whichever
   * are supplied, will be used for connecting to the bucket. The client cert and key are useful if you are
   * authenticating with a certificate; the CA cert is useful if you are using a self-signed server certificate.
   * The Secret must be of type `Opaque` or `kubernetes.io/tls`. This field is only supported for the `generic`
   * provider.
   *
   * @default - none
   */
  readonly certSecretRef?: SecretReference;
  /** Endpoint is the object storage address the BucketName is located at. */
  readonly endpoint: string;
  /**
   * Ignore overrides the set of excluded patterns in the .sourceignore format (which is the same as .gitignore).
   * If not provided, a default will be used, consult the documentation for your version to find out what those
   * are.
   *
   * @default - none
   */
  readonly ignore?: string;
  /**
   * Insecure allows connecting to a non-TLS HTTP Endpoint.
   *
   * @default false
   */
  readonly insecure?: boolean;
  /**
   * Interval at which the Bucket Endpoint is checked for updates. This interval is approximate and may be
   * subject to jitter to ensure efficient use of resources.
   */
  readonly interval: FluxDuration;
  /**
   * Prefix to use for server-side filtering of files in the Bucket.
   *
   * @default - none
   */
  readonly prefix?: string;
  /**
   * Provider of the object storage bucket. Defaults to 'generic', which expects an S3 (API) compatible object
   * storage.
   *
   * @default 'generic'
   */
  readonly provider?: 'generic' | 'aws' | 'gcp' | 'azure' | BucketSpecProvider;
  /**
   * ProxySecretRef specifies the Secret containing the proxy configuration to use while communicating with the
   * Bucket server.
   *
   * @default - none
   */
  readonly proxySecretRef?: SecretReference;
  /**
   * Region of the Endpoint where the BucketName is located in.
   *
   * @default - none
   */
  readonly region?: string;
  /**
   * SecretRef specifies the Secret containing authentication credentials for the Bucket.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
  /**
   * ServiceAccountName is the name of the Kubernetes ServiceAccount used to authenticate the bucket. This field
   * is only supported for the 'gcp' and 'aws' providers. For more information about workload identity:
   * https://fluxcd.io/flux/components/source/buckets/#workload-identity
   *
   * @default - none
   */
  readonly serviceAccountName?: NameOrReference;
  /**
   * STS specifies the required configuration to use a Security Token Service for fetching temporary credentials
   * to authenticate in a Bucket provider. This field is only supported for the `aws` and `generic` providers.
   *
   * @default - none
   */
  readonly sts?: BucketSts;
  /**
   * Suspend tells the controller to suspend the reconciliation of this Bucket.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * Timeout for fetch operations, defaults to 60s.
   *
   * Allowed: minutes, seconds and milliseconds; no hours.
   *
   * @default '60s'
   */
  readonly timeout?: ShortDuration;
}

/**
 * STS specifies the required configuration to use a Security Token Service for fetching temporary credentials to
 * authenticate in a Bucket provider. This field is only supported for the `aws` and `generic` providers.
 */
export interface BucketSts {
  /**
   * CertSecretRef can be given the name of a Secret containing either or both of - a PEM-encoded client
   * certificate (`tls.crt`) and private key (`tls.key`); - a PEM-encoded CA certificate (`ca.crt`) and whichever
   * are supplied, will be used for connecting to the STS endpoint. The client cert and key are useful if you are
   * authenticating with a certificate; the CA cert is useful if you are using a self-signed server certificate.
   * The Secret must be of type `Opaque` or `kubernetes.io/tls`. This field is only supported for the `ldap`
   * provider.
   *
   * @default - none
   */
  readonly certSecretRef?: SecretReference;
  /**
   * Endpoint is the HTTP/S endpoint of the Security Token Service from where temporary credentials will be
   * fetched.
   *
   * Allowed: must match `^(http|https)://.*$`.
   */
  readonly endpoint: string;
  /** Provider of the Security Token Service. */
  readonly provider: 'aws' | 'ldap' | BucketSpecStsProvider;
  /**
   * SecretRef specifies the Secret containing authentication credentials for the STS endpoint. This Secret must
   * contain the fields `username` and `password` and is supported only for the `ldap` provider.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
}
