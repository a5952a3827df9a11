// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
  OciRepositorySpecLayerSelectorOperation,
  OciRepositorySpecProvider,
  OciRepositorySpecVerifyProvider,
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
  SecretReference,
} from '../references/reference';

/** The fields of an OCIRepository's spec. */
export interface OCIRepositoryFields {
  /**
   * CertSecretRef can be given the name of a Secret containing either or both of - a PEM-encoded client
   * certificate (`tls.crt`) and private key (`tls.key`); - a PEM-encoded CA certificate (`ca.crt`) and whichever
   * are supplied, will be used for connecting to the registry. The client cert and key are useful if you are
   * authenticating with a certificate; the CA cert is useful if you are using a self-signed server certificate.
   * The Secret must be of type `Opaque` or `kubernetes.io/tls`.
   *
   * @default - none
   */
  readonly certSecretRef?: SecretReference;
  /**
   * Ignore overrides the set of excluded patterns in the .sourceignore format (which is the same as .gitignore).
   * If not provided, a default will be used, consult the documentation for your version to find out what those
   * are.
   *
   * @default - none
   */
  readonly ignore?: string;
  /**
   * Insecure allows connecting to a non-TLS HTTP container registry.
   *
   * @default false
   */
  readonly insecure?: boolean;
  /**
   * Interval at which the OCIRepository URL is checked for updates. This interval is approximate and may be
   * subject to jitter to ensure efficient use of resources.
   */
  readonly interval: FluxDuration;
  /**
   * LayerSelector specifies which layer should be extracted from the OCI artifact. When not specified, the first
   * layer found in the artifact is selected.
   *
   * @default - none
   */
  readonly layerSelector?: OCIRepositoryLayerSelector;
  /**
   * The provider used for authentication, can be 'aws', 'azure', 'gcp' or 'generic'. When not specified,
   * defaults to 'generic'.
   *
   * @default 'generic'
   */
  readonly provider?: 'generic' | 'aws' | 'azure' | 'gcp' | OciRepositorySpecProvider;
  /**
   * ProxySecretRef specifies the Secret containing the proxy configuration to use while communicating with the
   * container registry.
   *
   * @default - none
   */
  readonly proxySecretRef?: SecretReference;
  /**
   * The OCI reference to pull and monitor for changes, defaults to the latest tag.
   *
   * @default - the latest tag
   */
  readonly ref?: OneGroup<OCIRepositoryRef, ['tag', 'semver' | 'semverFilter', 'digest']>;
  /**
   * SecretRef contains the secret name containing the registry login credentials to resolve image metadata. The
   * secret must be of type kubernetes.io/dockerconfigjson.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
  /**
   * ServiceAccountName is the name of the Kubernetes ServiceAccount used to authenticate the image pull if the
   * service account has attached pull secrets. For more information:
   * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#add-imagepullsecrets-to-a-service-account
   *
   * @default - none
   */
  readonly serviceAccountName?: NameOrReference;
  /**
   * This flag tells the controller to suspend the reconciliation of this source.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * The timeout for remote OCI Repository operations like pulling, defaults to 60s.
   *
   * Allowed: minutes, seconds and milliseconds; no hours.
   *
   * @default '60s'
   */
  readonly timeout?: ShortDuration;
  /**
   * URL is a reference to an OCI artifact repository hosted on a remote container registry.
   *
   * Allowed: must match `^oci://.*$`.
   */
  readonly url: string;
  /**
   * Verify contains the secret name containing the trusted public keys used to verify the signature and
   * specifies which provider to use to check whether OCI image is authentic.
   *
   * @default - none
   */
  readonly verify?: OCIRepositoryVerify;
}

/**
 * Verify contains the secret name containing the trusted public keys used to verify the signature and specifies
 * which provider to use to check whether OCI image is authentic.
 */
export interface OCIRepositoryVerify {
  /**
   * MatchOIDCIdentity specifies the identity matching criteria to use while verifying an OCI artifact which was
   * signed using Cosign keyless signing. The artifact's identity is deemed to be verified if any of the
   * specified matchers match against the identity.
   *
   * @default - none
   */
  readonly matchOIDCIdentity?: readonly OCIRepositoryVerifyMatchOIDCIdentity[];
  /**
   * Provider specifies the technology used to sign the OCI Artifact.
   *
   * @default 'cosign'
   */
  readonly provider?: 'cosign' | 'notation' | OciRepositorySpecVerifyProvider;
  /**
   * SecretRef specifies the Kubernetes Secret containing the trusted public keys.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
  /**
   * TrustedRootSecretRef specifies the Kubernetes Secret containing a Sigstore trusted_root.json file. This
   * enables verification against self-hosted Sigstore infrastructure (custom Fulcio CA, self-hosted Rekor
   * instance). The Secret must contain a key named "trusted_root.json".
   *
   * @default - none
   */
  readonly trustedRootSecretRef?: SecretReference;
}

/**
 * OIDCIdentityMatch specifies options for verifying the certificate identity, i.e. the issuer and the subject of
 * the certificate.
 */
export interface OCIRepositoryVerifyMatchOIDCIdentity {
  /**
   * Issuer specifies the regex pattern to match against to verify the OIDC issuer in the Fulcio certificate. The
   * pattern must be a valid Go regular expression.
   */
  readonly issuer: string;
  /**
   * Subject specifies the regex pattern to match against to verify the identity subject in the Fulcio
   * certificate. The pattern must be a valid Go regular expression.
   */
  readonly subject: string;
}

/** The OCI reference to pull and monitor for changes, defaults to the latest tag. */
export interface OCIRepositoryRef {
  /**
   * Digest is the image digest to pull, takes precedence over SemVer. The value should be in the format
   * 'sha256:<HASH>'.
   *
   * @default - none
   */
  readonly digest?: string;
  /**
   * SemVer is the range of tags to pull selecting the latest within the range, takes precedence over Tag.
   *
   * @default - none
   */
  readonly semver?: string;
  /**
   * SemverFilter is a regex pattern to filter the tags within the SemVer range.
   *
   * @default - none
   */
  readonly semverFilter?: string;
  /**
   * Tag is the image tag to pull, defaults to latest.
   *
   * @default 'latest'
   */
  readonly tag?: string;
}

/**
 * LayerSelector specifies which layer should be extracted from the OCI artifact. When not specified, the first
 * layer found in the artifact is selected.
 */
export interface OCIRepositoryLayerSelector {
  /**
   * MediaType specifies the OCI media type of the layer which should be extracted from the OCI Artifact. The
   * first layer matching this type is selected.
   *
   * @default - none
   */
  readonly mediaType?: string;
  /**
   * Operation specifies how the selected layer should be processed. By default, the layer compressed content is
   * extracted to storage. When the operation is set to 'copy', the layer compressed content is persisted to
   * storage as it is.
   *
   * @default 'extract'
   */
  readonly operation?: 'extract' | 'copy' | OciRepositorySpecLayerSelectorOperation;
}
