// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
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
} from '../../../imports/helm.toolkit.fluxcd.io';
import type {
  ExactlyOne,
  OnlyWith,
} from '../choice';
import type {
  FluxDuration,
} from '../duration';
import type {
  ConfigMapReference,
  NameOrReference,
  ObjectReference,
  SecretReference,
} from '../references/reference';

/** The fields of a HelmRelease's spec. */
export interface HelmReleaseFields {
  /**
   * Chart defines the template of the v1.HelmChart that should be created for this HelmRelease.
   *
   * @default - none
   */
  readonly chart?: HelmReleaseChart;
  /**
   * ChartRef holds a reference to a source controller resource containing the Helm chart artifact.
   *
   * @default - none
   */
  readonly chartRef?: ObjectReference<'OCIRepository' | 'HelmChart' | 'ExternalArtifact' | HelmReleaseSpecChartRefKind>;
  /**
   * CommonMetadata specifies the common labels and annotations that are applied to all resources. Any existing
   * label or annotation will be overridden if its key matches a common one.
   *
   * @default - none
   */
  readonly commonMetadata?: HelmReleaseCommonMetadata;
  /**
   * DependsOn may contain a DependencyReference slice with references to HelmRelease resources that must be
   * ready before this HelmRelease can be reconciled.
   *
   * @default - none
   */
  readonly dependsOn?: readonly HelmReleaseDependsOn[];
  /**
   * DriftDetection holds the configuration for detecting and handling differences between the manifest in the
   * Helm storage and the resources currently existing in the cluster.
   *
   * @default - none
   */
  readonly driftDetection?: HelmReleaseDriftDetection;
  /**
   * HealthCheckExprs is a list of healthcheck expressions for evaluating the health of custom resources using
   * Common Expression Language (CEL). The expressions are evaluated only when the specific Helm action taking
   * place has wait enabled, i.e. DisableWait is false, and the 'poller' WaitStrategy is used.
   *
   * @default - none
   */
  readonly healthCheckExprs?: readonly HelmReleaseHealthCheckExprs[];
  /**
   * Install holds the configuration for Helm install actions for this HelmRelease.
   *
   * @default - none
   */
  readonly install?: HelmReleaseInstall;
  /** Interval at which to reconcile the Helm release. */
  readonly interval: FluxDuration;
  /**
   * KubeConfig for reconciling the HelmRelease on a remote cluster. When used in combination with
   * HelmReleaseSpec.ServiceAccountName, forces the controller to act on behalf of that Service Account at the
   * target cluster. If the --default-service-account flag is set, its value will be used as a controller level
   * fallback for when HelmReleaseSpec.ServiceAccountName is empty.
   *
   * @default - the cluster that Flux runs in
   */
  readonly kubeConfig?: ExactlyOne<HelmReleaseKubeConfig, 'configMapRef' | 'secretRef'>;
  /**
   * MaxHistory is the number of revisions saved by Helm for this HelmRelease. Use '0' for an unlimited number of
   * revisions; defaults to '5'.
   *
   * @default 5
   */
  readonly maxHistory?: number;
  /**
   * PersistentClient tells the controller to use a persistent Kubernetes client for this release. When enabled,
   * the client will be reused for the duration of the reconciliation, instead of being created and destroyed for
   * each (step of a) Helm action. This can improve performance, but may cause issues with some Helm charts that
   * for example do create Custom Resource Definitions during installation outside Helm's CRD lifecycle hooks,
   * which are then not observed to be available by e.g. post-install hooks. If not set, it defaults to true.
   *
   * @default true
   */
  readonly persistentClient?: boolean;
  /**
   * PostRenderStrategy defines the strategy for sending hooks to post-renderers. Valid values are 'nohooks'
   * (hooks not sent to post-renderers, Helm 3 behavior), 'combined' (hooks and templates sent together, Helm 4
   * default), and 'separate' (hooks and templates sent in separate streams, Helm 4.2 opt-in). Defaults to
   * 'combined', or 'nohooks' when the UseHelm3Defaults feature gate is enabled.
   *
   * @default 'combined'
   */
  readonly postRenderStrategy?: 'nohooks' | 'combined' | 'separate' | HelmReleaseSpecPostRenderStrategy;
  /**
   * PostRenderers holds an array of Helm PostRenderers, which will be applied in order of their definition.
   *
   * @default - none
   */
  readonly postRenderers?: readonly HelmReleasePostRenderers[];
  /**
   * ReleaseName used for the Helm release. Defaults to a composition of '[TargetNamespace-]Name'.
   *
   * Allowed: 1 to 53 characters.
   *
   * @default - the name, with the target namespace and a dash as prefix if there is one
   */
  readonly releaseName?: string;
  /**
   * Rollback holds the configuration for Helm rollback actions for this HelmRelease.
   *
   * @default - none
   */
  readonly rollback?: HelmReleaseRollback;
  /**
   * The name of the Kubernetes service account to impersonate when reconciling this HelmRelease.
   *
   * Allowed: 1 to 253 characters.
   *
   * @default - the account of the controller
   */
  readonly serviceAccountName?: NameOrReference;
  /**
   * StorageNamespace used for the Helm storage. Defaults to the namespace of the HelmRelease.
   *
   * Allowed: 1 to 63 characters.
   *
   * @default - the namespace of the HelmRelease
   */
  readonly storageNamespace?: string;
  /**
   * Suspend tells the controller to suspend reconciliation for this HelmRelease, it does not apply to already
   * started reconciliations. Defaults to false.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * TargetNamespace to target when performing operations for the HelmRelease. Defaults to the namespace of the
   * HelmRelease.
   *
   * Allowed: 1 to 63 characters.
   *
   * @default - the namespace of the HelmRelease
   */
  readonly targetNamespace?: string;
  /**
   * Test holds the configuration for Helm test actions for this HelmRelease.
   *
   * @default - none
   */
  readonly test?: HelmReleaseTest;
  /**
   * Timeout is the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the
   * performance of a Helm action. Defaults to '5m0s'.
   *
   * @default '5m0s'
   */
  readonly timeout?: FluxDuration;
  /**
   * Uninstall holds the configuration for Helm uninstall actions for this HelmRelease.
   *
   * @default - none
   */
  readonly uninstall?: HelmReleaseUninstall;
  /**
   * Upgrade holds the configuration for Helm upgrade actions for this HelmRelease.
   *
   * @default - none
   */
  readonly upgrade?: HelmReleaseUpgrade;
  /**
   * Values holds the values for this Helm release.
   *
   * @default - none
   */
  readonly values?: Readonly<Record<string, unknown>>;
  /**
   * ValuesFrom holds references to resources containing Helm values for this HelmRelease, and information about
   * how they should be merged.
   *
   * @default - none
   */
  readonly valuesFrom?: readonly HelmReleaseValuesFrom[];
  /**
   * WaitStrategy defines Helm's wait strategy for waiting for applied resources to become ready.
   *
   * @default - none
   */
  readonly waitStrategy?: HelmReleaseWaitStrategy;
}

