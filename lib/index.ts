/**
 * Typed cdk8s constructs for Flux repositories.
 *
 * @packageDocumentation
 */

// The roots
export { GitOpsApp, type GitOpsAppProps } from './app/gitops-app';
export { Cluster, type ClusterProps } from './delivery/cluster';
export type { ArtifactSplit } from './delivery/artifacts/cluster-artifacts';
export type { ClusterSharding } from './delivery/sharding/cluster-sharding';
export type {
  BootstrapRepository,
  ClusterBootstrap,
  HostedRepository,
  PlainRepository,
} from './delivery/bootstrap/cluster-bootstrap';
export type { ClusterSync } from './delivery/sync/cluster-sync';
export { FluxInstance } from './delivery/sync/flux-instance';
export type {
  FluxInstanceCluster,
  FluxInstanceDistribution,
  FluxInstancePatch,
  FluxInstanceProps,
  FluxInstanceSharding,
  FluxInstanceStorage,
  FluxInstanceSync,
  FluxInstanceSyncFields,
} from './delivery/sync/flux-instance-props';
export type { ExtraComponent, FluxComponent } from './kinds/components';

// Fleets
export { Fleet, type SettingsOf } from './fleet/fleet';
export type {
  FleetClusterFields,
  FleetClusterOptions,
  FleetClusterProps,
  FleetProps,
} from './fleet/fleet-props';
export type { ClusterFacts, ClusterReference, DeploymentCluster, FleetCluster } from './fleet/cluster-facts';
export type { Deployed, Deployment, DeploymentContents } from './fleet/deployment';
export type { DeployProps } from './fleet/deploy-props';
export {
  FleetImages,
  type AnyFleet,
  type FleetImageProps,
  type FleetImagesProps,
} from './fleet/fleet-images';
export type { FleetLayout, NamedLayout } from './fleet/layout';
export type { Pin, PinOptions, RenovateSource } from './fleet/pin';
export type { FleetRing } from './fleet/ring';
export type { ClusterSelection } from './fleet/select';
export {
  Setting,
  type Defaulted,
  type NumberSettingOptions,
  type SettingCheck,
  type SettingOptions,
  type TextSettingOptions,
} from './fleet/setting';
export type {
  LevelNames,
  LocatedSettings,
  DefaultedSettings,
  RemainingSettings,
  SettingDeclarations,
  SettingLevels,
  SettingsGivenAt,
  SettingsProp,
  SettingValues,
} from './fleet/setting-types';

// What clusters run
export {
  DependencyChain,
  type DependencyChainProps,
  type Stage,
  type StageMember,
  type StageProps,
} from './delivery/dependency-chain';
export {
  ClusterSecretStore,
  ExternalSecret,
  SecretStore,
  type ClusterSecretStoreProps,
  type ExternalSecretProps,
  type ExternalSecretsObjectProps,
  type SecretStoreProps,
  type SecretStoreSpec,
  type ExternalSecretsObject,
} from './delivery/external-secrets';
export type { FailurePolicy } from './delivery/failure-policy';
export { HEALTH_CHECK_EXPRS, readyCondition, type HealthCheckExpr } from './delivery/health-check-exprs';
export {
  HelmChartRelease,
  type ChartRepository,
  type HelmChartReleaseProps,
} from './delivery/helm-chart-release';
export {
  ImageAutomation,
  type FollowedImageProps,
  type ImageAutomationProps,
} from './delivery/image-automation';
export { OperatorStack, type OperatorStackProps } from './delivery/operator-stack';
export { FluxApp, type FluxAppProps, type KustomizationObjectProps } from './delivery/flux-app';
export type {
  KustomizeFields,
  KustomizeGenerator,
  KustomizeGeneratorOptions,
  KustomizeLabels,
  KustomizePatch,
  KustomizeResource,
} from './flux/kustomize-fields';
export { patchOf, type PatchContent, type PatchedFields, type PatchedSpecs } from './flux/patch-of';
export type { NamespaceOptions } from './delivery/shared-namespace';
export { ManifestDirectory, type ManifestDirectoryProps } from './delivery/manifest-directory';
export { Manifests, type ManifestsFromFileOptions } from './delivery/manifests';
export {
  RemoteKustomization,
  type RemoteKustomizationProps,
  type RemoteSource,
} from './delivery/remote-kustomization';
export { Tenant, type TenantProps } from './delivery/tenant';
export type { TenantRole } from './delivery/tenants/tenant-access';
export type { TenantNetworkPolicy } from './delivery/tenants/tenant-limits';
export type { TenantSource } from './delivery/tenants/tenant-source';

