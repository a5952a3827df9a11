// Made by scripts/compile-schemas.mjs from crds/flux-2.9 (see NOTICE). Do not edit.
import type {
  ObjectReference,
} from '../references/reference';

/** The fields of an ExternalArtifact's spec. */
export interface ExternalArtifactFields {
  /**
   * SourceRef points to the Kubernetes custom resource for which the artifact is generated.
   *
   * @default - none
   */
  readonly sourceRef?: ObjectReference;
}
