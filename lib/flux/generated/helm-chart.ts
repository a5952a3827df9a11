// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
  HelmChartSpecReconcileStrategy,
  HelmChartSpecSourceRefKind,
  HelmChartSpecVerifyProvider,
} from '../../../imports/source.toolkit.fluxcd.io';
import type {
  FluxDuration,
} from '../duration';
import type {
  LocalReference,
  SecretReference,
} from '../references/reference';

/** The fields of a HelmChart's spec. */
export interface HelmChartFields {
  /** Chart is the name or path the Helm chart is available at in the SourceRef. */
  readonly chart: string;
  /**
   * IgnoreMissingValuesFiles controls whether to silently ignore missing values files rather than failing.
   *
   * @default false
   */
  readonly ignoreMissingValuesFiles?: boolean;
  /**
   * Interval at which the HelmChart SourceRef is checked for updates. This interval is approximate and may be
   * subject to jitter to ensure efficient use of resources.
   */
  readonly interval: FluxDuration;
  /**
   * ReconcileStrategy determines what enables the creation of a new artifact. Valid values are ('ChartVersion',
   * 'Revision'). See the documentation of the values for an explanation on their behavior. Defaults to
   * ChartVersion when omitted.
   *
   * @default 'ChartVersion'
   */
  readonly reconcileStrategy?: 'ChartVersion' | 'Revision' | HelmChartSpecReconcileStrategy;
  /** SourceRef is the reference to the Source the chart is available at. */
  readonly sourceRef: LocalReference<'HelmRepository' | 'GitRepository' | 'Bucket' | HelmChartSpecSourceRefKind>;
  /**
   * Suspend tells the controller to suspend the reconciliation of this source.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * ValuesFiles is an alternative list of values files to use as the chart values (values.yaml is not included
   * by default), expected to be a relative path in the SourceRef. Values files are merged in the order of this
   * list with the last file overriding the first. Ignored when omitted.
   *
   * @default - the values.yaml of the chart
   */
  readonly valuesFiles?: readonly string[];
  /**
   * Verify contains the secret name containing the trusted public keys used to verify the signature and
   * specifies which provider to use to check whether OCI image is authentic. This field is only supported when
   * using HelmRepository source with spec.type 'oci'. Chart dependencies, which are not bundled in the umbrella
   * chart artifact, are not verified.
   *
   * @default - none
   */
  readonly verify?: HelmChartVerify;
  /**
   * Version is the chart version semver expression, ignored for charts from GitRepository and Bucket sources.
   * Defaults to latest when omitted.
   *
   * @default '*'
   */
  readonly version?: string;
}

/**
 * Verify contains the secret name containing the trusted public keys used to verify the signature and specifies
 * which provider to use to check whether OCI image is authentic. This field is only supported when using
 * HelmRepository source with spec.type 'oci'. Chart dependencies, which are not bundled in the umbrella chart
 * artifact, are not verified.
 */
export interface HelmChartVerify {
  /**
   * MatchOIDCIdentity specifies the identity matching criteria to use while verifying an OCI artifact which was
   * signed using Cosign keyless signing. The artifact's identity is deemed to be verified if any of the
   * specified matchers match against the identity.
   *
   * @default - none
   */
  readonly matchOIDCIdentity?: readonly HelmChartVerifyMatchOIDCIdentity[];
  /**
   * Provider specifies the technology used to sign the OCI Artifact.
   *
   * @default 'cosign'
   */
  readonly provider?: 'cosign' | 'notation' | HelmChartSpecVerifyProvider;
  /**
   * SecretRef specifies the Kubernetes Secret containing the trusted public keys.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
}

/**
 * OIDCIdentityMatch specifies options for verifying the certificate identity, i.e. the issuer and the subject of
 * the certificate.
 */
export interface HelmChartVerifyMatchOIDCIdentity {
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