/** WaitStrategy defines Helm's wait strategy for waiting for applied resources to become ready. */
export interface HelmReleaseWaitStrategy {
  /**
   * Name is Helm's wait strategy for waiting for applied resources to become ready. One of 'poller' or 'legacy'.
   * The 'poller' strategy uses kstatus to poll resource statuses, while the 'legacy' strategy uses Helm v3's
   * waiting logic. Defaults to 'poller', or to 'legacy' when UseHelm3Defaults feature gate is enabled.
   */
  readonly name: 'poller' | 'legacy' | HelmReleaseSpecWaitStrategyName;
}

/**
 * ValuesReference contains a reference to a resource containing Helm values, and optionally the key they can be
 * found at.
 */
export interface HelmReleaseValuesFrom {
  /** Kind of the values referent, valid values are ('Secret', 'ConfigMap'). */
  readonly kind: 'Secret' | 'ConfigMap' | HelmReleaseSpecValuesFromKind;
  /**
   * Literal marks this ValuesReference as a literal value. When set in combination with TargetPath, the
   * referenced value is merged at the target path without interpreting Helm's `--set` syntax (commas, brackets,
   * dots, equal signs, etc.), mirroring the behavior of `helm --set-literal`. This is the only safe way to
   * inject arbitrary file content (config files, JSON blobs, multi-line strings containing special characters)
   * through `valuesFrom`. Has no effect when TargetPath is empty: in that mode the referenced value is always
   * YAML-merged at the root.
   *
   * @default false
   */
  readonly literal?: boolean;
  /**
   * Name of the values referent. Should reside in the same namespace as the referring resource.
   *
   * Allowed: 1 to 253 characters.
   */
  readonly name: string;
  /**
   * Optional marks this ValuesReference as optional. When set, a not found error for the values reference is
   * ignored, but any ValuesKey, TargetPath or transient error will still result in a reconciliation failure.
   *
   * @default false
   */
  readonly optional?: boolean;
  /**
   * TargetPath is the YAML dot notation path the value should be merged at. When set, the ValuesKey is expected
   * to be a single flat value. Defaults to 'None', which results in the values getting merged at the root.
   *
   * Allowed: at most 250 characters; must match `^([a-zA-Z0-9_\-.\\\/]|\[[0-9]{1,5}\])+$`.
   *
   * @default - the root of the values
   */
  readonly targetPath?: string;
  /**
   * ValuesKey is the data key where the values.yaml or a specific value can be found at. Defaults to
   * 'values.yaml'.
   *
   * Allowed: at most 253 characters; must match `^[\-._a-zA-Z0-9]+$`.
   *
   * @default 'values.yaml'
   */
  readonly valuesKey?: string;
}

