/**
 * Typed cdk8s constructs for Flux repositories.
 *
 * @packageDocumentation
 */

// The roots
export { GitOpsApp, type GitOpsAppProps } from './app/gitops-app';
export { Cluster, type ClusterProps } from './delivery/cluster';

// What clusters run
export { FluxApp, type FluxAppProps, type KustomizationObjectProps } from './delivery/flux-app';
export { Manifests, type ManifestsFromFileOptions } from './delivery/manifests';
export {
  RemoteKustomization,
  type RemoteKustomizationProps,
  type RemoteSource,
} from './delivery/remote-kustomization';

// Secrets
export type { ClusterSops, PgpRecipientProps, SopsRecipients } from './delivery/cluster-sops';
export { SopsSecret, type SopsSecretOptions, type SopsSecretProps } from './delivery/sops-secret';
export { SecretValue } from './sops/values/secret-value';

// Flux's kinds
export { FluxObject, type FluxObjectProps } from './flux/flux-object';
export { Alert, type AlertProps } from './flux/alert';
export { ArtifactGenerator, type ArtifactGeneratorProps } from './flux/artifact-generator';
export { ExternalArtifact, type ExternalArtifactProps } from './flux/external-artifact';
export { GitRepository, type GitRepositoryProps } from './flux/git-repository';
export type { ImagePart } from './flux/image-marker';
export { ImagePolicy, type ImagePolicyChoice, type ImagePolicyProps } from './flux/image-policy';
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
export { Provider, type ProviderProps } from './flux/provider';
export { Receiver, type ReceiverProps } from './flux/receiver';
export { OrderedObject } from './flux/ordered-object';
export type { CompiledOrder, DependencyReference, Ordered } from './flux/ordered';
export type { DurationField, DurationText, FluxDuration } from './flux/duration';
export type { Fields } from './flux/fields';
export type { NamedReference, ObjectReference, ReferableConstruct } from './flux/reference';
export { report, setComment, setFile, setHeader } from './flux/side-data';

// Findings
export type { Finding, FindingInput, FindingLocation, ObjectIdentity, Severity } from './findings/finding';
export { FindingsError } from './findings/findings-error';