// Secrets
export type { ClusterSops, PgpRecipientProps, SopsRecipients } from './delivery/cluster-sops';
export {
  SopsSecret,
  type SopsSecretFromFileOptions,
  type SopsSecretOptions,
  type SopsSecretProps,
} from './delivery/sops-secret';
export { SecretValue } from './sops/values/secret-value';

// Credentials
export type { BasicLogin } from './delivery/credentials/basic-login';
export {
  BucketCredentials,
  type AzureClient,
  type BucketCredentialsProps,
  type BucketLogin,
  type S3Key,
} from './delivery/credentials/bucket-credentials';
export { Credentials, type CredentialText, type CredentialsProps } from './delivery/credentials/credentials';
export {
  GitCredentials,
  type GitCredentialsProps,
  type GitLogin,
  type SshKey,
} from './delivery/credentials/git-credentials';
export type { GitHubApp, GitHubAppKey } from './delivery/credentials/github-app';
export {
  HelmRepositoryCredentials,
  type HelmRepositoryCredentialsProps,
} from './delivery/credentials/helm-repository-credentials';
export {
  KubeconfigCredentials,
  type KubeconfigCredentialsProps,
} from './delivery/credentials/kubeconfig-credentials';
export {
  ProviderCredentials,
  type ProviderCredentialsProps,
  type ProviderLogin,
} from './delivery/credentials/provider-credentials';
export {
  ProxyCredentials,
  type ProxyCredentialsProps,
  type ProxyLogin,
} from './delivery/credentials/proxy-credentials';
export {
  RegistryCredentials,
  type RegistryCredentialsProps,
  type RegistryLogin,
} from './delivery/credentials/registry-credentials';
export {
  SigningKey,
  type PrivateKey,
  type SigningKeyChoice,
  type SigningKeyProps,
} from './delivery/credentials/signing-key';
export { TlsCredentials, type TlsCredentialsProps } from './delivery/credentials/tls-credentials';
export type { TlsFiles, TlsAuthority, TlsClient } from './delivery/credentials/tls-files';
export {
  VerificationKeys,
  type PublicKeys,
  type VerificationKeysProps,
  type SigningTechnology,
} from './delivery/credentials/verification-keys';
export { WebhookToken, type WebhookTokenProps, type CallerToken } from './delivery/credentials/webhook-token';

// Notifications
export {
  Alerts,
  type AlertCredentials,
  type AlertOptions,
  type AlertsProps,
  type AlertTarget,
  type AlertEventSource,
} from './delivery/notifications/alerts';
export { CommitStatus, type CommitStatusProps, type GitHost } from './delivery/notifications/commit-status';
export { PagerDutyAlerts, type PagerDutyAlertsProps } from './delivery/notifications/pager-duty-alerts';
export { SlackAlerts, type SlackAlertsProps, type SlackTarget } from './delivery/notifications/slack-alerts';
export { TeamsAlerts, type TeamsAlertsProps } from './delivery/notifications/teams-alerts';
export { WebhookAlerts, type WebhookAlertsProps } from './delivery/notifications/webhook-alerts';

// Flux's kinds
export { FluxObject, type FluxObjectProps } from './flux/flux-object';
export { Alert, type AlertProps, type AlertSource, type OperatorEventSource } from './flux/alert';
export {
  ArtifactGenerator,
  type ArtifactGeneratorProps,
  type ArtifactSource,
} from './flux/artifact-generator';
export { ExternalArtifact, type ExternalArtifactProps } from './flux/external-artifact';
export { GitRepository, type GitProviderChoice, type GitRepositoryProps } from './flux/git-repository';
export type { ImagePart } from './flux/variables/image-marker';
export type { ChartValues, ValuesFile, ListedValue, OrVariable } from './flux/chart-values';
export { Bucket, type BucketProps, type BucketProviderChoice, type BucketIdentity } from './flux/bucket';
export { HelmChart, type ChartVerification, type HelmChartProps } from './flux/helm-chart';
export {
  HelmRelease,
  type ChartChoice,
  type ChartRefKind,
  type ChartSourceKind,
  type ChartTemplate,
  type HelmReleaseDependency,
  type HelmReleaseFields,
  type HelmReleaseProps,
  type ValuesReference,
} from './flux/helm-release';
export { HelmRepository, type HelmRepositoryProps } from './flux/helm-repository';
export { OCIRepository, type OCIRepositoryProps } from './flux/oci-repository';
export {
  ImagePolicy,
  type DigestChoice,
  type ImagePolicyChoice,
  type ImagePolicyProps,
} from './flux/image-policy';
export { ImageRepository, type ImageRepositoryProps } from './flux/image-repository';
export { ImageUpdateAutomation, type ImageUpdateAutomationProps } from './flux/image-update-automation';
export {
  Kustomization,
  type HasKustomization,
  type KustomizationDependency,
  type KustomizationFields,
  type KustomizationProps,
  type KustomizationSourceKind,
  type PostBuildFields,
  type SubstituteReference,
} from './flux/kustomization';
export {
  Provider,
  type ProviderProps,
  type ProviderTypeChoice,
  type ProviderNeedFields,
  type ProviderNeeds,
  type ProviderNeedsGiven,
} from './flux/provider';
export { Receiver, type ReceiverAuthentication, type ReceiverProps } from './flux/receiver';
export { Variable, type VariableOptions } from './flux/variables/variable';
export { OrderedObject } from './flux/dependencies/ordered-object';
export type { DependencyReference, Ordered } from './flux/dependencies/orderable';
export type {
  DurationText,
  FluxDuration,
  ShortDuration,
  DurationIn,
  DurationUnit,
  ShortDurationUnit,
} from './flux/duration';
export type {
  ExactlyOne,
  Given,
  OmitEach,
  OneGroup,
  OnlyWith,
  Spelled,
  TextOf,
  Without,
} from './flux/choice';
export type {
  ConfigMapReference,
  LocalReference,
  NamedReference,
  NameOrReference,
  ObjectReference,
  QualifiedReferenceTo,
  ReferableConstruct,
  ReferenceTo,
  SecretReference,
} from './flux/references/reference';
export { report as addFinding, setComment, setFile, setHeader } from './flux/side-data';