/** Upgrade holds the configuration for Helm upgrade actions for this HelmRelease. */
export interface HelmReleaseUpgrade {
  /**
   * ChartNameChangeStrategy defines the strategy to use when a Helm chart name changes. Valid values are
   * 'Reinstall' or 'InPlaceUpdate'. Defaults to 'Reinstall' if omitted. Reinstall: Reinstall the Helm release,
   * uninstalling the existing Helm release. InPlaceUpdate: Update the Helm release in place.
   *
   * @default 'Reinstall'
   */
  readonly chartNameChangeStrategy?: 'InPlaceUpdate' | 'Reinstall' | HelmReleaseSpecUpgradeChartNameChangeStrategy;
  /**
   * CleanupOnFail allows deletion of new resources created during the Helm upgrade action when it fails.
   *
   * @default false
   */
  readonly cleanupOnFail?: boolean;
  /**
   * CRDs upgrade CRDs from the Helm Chart's crds directory according to the CRD upgrade policy provided here.
   * Valid values are `Skip`, `Create` or `CreateReplace`. Default is `Skip` and if omitted CRDs are neither
   * installed nor upgraded. Skip: do neither install nor replace (update) any CRDs. Create: new CRDs are
   * created, existing CRDs are neither updated nor deleted. CreateReplace: new CRDs are created, existing CRDs
   * are updated (replaced) but not deleted. By default, CRDs are not applied during Helm upgrade action. With
   * this option users can opt-in to CRD upgrade, which is not (yet) natively supported by Helm.
   * https://helm.sh/docs/chart_best_practices/custom_resource_definitions.
   *
   * @default 'Skip'
   */
  readonly crds?: 'Skip' | 'Create' | 'CreateReplace' | HelmReleaseSpecUpgradeCrds;
  /**
   * DisableHooks prevents hooks from running during the Helm upgrade action.
   *
   * @default false
   */
  readonly disableHooks?: boolean;
  /**
   * DisableOpenAPIValidation prevents the Helm upgrade action from validating rendered templates against the
   * Kubernetes OpenAPI Schema.
   *
   * @default false
   */
  readonly disableOpenAPIValidation?: boolean;
  /**
   * DisableSchemaValidation prevents the Helm upgrade action from validating the values against the JSON Schema.
   *
   * @default false
   */
  readonly disableSchemaValidation?: boolean;
  /**
   * DisableTakeOwnership disables taking ownership of existing resources during the Helm upgrade action.
   * Defaults to false.
   *
   * @default false
   */
  readonly disableTakeOwnership?: boolean;
  /**
   * DisableWait disables the waiting for resources to be ready after a Helm upgrade has been performed.
   *
   * @default false
   */
  readonly disableWait?: boolean;
  /**
   * DisableWaitForJobs disables waiting for jobs to complete after a Helm upgrade has been performed.
   *
   * @default false
   */
  readonly disableWaitForJobs?: boolean;
  /**
   * Force forces resource updates through a replacement strategy that avoids 3-way merge conflicts on
   * client-side apply. This field is ignored for server-side apply (which always forces conflicts with other
   * field managers).
   *
   * @default false
   */
  readonly force?: boolean;
  /**
   * PreserveValues will make Helm reuse the last release's values and merge in overrides from 'Values'. Setting
   * this flag makes the HelmRelease non-declarative.
   *
   * @default false
   */
  readonly preserveValues?: boolean;
  /**
   * Remediation holds the remediation configuration for when the Helm upgrade action for the HelmRelease fails.
   * The default is to not perform any action.
   *
   * @default - no remediation
   */
  readonly remediation?: HelmReleaseUpgradeRemediation;
  /**
   * ServerSideApply enables server-side apply for resources during upgrade. Can be "enabled", "disabled", or
   * "auto". When "auto", server-side apply usage will be based on the release's previous usage. Defaults to
   * "auto".
   *
   * @default 'auto'
   */
  readonly serverSideApply?: 'enabled' | 'disabled' | 'auto' | HelmReleaseSpecUpgradeServerSideApply;
  /**
   * Strategy defines the upgrade strategy to use for this HelmRelease. Defaults to 'RemediateOnFailure', or
   * 'RetryOnFailure' when the DefaultToRetryOnFailure feature gate is enabled.
   *
   * @default - the same as RemediateOnFailure
   */
  readonly strategy?: OnlyWith<HelmReleaseUpgradeStrategy, 'name', 'RetryOnFailure', 'retryInterval'>;
  /**
   * Timeout is the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the
   * performance of a Helm upgrade action. Defaults to 'HelmReleaseSpec.Timeout'.
   *
   * @default - the timeout of the release
   */
  readonly timeout?: FluxDuration;
}

/**
 * Strategy defines the upgrade strategy to use for this HelmRelease. Defaults to 'RemediateOnFailure', or
 * 'RetryOnFailure' when the DefaultToRetryOnFailure feature gate is enabled.
 */
export interface HelmReleaseUpgradeStrategy {
  /** Name of the upgrade strategy. */
  readonly name: 'RemediateOnFailure' | 'RetryOnFailure' | HelmReleaseSpecUpgradeStrategyName;
  /**
   * RetryInterval is the interval at which to retry a failed upgrade. Can be used only when Name is set to
   * RetryOnFailure. Defaults to '5m'.
   *
   * @default '5m'
   */
  readonly retryInterval?: FluxDuration;
}

/**
 * Remediation holds the remediation configuration for when the Helm upgrade action for the HelmRelease fails.
 * The default is to not perform any action.
 */
