// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
  KustomizationSpecBuildMetadata,
  KustomizationSpecDecryptionProvider,
  KustomizationSpecDeletionPolicy,
  KustomizationSpecPostBuildSubstituteFromKind,
  KustomizationSpecPostBuildSubstituteStrategy,
  KustomizationSpecSourceRefKind,
} from '../../../imports/kustomize.toolkit.fluxcd.io';
import type {
  ExactlyOne,
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

/** The fields of a Kustomization's spec. */
export interface KustomizationFields {
  /**
   * BuildMetadata specifies which kustomize build metadata should be added to the built resources. The allowed
   * values are 'originAnnotations' to annotate resources with their source origin, and 'transformerAnnotations'
   * to annotate resources with the transformers that produced them.
   *
   * @default - none
   */
  readonly buildMetadata?: readonly ('originAnnotations' | 'transformerAnnotations' | KustomizationSpecBuildMetadata)[];
  /**
   * CommonMetadata specifies the common labels and annotations that are applied to all resources. Any existing
   * label or annotation will be overridden if its key matches a common one.
   *
   * @default - none
   */
  readonly commonMetadata?: KustomizationCommonMetadata;
  /**
   * Components specifies relative paths to kustomize Components.
   *
   * @default - none
   */
  readonly components?: readonly string[];
  /**
   * Decrypt Kubernetes secrets before applying them on the cluster.
   *
   * @default - none
   */
  readonly decryption?: KustomizationDecryption;
  /**
   * DeletionPolicy can be used to control garbage collection when this Kustomization is deleted. Valid values
   * are ('MirrorPrune', 'Delete', 'WaitForTermination', 'Orphan'). 'MirrorPrune' mirrors the Prune field (orphan
   * if false, delete if true). Defaults to 'MirrorPrune'.
   *
   * @default 'MirrorPrune'
   */
  readonly deletionPolicy?: 'MirrorPrune' | 'Delete' | 'WaitForTermination' | 'Orphan' | KustomizationSpecDeletionPolicy;
  /**
   * DependsOn may contain a DependencyReference slice with references to Kustomization resources that must be
   * ready before this Kustomization can be reconciled.
   *
   * @default - none
   */
  readonly dependsOn?: readonly KustomizationDependsOn[];
  /**
   * Force instructs the controller to recreate resources when patching fails due to an immutable field change.
   *
   * @default false
   */
  readonly force?: boolean;
  /**
   * HealthCheckExprs is a list of healthcheck expressions for evaluating the health of custom resources using
   * Common Expression Language (CEL). The expressions are evaluated only when Wait or HealthChecks are
   * specified.
   *
   * @default - none
   */
  readonly healthCheckExprs?: readonly KustomizationHealthCheckExprs[];
  /**
   * A list of resources to be included in the health assessment.
   *
   * @default - none
   */
  readonly healthChecks?: readonly ObjectReference[];
  /**
   * Ignore is a list of rules for specifying which changes to ignore during drift detection. These rules are
   * applied to the resources managed by the Kustomization and are used to exclude specific JSON pointer paths
   * from the drift detection and apply process.
   *
   * @default - none
   */
  readonly ignore?: readonly KustomizationIgnore[];
  /**
   * IgnoreMissingComponents instructs the controller to ignore Components paths not found in source by removing
   * them from the generated kustomization.yaml before running kustomize build.
   *
   * @default false
   */
  readonly ignoreMissingComponents?: boolean;
  /**
   * Images is a list of (image name, new name, new tag or digest) for changing image names, tags or digests.
   * This can also be achieved with a patch, but this operator is simpler to specify.
   *
   * @default - none
   */
  readonly images?: readonly KustomizationImages[];
  /**
   * The interval at which to reconcile the Kustomization. This interval is approximate and may be subject to
   * jitter to ensure efficient use of resources.
   */
  readonly interval: FluxDuration;
  /**
   * The KubeConfig for reconciling the Kustomization on a remote cluster. When used in combination with
   * KustomizationSpec.ServiceAccountName, forces the controller to act on behalf of that Service Account at the
   * target cluster. If the --default-service-account flag is set, its value will be used as a controller level
   * fallback for when KustomizationSpec.ServiceAccountName is empty.
   *
   * @default - the cluster that Flux runs in
   */
  readonly kubeConfig?: ExactlyOne<KustomizationKubeConfig, 'configMapRef' | 'secretRef'>;
  /**
   * NamePrefix will prefix the names of all managed resources.
   *
   * Allowed: 1 to 200 characters.
   *
   * @default - none
   */
  readonly namePrefix?: string;
  /**
   * NameSuffix will suffix the names of all managed resources.
   *
   * Allowed: 1 to 200 characters.
   *
   * @default - none
   */
  readonly nameSuffix?: string;
  /**
   * Strategic merge and JSON patches, defined as inline YAML objects, capable of targeting objects based on
   * kind, label and annotation selectors.
   *
   * @default - none
   */
  readonly patches?: readonly KustomizationPatches[];
  /**
   * Path to the directory containing the kustomization.yaml file, or the set of plain YAMLs a kustomization.yaml
   * should be generated for. Defaults to 'None', which translates to the root path of the SourceRef.
   *
   * @default - the root of the source
   */
  readonly path?: string;
  /**
   * PostBuild describes which actions to perform on the YAML manifest generated by building the kustomize
   * overlay.
   *
   * @default - none
   */
  readonly postBuild?: KustomizationPostBuild;
  /** Prune enables garbage collection. */
  readonly prune: boolean;
  /**
   * The interval at which to retry a previously failed reconciliation. When not specified, the controller uses
   * the KustomizationSpec.Interval value to retry failures.
   *
   * @default - the interval
   */
  readonly retryInterval?: FluxDuration;
  /**
   * The name of the Kubernetes service account to impersonate when reconciling this Kustomization.
   *
   * @default - the account of the controller
   */
  readonly serviceAccountName?: NameOrReference;
  /** Reference of the source where the kustomization file is. */
  readonly sourceRef: ObjectReference<'OCIRepository' | 'GitRepository' | 'Bucket' | 'ExternalArtifact' | KustomizationSpecSourceRefKind>;
  /**
   * This flag tells the controller to suspend subsequent kustomize executions, it does not apply to already
   * started executions. Defaults to false.
   *
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * TargetNamespace sets or overrides the namespace in the kustomization.yaml file.
   *
   * Allowed: 1 to 63 characters.
   *
   * @default - the namespaces of the objects
   */
  readonly targetNamespace?: string;
  /**
   * Timeout for validation, apply and health checking operations. Defaults to 'Interval' duration.
   *
   * @default - the interval
   */
  readonly timeout?: FluxDuration;
  /**
   * Wait instructs the controller to check the health of all the reconciled resources. When enabled, the
   * HealthChecks are ignored. Defaults to false.
   *
   * @default false
   */
  readonly wait?: boolean;
}

/** PostBuild describes which actions to perform on the YAML manifest generated by building the kustomize overlay. */
export interface KustomizationPostBuild {
  /**
   * Substitute holds a map of key/value pairs. The variables defined in your YAML manifests that match any of
   * the keys defined in the map will be substituted with the set value. Includes support for bash string
   * replacement functions e.g. ${var:=default}, ${var:position} and ${var/substring/replacement}.
   *
   * @default - none
   */
  readonly substitute?: Readonly<Record<string, string>>;
  /**
   * SubstituteFrom holds references to ConfigMaps and Secrets containing the variables and their values to be
   * substituted in the YAML manifests. The ConfigMap and the Secret data keys represent the var names, and they
   * must match the vars declared in the manifests for the substitution to happen.
   *
   * @default - none
   */
  readonly substituteFrom?: readonly KustomizationPostBuildSubstituteFrom[];
  /**
   * SubstituteStrategy defines the strategy for substituting variables in the YAML manifests. Valid values are:
   * - WithVariables (the default): require at least one variable to be defined, either through the inline map or
   * through the resolved references to ConfigMaps and Secrets. - Always: perform the substitution even if no
   * variables are defined.
   *
   * @default 'WithVariables'
   */
  readonly substituteStrategy?: 'WithVariables' | 'Always' | KustomizationSpecPostBuildSubstituteStrategy;
}

/** SubstituteReference contains a reference to a resource containing the variables name and value. */
export interface KustomizationPostBuildSubstituteFrom {
  /** Kind of the values referent, valid values are ('Secret', 'ConfigMap'). */
  readonly kind: 'Secret' | 'ConfigMap' | KustomizationSpecPostBuildSubstituteFromKind;
  /**
   * Name of the values referent. Should reside in the same namespace as the referring resource.
   *
   * Allowed: 1 to 253 characters.
   */
  readonly name: string;
  /**
   * Optional indicates whether the referenced resource must exist, or whether to tolerate its absence. If true
   * and the referenced resource is absent, proceed as if the resource was present but empty, without any
   * variables defined.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** Patch contains an inline StrategicMerge or JSON6902 patch, and the target the patch should be applied to. */
export interface KustomizationPatches {
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
  readonly target?: KustomizationPatchesTarget;
}

/** Target points to the resources that the patch document should be applied to. */
export interface KustomizationPatchesTarget {
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
 * The KubeConfig for reconciling the Kustomization on a remote cluster. When used in combination with
 * KustomizationSpec.ServiceAccountName, forces the controller to act on behalf of that Service Account at the
 * target cluster. If the --default-service-account flag is set, its value will be used as a controller level
 * fallback for when KustomizationSpec.ServiceAccountName is empty.
 */
export interface KustomizationKubeConfig {
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
  readonly secretRef?: KustomizationKubeConfigSecretRef;
}

/**
 * SecretRef holds an optional name of a secret that contains a key with the kubeconfig file as the value. If no
 * key is set, the key will default to 'value'. Mutually exclusive with ConfigMapRef. It is recommended that the
 * kubeconfig is self-contained, and the secret is regularly updated if credentials such as a cloud-access-token
 * expire. Cloud specific `cmd-path` auth helpers will not function without adding binaries and credentials to
 * the Pod that is responsible for reconciling Kubernetes resources. Supported only for the generic provider.
 */
export interface KustomizationKubeConfigSecretRef {
  /**
   * Key in the Secret, when not specified an implementation-specific default key is used.
   *
   * @default - value, otherwise value.yaml
   */
  readonly key?: string;
  /** Name of the Secret. */
  readonly name: string;
}

/** Image contains an image name, a new name, a new tag or digest, which will replace the original name and tag. */
export interface KustomizationImages {
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

/** IgnoreRule defines a rule to selectively disregard specific changes during the drift detection process. */
export interface KustomizationIgnore {
  /** Paths is a list of JSON Pointer (RFC 6901) paths to be excluded from consideration in a Kubernetes object. */
  readonly paths: readonly string[];
  /**
   * Target is a selector for specifying Kubernetes objects to which this rule applies. If Target is not set, the
   * Paths will be ignored for all Kubernetes objects within the manifest of the Kustomization.
   *
   * @default - none
   */
  readonly target?: KustomizationIgnoreTarget;
}

/**
 * Target is a selector for specifying Kubernetes objects to which this rule applies. If Target is not set, the
 * Paths will be ignored for all Kubernetes objects within the manifest of the Kustomization.
 */
export interface KustomizationIgnoreTarget {
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

/** CustomHealthCheck defines the health check for custom resources. */
export interface KustomizationHealthCheckExprs {
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
 * DependencyReference contains enough information to locate the referenced Kubernetes resource object and
 * optional CEL expression to assess its readiness.
 */
export interface KustomizationDependsOn {
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

/** Decrypt Kubernetes secrets before applying them on the cluster. */
export interface KustomizationDecryption {
  /** Provider is the name of the decryption engine. */
  readonly provider: 'sops' | KustomizationSpecDecryptionProvider;
  /**
   * The secret name containing the private OpenPGP keys used for decryption. A static credential for a cloud
   * provider defined inside the Secret takes priority to secret-less authentication with the ServiceAccountName
   * field.
   *
   * @default - none
   */
  readonly secretRef?: SecretReference;
  /**
   * ServiceAccountName is the name of the service account used to authenticate with KMS services from cloud
   * providers. If a static credential for a given cloud provider is defined inside the Secret referenced by
   * SecretRef, that static credential takes priority.
   *
   * @default - none
   */
  readonly serviceAccountName?: NameOrReference;
}

/**
 * CommonMetadata specifies the common labels and annotations that are applied to all resources. Any existing
 * label or annotation will be overridden if its key matches a common one.
 */
export interface KustomizationCommonMetadata {
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