// The fields of each kind's spec
export type { AlertFields, AlertEventSources } from './flux/generated/alert';
export type {
  ArtifactGeneratorArtifacts,
  ArtifactGeneratorArtifactsCopy,
  ArtifactGeneratorCommonMetadata,
  ArtifactGeneratorFields,
  ArtifactGeneratorSources,
} from './flux/generated/artifact-generator';
export type { BucketFields, BucketSts } from './flux/generated/bucket';
export type { ExternalArtifactFields } from './flux/generated/external-artifact';
export type {
  GitRepositoryFields,
  GitRepositoryInclude,
  GitRepositoryRef,
  GitRepositoryVerify,
} from './flux/generated/git-repository';
export type {
  HelmChartFields,
  HelmChartVerify,
  HelmChartVerifyMatchOIDCIdentity,
} from './flux/generated/helm-chart';
export type {
  HelmRepositoryAccessFrom,
  HelmRepositoryAccessFromNamespaceSelectors,
  HelmRepositoryFields,
} from './flux/generated/helm-repository';
export type {
  ImagePolicyFields,
  ImagePolicyFilterTags,
  ImagePolicyPolicy,
  ImagePolicyPolicyAlphabetical,
  ImagePolicyPolicyNumerical,
  ImagePolicyPolicySemver,
} from './flux/generated/image-policy';
export type {
  ImageRepositoryAccessFrom,
  ImageRepositoryAccessFromNamespaceSelectors,
  ImageRepositoryFields,
} from './flux/generated/image-repository';
export type {
  ImageUpdateAutomationFields,
  ImageUpdateAutomationGit,
  ImageUpdateAutomationGitCheckout,
  ImageUpdateAutomationGitCheckoutRef,
  ImageUpdateAutomationGitCommit,
  ImageUpdateAutomationGitCommitAuthor,
  ImageUpdateAutomationGitCommitSigningKey,
  ImageUpdateAutomationGitPush,
  ImageUpdateAutomationPolicySelector,
  ImageUpdateAutomationPolicySelectorMatchExpressions,
  ImageUpdateAutomationUpdate,
} from './flux/generated/image-update-automation';
export type {
  OCIRepositoryFields,
  OCIRepositoryLayerSelector,
  OCIRepositoryRef,
  OCIRepositoryVerify,
  OCIRepositoryVerifyMatchOIDCIdentity,
} from './flux/generated/oci-repository';
export type { ProviderFields } from './flux/generated/provider';
export type {
  ReceiverFields,
  ReceiverOidcProviders,
  ReceiverOidcProvidersValidations,
  ReceiverOidcProvidersVariables,
  ReceiverResources,
} from './flux/generated/receiver';