export interface HelmReleaseUpgradeRemediation {
  /**
   * IgnoreTestFailures tells the controller to skip remediation when the Helm tests are run after an upgrade
   * action but fail. Defaults to 'Test.IgnoreFailures'.
   *
   * @default - the value of test.ignoreFailures
   */
  readonly ignoreTestFailures?: boolean;
  /**
   * RemediateLastFailure tells the controller to remediate the last failure, when no retries remain. Defaults to
   * 'false' unless 'Retries' is greater than 0.
   *
   * @default false
   */
  readonly remediateLastFailure?: boolean;
  /**
   * Retries is the number of retries that should be attempted on failures before bailing. Remediation, using
   * 'Strategy', is performed between each attempt. Defaults to '0', a negative integer equals to unlimited
   * retries.
   *
   * @default 0
   */
  readonly retries?: number;
  /**
   * Strategy to use for failure remediation. Defaults to 'rollback'.
   *
   * @default 'rollback'
   */
  readonly strategy?: 'rollback' | 'uninstall' | HelmReleaseSpecUpgradeRemediationStrategy;
}

/** Uninstall holds the configuration for Helm uninstall actions for this HelmRelease. */
export interface HelmReleaseUninstall {
  /**
   * DeletionPropagation specifies the deletion propagation policy when a Helm uninstall is performed.
   *
   * @default 'background'
   */
  readonly deletionPropagation?: 'background' | 'foreground' | 'orphan' | HelmReleaseSpecUninstallDeletionPropagation;
  /**
   * DisableHooks prevents hooks from running during the Helm rollback action.
   *
   * @default false
   */
  readonly disableHooks?: boolean;
  /**
   * DisableWait disables waiting for all the resources to be deleted after a Helm uninstall is performed.
   *
   * @default false
   */
  readonly disableWait?: boolean;
  /**
   * KeepHistory tells Helm to remove all associated resources and mark the release as deleted, but retain the
   * release history.
   *
   * @default false
   */
  readonly keepHistory?: boolean;
  /**
   * Timeout is the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the
   * performance of a Helm uninstall action. Defaults to 'HelmReleaseSpec.Timeout'.
   *
   * @default - the timeout of the release
   */
  readonly timeout?: FluxDuration;
}

/** Test holds the configuration for Helm test actions for this HelmRelease. */
export interface HelmReleaseTest {
  /**
   * Enable enables Helm test actions for this HelmRelease after an Helm install or upgrade action has been
   * performed.
   *
   * @default false
   */
  readonly enable?: boolean;
  /**
   * Filters is a list of tests to run or exclude from running.
   *
   * @default - none
   */
  readonly filters?: readonly HelmReleaseTestFilters[];
  /**
   * IgnoreFailures tells the controller to skip remediation when the Helm tests are run but fail. Can be
   * overwritten for tests run after install or upgrade actions in 'Install.IgnoreTestFailures' and
   * 'Upgrade.IgnoreTestFailures'.
   *
   * @default false
   */
  readonly ignoreFailures?: boolean;
  /**
   * Timeout is the time to wait for any individual Kubernetes operation during the performance of a Helm test
   * action. Defaults to 'HelmReleaseSpec.Timeout'.
   *
   * @default - the timeout of the release
   */
  readonly timeout?: FluxDuration;
}

/** Filter holds the configuration for individual Helm test filters. */
export interface HelmReleaseTestFilters {
  /**
   * Exclude specifies whether the named test should be excluded.
   *
   * @default false
   */
  readonly exclude?: boolean;
  /**
   * Name is the name of the test.
   *
   * Allowed: 1 to 253 characters.
   */
  readonly name: string;
}

/** Rollback holds the configuration for Helm rollback actions for this HelmRelease. */
export interface HelmReleaseRollback {
  /**
   * CleanupOnFail allows deletion of new resources created during the Helm rollback action when it fails.
   *
   * @default false
   */
  readonly cleanupOnFail?: boolean;
  /**
   * DisableHooks prevents hooks from running during the Helm rollback action.
   *
   * @default false
   */
  readonly disableHooks?: boolean;
  /**
   * DisableWait disables the waiting for resources to be ready after a Helm rollback has been performed.
   *
   * @default false
   */
  readonly disableWait?: boolean;
  /**
   * DisableWaitForJobs disables waiting for jobs to complete after a Helm rollback has been performed.
   *
   * @default false
   */
  readonly disableWaitForJobs?: boolean;
  /**
   * Force forces resource updates through a replacement strategy that avoids 3-way merge conflicts on
   * client-side apply. This field is ignored for server-side apply (which always forces conflicts with other
   * field managers).
   *
   * @default false
   */
  readonly force?: boolean;
  /**
   * Recreate performs pod restarts for any managed workloads. Deprecated: This behavior was deprecated in Helm
   * 3: - Deprecation: https://github.com/helm/helm/pull/6463 - Removal: https://github.com/helm/helm/pull/31023
   * After helm-controller was upgraded to the Helm 4 SDK, this field is no longer functional and will print a
   * warning if set to true. It will also be removed in a future release.
   *
   * @default false
   */
  readonly recreate?: boolean;
  /**
   * ServerSideApply enables server-side apply for resources during rollback. Can be "enabled", "disabled", or
   * "auto". When "auto", server-side apply usage will be based on the release's previous usage. Defaults to
   * "auto".
   *
   * @default 'auto'
   */
  readonly serverSideApply?: 'enabled' | 'disabled' | 'auto' | HelmReleaseSpecRollbackServerSideApply;
  /**
   * Timeout is the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the
   * performance of a Helm rollback action. Defaults to 'HelmReleaseSpec.Timeout'.
   *
   * @default - the timeout of the release
   */
  readonly timeout?: FluxDuration;
}

