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

// Flux's kinds
export { FluxObject, type FluxObjectProps } from './flux/flux-object';
export { GitRepository, type GitRepositoryProps } from './flux/git-repository';
export {
  Kustomization,
  type HasKustomization,
  type KustomizationDependency,
  type KustomizationFields,
  type KustomizationProps,
  type KustomizationSourceKind,
} from './flux/kustomization';
export { OrderedObject, type CompiledOrder, type DependencyReference } from './flux/ordered-object';
export type { DurationField, DurationText, FluxDuration } from './flux/duration';
export type { Fields } from './flux/fields';
export type { NamedReference, ObjectReference } from './flux/reference';
export { report, setComment, setFile, setHeader } from './flux/side-data';

// Findings
export type { Finding, FindingInput, FindingLocation, ObjectIdentity, Severity } from './findings/finding';
export { FindingsError } from './findings/findings-error';