// What signatures above consist of
export type {
  HelmReleaseSpecChartRefKind,
  HelmReleaseSpecChartSpecReconcileStrategy,
  HelmReleaseSpecChartSpecSourceRefKind,
  HelmReleaseSpecChartSpecVerifyProvider,
  HelmReleaseSpecDriftDetectionMode,
  HelmReleaseSpecInstallCrds,
  HelmReleaseSpecInstallStrategyName,
  HelmReleaseSpecPostRenderStrategy,
  HelmReleaseSpecRollbackServerSideApply,
  HelmReleaseSpecUninstallDeletionPropagation,
  HelmReleaseSpecUpgradeChartNameChangeStrategy,
  HelmReleaseSpecUpgradeCrds,
  HelmReleaseSpecUpgradeRemediationStrategy,
  HelmReleaseSpecUpgradeServerSideApply,
  HelmReleaseSpecUpgradeStrategyName,
  HelmReleaseSpecValuesFromKind,
  HelmReleaseSpecWaitStrategyName,
} from '../imports/helm.toolkit.fluxcd.io';
export type {
  ImagePolicySpecDigestReflectionPolicy,
  ImagePolicySpecPolicyAlphabeticalOrder,
  ImagePolicySpecPolicyNumericalOrder,
  ImageRepositorySpecProvider,
  ImageUpdateAutomationSpecGitCommitSigningKeyType,
  ImageUpdateAutomationSpecSourceRefKind,
  ImageUpdateAutomationSpecUpdateStrategy,
} from '../imports/image.toolkit.fluxcd.io';
export type {
  KustomizationSpecBuildMetadata,
  KustomizationSpecDecryptionProvider,
  KustomizationSpecDeletionPolicy,
  KustomizationSpecPostBuildSubstituteFromKind,
  KustomizationSpecPostBuildSubstituteStrategy,
  KustomizationSpecSourceRefKind,
} from '../imports/kustomize.toolkit.fluxcd.io';
export type {
  AlertSpecEventSeverity,
  AlertSpecEventSourcesKind,
  ProviderSpecType,
  ReceiverSpecResourcesKind,
  ReceiverSpecType,
} from '../imports/notification.toolkit.fluxcd.io';
export type {
  ArtifactGeneratorSpecArtifactsCopyStrategy,
  ArtifactGeneratorSpecSourcesKind,
} from '../imports/source.extensions.fluxcd.io';
export type {
  BucketSpecProvider,
  BucketSpecStsProvider,
  GitRepositorySpecProvider,
  GitRepositorySpecVerifyMode,
  HelmChartSpecReconcileStrategy,
  HelmChartSpecSourceRefKind,
  HelmChartSpecVerifyProvider,
  HelmRepositorySpecProvider,
  HelmRepositorySpecType,
  OciRepositorySpecLayerSelectorOperation,
  OciRepositorySpecProvider,
  OciRepositorySpecVerifyProvider,
} from '../imports/source.toolkit.fluxcd.io';
export type {
  HelmReleaseChart,
  HelmReleaseChartMetadata,
  HelmReleaseChartSpec,
  HelmReleaseChartSpecVerify,
  HelmReleaseCommonMetadata,
  HelmReleaseDependsOn,
  HelmReleaseDriftDetection,
  HelmReleaseDriftDetectionIgnore,
  HelmReleaseDriftDetectionIgnoreTarget,
  HelmReleaseFields as HelmReleaseSpecFields,
  HelmReleaseHealthCheckExprs,
  HelmReleaseInstall,
  HelmReleaseInstallRemediation,
  HelmReleaseInstallStrategy,
  HelmReleaseKubeConfig,
  HelmReleaseKubeConfigSecretRef,
  HelmReleasePostRenderers,
  HelmReleasePostRenderersKustomize,
  HelmReleasePostRenderersKustomizeImages,
  HelmReleasePostRenderersKustomizePatches,
  HelmReleasePostRenderersKustomizePatchesTarget,
  HelmReleaseRollback,
  HelmReleaseTest,
  HelmReleaseTestFilters,
  HelmReleaseUninstall,
  HelmReleaseUpgrade,
  HelmReleaseUpgradeRemediation,
  HelmReleaseUpgradeStrategy,
  HelmReleaseValuesFrom,
  HelmReleaseWaitStrategy,
} from './flux/generated/helm-release';
export type {
  KustomizationCommonMetadata,
  KustomizationDecryption,
  KustomizationDependsOn,
  KustomizationFields as KustomizationSpecFields,
  KustomizationHealthCheckExprs,
  KustomizationIgnore,
  KustomizationIgnoreTarget,
  KustomizationImages,
  KustomizationKubeConfig,
  KustomizationKubeConfigSecretRef,
  KustomizationPatches,
  KustomizationPatchesTarget,
  KustomizationPostBuild,
  KustomizationPostBuildSubstituteFrom,
} from './flux/generated/kustomization';
export type { MarkedType } from './flux/variables/variable-text';
export { COMMIT_STATUS_TYPES, PROVIDER_TYPES } from './schema/provider-types';
export type { CommitStatusType, ProviderTypes } from './schema/provider-types';
export type { GenerateOptions } from './sops/values/generate-text';
export type { ManifestObject } from './tree/manifest';

// Findings
export type {
  Finding,
  FindingInput,
  FindingLocation,
  FindingUser,
  ObjectIdentity,
  Severity,
} from './findings/finding';
export { FindingsError } from './findings/findings-error';