/** PostRenderer contains a Helm PostRenderer specification. */
export interface HelmReleasePostRenderers {
  /**
   * Kustomization to apply as PostRenderer.
   *
   * @default - none
   */
  readonly kustomize?: HelmReleasePostRenderersKustomize;
}

/** Kustomization to apply as PostRenderer. */
export interface HelmReleasePostRenderersKustomize {
  /**
   * Images is a list of (image name, new name, new tag or digest) for changing image names, tags or digests.
   * This can also be achieved with a patch, but this operator is simpler to specify.
   *
   * @default - none
   */
  readonly images?: readonly HelmReleasePostRenderersKustomizeImages[];
  /**
   * Strategic merge and JSON patches, defined as inline YAML objects, capable of targeting objects based on
   * kind, label and annotation selectors.
   *
   * @default - none
   */
  readonly patches?: readonly HelmReleasePostRenderersKustomizePatches[];
}

/** Patch contains an inline StrategicMerge or JSON6902 patch, and the target the patch should be applied to. */
export interface HelmReleasePostRenderersKustomizePatches {
  /**
   * Patch contains an inline StrategicMerge patch or an inline JSON6902 patch with an array of operation
   * objects.
   */
  readonly patch: string;
  /**
   * Target points to the resources that the patch document should be applied to.
   *
   * @default - none
   */
  readonly target?: HelmReleasePostRenderersKustomizePatchesTarget;
}

/** Target points to the resources that the patch document should be applied to. */
export interface HelmReleasePostRenderersKustomizePatchesTarget {
  /**
   * AnnotationSelector is a string that follows the label selection expression
   * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api It matches with the resource
   * annotations.
   *
   * @default - none
   */
  readonly annotationSelector?: string;
  /**
   * Group is the API group to select resources from. Together with Version and Kind it is capable of
   * unambiguously identifying and/or selecting resources.
   * https://github.com/kubernetes/community/blob/master/contributors/design-proposals/api-machinery/api-group.md
   *
   * @default - none
   */
  readonly group?: string;
  /**
   * Kind of the API Group to select resources from. Together with Group and Version it is capable of
   * unambiguously identifying and/or selecting resources.
   * https://github.com/kubernetes/community/blob/master/contributors/design-proposals/api-machinery/api-group.md
   *
   * @default - none
   */
  readonly kind?: string;
  /**
   * LabelSelector is a string that follows the label selection expression
   * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api It matches with the resource
   * labels.
   *
   * @default - none
   */
  readonly labelSelector?: string;
  /**
   * Name to match resources with.
   *
   * @default - none
   */
  readonly name?: string;
  /**
   * Namespace to select resources from.
   *
   * @default - none
   */
  readonly namespace?: string;
  /**
   * Version of the API Group to select resources from. Together with Group and Kind it is capable of
   * unambiguously identifying and/or selecting resources.
   * https://github.com/kubernetes/community/blob/master/contributors/design-proposals/api-machinery/api-group.md
   *
   * @default - none
   */
  readonly version?: string;
}

/** Image contains an image name, a new name, a new tag or digest, which will replace the original name and tag. */
export interface HelmReleasePostRenderersKustomizeImages {
  /**
   * Digest is the value used to replace the original image tag. If digest is present NewTag value is ignored.
   *
   * @default - none
   */
  readonly digest?: string;
  /** Name is a tag-less image name. */
  readonly name: string;
  /**
   * NewName is the value used to replace the original name.
   *
   * @default - none
   */
  readonly newName?: string;
  /**
   * NewTag is the value used to replace the original tag.
   *
   * @default - none
   */
  readonly newTag?: string;
}

/**
 * KubeConfig for reconciling the HelmRelease on a remote cluster. When used in combination with
 * HelmReleaseSpec.ServiceAccountName, forces the controller to act on behalf of that Service Account at the
 * target cluster. If the --default-service-account flag is set, its value will be used as a controller level
 * fallback for when HelmReleaseSpec.ServiceAccountName is empty.
 */
export interface HelmReleaseKubeConfig {
  /**
   * ConfigMapRef holds an optional name of a ConfigMap that contains the following keys: - `provider`: the
   * provider to use. One of `aws`, `azure`, `gcp`, or `generic`. Required. - `cluster`: the fully qualified
   * resource name of the Kubernetes cluster in the cloud provider API. Not used by the `generic` provider.
   * Required when one of `address` or `ca.crt` is not set. - `address`: the address of the Kubernetes API
   * server. Required for `generic`. For the other providers, if not specified, the first address in the cluster
   * resource will be used, and if specified, it must match one of the addresses in the cluster resource. If
   * audiences is not set, will be used as the audience for the `generic` provider. - `ca.crt`: the optional
   * PEM-encoded CA certificate for the Kubernetes API server. If not set, the controller will use the CA
   * certificate from the cluster resource. - `audiences`: the optional audiences as a list of
   * line-break-separated strings for the Kubernetes ServiceAccount token. Defaults to the `address` for the
   * `generic` provider, or to specific values for the other providers depending on the provider. -
   * `serviceAccountName`: the optional name of the Kubernetes ServiceAccount in the same namespace that should
   * be used for authentication. If not specified, the controller ServiceAccount will be used. Mutually exclusive
   * with SecretRef.
   *
   * @default - none
   */
  readonly configMapRef?: ConfigMapReference;
  /**
   * SecretRef holds an optional name of a secret that contains a key with the kubeconfig file as the value. If
   * no key is set, the key will default to 'value'. Mutually exclusive with ConfigMapRef. It is recommended that
   * the kubeconfig is self-contained, and the secret is regularly updated if credentials such as a
   * cloud-access-token expire. Cloud specific `cmd-path` auth helpers will not function without adding binaries
   * and credentials to the Pod that is responsible for reconciling Kubernetes resources. Supported only for the
   * generic provider.
   *
   * @default - none
   */
  readonly secretRef?: HelmReleaseKubeConfigSecretRef;
}

/**
 * SecretRef holds an optional name of a secret that contains a key with the kubeconfig file as the value. If no
 * key is set, the key will default to 'value'. Mutually exclusive with ConfigMapRef. It is recommended that the
 * kubeconfig is self-contained, and the secret is regularly updated if credentials such as a cloud-access-token
 * expire. Cloud specific `cmd-path` auth helpers will not function without adding binaries and credentials to
 * the Pod that is responsible for reconciling Kubernetes resources. Supported only for the generic provider.
 */
export interface HelmReleaseKubeConfigSecretRef {
  /**
   * Key in the Secret, when not specified an implementation-specific default key is used.
   *
   * @default - value, otherwise value.yaml
   */
  readonly key?: string;
  /** Name of the Secret. */
  readonly name: string;
}

/** Install holds the configuration for Helm install actions for this HelmRelease. */
export interface HelmReleaseInstall {
  /**
   * CRDs upgrade CRDs from the Helm Chart's crds directory according to the CRD upgrade policy provided here.
   * Valid values are `Skip`, `Create` or `CreateReplace`. Default is `Create` and if omitted CRDs are installed
   * but not updated. Skip: do neither install nor replace (update) any CRDs. Create: new CRDs are created,
   * existing CRDs are neither updated nor deleted. CreateReplace: new CRDs are created, existing CRDs are
   * updated (replaced) but not deleted. By default, CRDs are applied (installed) during Helm install action.
   * With this option users can opt in to CRD replace existing CRDs on Helm install actions, which is not (yet)
   * natively supported by Helm. https://helm.sh/docs/chart_best_practices/custom_resource_definitions.
   *
   * @default 'Create'
   */
  readonly crds?: 'Skip' | 'Create' | 'CreateReplace' | HelmReleaseSpecInstallCrds;
  /**
   * CreateNamespace tells the Helm install action to create the HelmReleaseSpec.TargetNamespace if it does not
   * exist yet. On uninstall, the namespace will not be garbage collected.
   *
   * @default false
   */
  readonly createNamespace?: boolean;
  /**
   * DisableHooks prevents hooks from running during the Helm install action.
   *
   * @default false
   */
  readonly disableHooks?: boolean;
  /**
   * DisableOpenAPIValidation prevents the Helm install action from validating rendered templates against the
   * Kubernetes OpenAPI Schema.
   *
   * @default false
   */
  readonly disableOpenAPIValidation?: boolean;
  /**
   * DisableSchemaValidation prevents the Helm install action from validating the values against the JSON Schema.
   *
   * @default false
   */
  readonly disableSchemaValidation?: boolean;
  /**
   * DisableTakeOwnership disables taking ownership of existing resources during the Helm install action.
   * Defaults to false.
   *
   * @default false
   */
  readonly disableTakeOwnership?: boolean;
  /**
   * DisableWait disables the waiting for resources to be ready after a Helm install has been performed.
   *
   * @default false
   */
  readonly disableWait?: boolean;
  /**
   * DisableWaitForJobs disables waiting for jobs to complete after a Helm install has been performed.
   *
   * @default false
   */
  readonly disableWaitForJobs?: boolean;
  /**
   * Remediation holds the remediation configuration for when the Helm install action for the HelmRelease fails.
   * The default is to not perform any action.
   *
   * @default - no remediation
   */
  readonly remediation?: HelmReleaseInstallRemediation;
  /**
   * Replace tells the Helm install action to re-use the 'ReleaseName', but only if that name is a deleted
   * release which remains in the history.
   *
   * @default false
   */
  readonly replace?: boolean;
  /**
   * ServerSideApply enables server-side apply for resources during install. Defaults to true (or false when
   * UseHelm3Defaults feature gate is enabled).
   *
   * @default true
   */
  readonly serverSideApply?: boolean;
  /**
   * SkipCRDs tells the Helm install action to not install any CRDs. By default, CRDs are installed if not
   * already present. Deprecated use CRD policy (`crds`) attribute with value `Skip` instead.
   *
   * @default false
   */
  readonly skipCRDs?: boolean;
  /**
   * Strategy defines the install strategy to use for this HelmRelease. Defaults to 'RemediateOnFailure', or
   * 'RetryOnFailure' when the DefaultToRetryOnFailure feature gate is enabled.
   *
   * @default - the same as RemediateOnFailure
   */
  readonly strategy?: OnlyWith<HelmReleaseInstallStrategy, 'name', 'RetryOnFailure', 'retryInterval'>;
  /**
   * Timeout is the time to wait for any individual Kubernetes operation (like Jobs for hooks) during the
   * performance of a Helm install action. Defaults to 'HelmReleaseSpec.Timeout'.
   *
   * @default - the timeout of the release
   */
  readonly timeout?: FluxDuration;
}

/**
 * Strategy defines the install strategy to use for this HelmRelease. Defaults to 'RemediateOnFailure', or
 * 'RetryOnFailure' when the DefaultToRetryOnFailure feature gate is enabled.
 */
export interface HelmReleaseInstallStrategy {
  /** Name of the install strategy. */
  readonly name: 'RemediateOnFailure' | 'RetryOnFailure' | HelmReleaseSpecInstallStrategyName;
  /**
   * RetryInterval is the interval at which to retry a failed install. Can be used only when Name is set to
   * RetryOnFailure. Defaults to '5m'.
   *
   * @default '5m'
   */
  readonly retryInterval?: FluxDuration;
}

/**
 * Remediation holds the remediation configuration for when the Helm install action for the HelmRelease fails.
 * The default is to not perform any action.
 */
export interface HelmReleaseInstallRemediation {
  /**
   * IgnoreTestFailures tells the controller to skip remediation when the Helm tests are run after an install
   * action but fail. Defaults to 'Test.IgnoreFailures'.
   *
   * @default - the value of test.ignoreFailures
   */
  readonly ignoreTestFailures?: boolean;
  /**
   * RemediateLastFailure tells the controller to remediate the last failure, when no retries remain. Defaults to
   * 'false'.
   *
   * @default false
   */
  readonly remediateLastFailure?: boolean;
  /**
   * Retries is the number of retries that should be attempted on failures before bailing. Remediation, using an
   * uninstall, is performed between each attempt. Defaults to '0', a negative integer equals to unlimited
   * retries.
   *
   * @default 0
   */
  readonly retries?: number;
}

/** CustomHealthCheck defines the health check for custom resources. */
export interface HelmReleaseHealthCheckExprs {
  /** APIVersion of the custom resource under evaluation. */
  readonly apiVersion: string;
  /**
   * Current is the CEL expression that determines if the status of the custom resource has reached the desired
   * state.
   */
  readonly current: string;
  /**
   * Failed is the CEL expression that determines if the status of the custom resource has failed to reach the
   * desired state.
   *
   * @default - none
   */
  readonly failed?: string;
  /**
   * InProgress is the CEL expression that determines if the status of the custom resource has not yet reached
   * the desired state.
   *
   * @default - none
   */
  readonly inProgress?: string;
  /**
   * Kind of the custom resource under evaluation.
   *
   * @default - none
   */
  readonly kind?: string;
}

/**
 * DriftDetection holds the configuration for detecting and handling differences between the manifest in the Helm
 * storage and the resources currently existing in the cluster.
 */
export interface HelmReleaseDriftDetection {
  /**
   * Ignore contains a list of rules for specifying which changes to ignore during diffing.
   *
   * @default - none
   */
  readonly ignore?: readonly HelmReleaseDriftDetectionIgnore[];
  /**
   * Mode defines how differences should be handled between the Helm manifest and the manifest currently applied
   * to the cluster. If not explicitly set, it defaults to DiffModeDisabled.
   *
   * @default 'disabled'
   */
  readonly mode?: 'enabled' | 'warn' | 'disabled' | HelmReleaseSpecDriftDetectionMode;
}

/** IgnoreRule defines a rule to selectively disregard specific changes during the drift detection process. */
export interface HelmReleaseDriftDetectionIgnore {
  /** Paths is a list of JSON Pointer (RFC 6901) paths to be excluded from consideration in a Kubernetes object. */
  readonly paths: readonly string[];
  /**
   * Target is a selector for specifying Kubernetes objects to which this rule applies. If Target is not set, the
   * Paths will be ignored for all Kubernetes objects within the manifest of the Helm release.
   *
   * @default - none
   */
  readonly target?: HelmReleaseDriftDetectionIgnoreTarget;
}

/**
 * Target is a selector for specifying Kubernetes objects to which this rule applies. If Target is not set, the
 * Paths will be ignored for all Kubernetes objects within the manifest of the Helm release.
 */
export interface HelmReleaseDriftDetectionIgnoreTarget {
  /**
   * AnnotationSelector is a string that follows the label selection expression
   * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api It matches with the resource
   * annotations.
   *
   * @default - none
   */
  readonly annotationSelector?: string;
  /**
   * Group is the API group to select resources from. Together with Version and Kind it is capable of
   * unambiguously identifying and/or selecting resources.
   * https://github.com/kubernetes/community/blob/master/contributors/design-proposals/api-machinery/api-group.md
   *
   * @default - none
   */
  readonly group?: string;
  /**
   * Kind of the API Group to select resources from. Together with Group and Version it is capable of
   * unambiguously identifying and/or selecting resources.
   * https://github.com/kubernetes/community/blob/master/contributors/design-proposals/api-machinery/api-group.md
   *
   * @default - none
   */
  readonly kind?: string;
  /**
   * LabelSelector is a string that follows the label selection expression
   * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api It matches with the resource
   * labels.
   *
   * @default - none
   */
  readonly labelSelector?: string;
  /**
   * Name to match resources with.
   *
   * @default - none
   */
  readonly name?: string;
  /**
   * Namespace to select resources from.
   *
   * @default - none
   */
  readonly namespace?: string;
  /**
   * Version of the API Group to select resources from. Together with Group and Kind it is capable of
   * unambiguously identifying and/or selecting resources.
   * https://github.com/kubernetes/community/blob/master/contributors/design-proposals/api-machinery/api-group.md
   *
   * @default - none
   */
  readonly version?: string;
}

/**
 * DependencyReference contains enough information to locate the referenced Kubernetes resource object and
 * optional CEL expression to assess its readiness.
 */
export interface HelmReleaseDependsOn {
  /** Name of the referent. */
  readonly name: string;
  /**
   * Namespace of the referent, defaults to the namespace of the resource object that contains the reference.
   *
   * @default - the namespace of the resource object that contains the reference
   */
  readonly namespace?: string;
  /**
   * ReadyExpr is a CEL expression that can be used to assess the readiness of a dependency. When specified, the
   * built-in readiness check is replaced by the logic defined in the CEL expression. To make the CEL expression
   * additive to the built-in readiness check, the feature gate `AdditiveCELDependencyCheck` must be set to
   * `true`.
   *
   * @default - none
   */
  readonly readyExpr?: string;
}

/**
 * CommonMetadata specifies the common labels and annotations that are applied to all resources. Any existing
 * label or annotation will be overridden if its key matches a common one.
 */
export interface HelmReleaseCommonMetadata {
  /**
   * Annotations to be added to the object's metadata.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Labels to be added to the object's metadata.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Chart defines the template of the v1.HelmChart that should be created for this HelmRelease. */
export interface HelmReleaseChart {
  /**
   * ObjectMeta holds the template for metadata like labels and annotations.
   *
   * @default - none
   */
  readonly metadata?: HelmReleaseChartMetadata;
  /** Spec holds the template for the v1.HelmChartSpec for this HelmRelease. */
  readonly spec: HelmReleaseChartSpec;
}

/** Spec holds the template for the v1.HelmChartSpec for this HelmRelease. */
export interface HelmReleaseChartSpec {
  /**
   * The name or path the Helm chart is available at in the SourceRef.
   *
   * Allowed: 1 to 2048 characters.
   */
  readonly chart: string;
  /**
   * IgnoreMissingValuesFiles controls whether to silently ignore missing values files rather than failing.
   *
   * @default false
   */
  readonly ignoreMissingValuesFiles?: boolean;
  /**
   * Interval at which to check the v1.Source for updates. Defaults to 'HelmReleaseSpec.Interval'.
   *
   * @default - the interval of the release
   */
  readonly interval?: FluxDuration;
  /**
   * Determines what enables the creation of a new artifact. Valid values are ('ChartVersion', 'Revision'). See
   * the documentation of the values for an explanation on their behavior. Defaults to ChartVersion when omitted.
   *
   * @default 'ChartVersion'
   */
  readonly reconcileStrategy?: 'ChartVersion' | 'Revision' | HelmReleaseSpecChartSpecReconcileStrategy;
  /** The name and namespace of the v1.Source the chart is available at. */
  readonly sourceRef: ObjectReference<'HelmRepository' | 'GitRepository' | 'Bucket' | HelmReleaseSpecChartSpecSourceRefKind>;
  /**
   * Alternative list of values files to use as the chart values (values.yaml is not included by default),
   * expected to be a relative path in the SourceRef. Values files are merged in the order of this list with the
   * last file overriding the first. Ignored when omitted.
   *
   * @default - the values.yaml of the chart
   */
  readonly valuesFiles?: readonly string[];
  /**
   * Verify contains the secret name containing the trusted public keys used to verify the signature and
   * specifies which provider to use to check whether OCI image is authentic. This field is only supported for
   * OCI sources. Chart dependencies, which are not bundled in the umbrella chart artifact, are not verified.
   *
   * @default - none
   */
  readonly verify?: HelmReleaseChartSpecVerify;
  /**
   * Version semver expression, ignored for charts from v1.GitRepository and v1beta2.Bucket sources. Defaults to
   * latest when omitted.
   *
   * @default '*'
   */
  readonly version?: string;
}

/**
 * Verify contains the secret name containing the trusted public keys used to verify the signature and specifies
 * which provider to use to check whether OCI image is authentic. This field is only supported for OCI sources.
 * Chart dependencies, which are not bundled in the umbrella chart artifact, are not verified.
 */
export interface HelmReleaseChartSpecVerify {
  /**
   * Provider specifies the technology used to sign the OCI Helm chart.
   *
   * @default 'cosign'
   */
  readonly provider?: 'cosign' | 'notation' | HelmReleaseSpecChartSpecVerifyProvider;
  /**
   * SecretRef specifies the Kubernetes Secret containing the trusted public keys.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
}

/** ObjectMeta holds the template for metadata like labels and annotations. */
export interface HelmReleaseChartMetadata {
  /**
   * Annotations is an unstructured key value map stored with a resource that may be set by external tools to
   * store and retrieve arbitrary metadata. They are not queryable and should be preserved when modifying
   * objects. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Map of string keys and values that can be used to organize and categorize (scope and select) objects. More
   * info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}
