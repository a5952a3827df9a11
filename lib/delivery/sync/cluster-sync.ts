import type { FluxDuration } from '../../flux/duration';
import type { OCIRepositoryFields } from '../../flux/generated/oci-repository';
import type { KustomizationFields } from '../../flux/kustomization';

/**
 * The artifact that a cluster syncs from: every field of an OCIRepository, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export interface ClusterSync extends Omit<OCIRepositoryFields, 'interval' | 'suspend'> {
  /** The kind of the source. */
  readonly kind: 'OCIRepository';
  /**
   * How often Flux looks for a new artifact.
   *
   * @default '1m'
   */
  readonly interval?: FluxDuration;
  /**
   * Fields of the Kustomization that applies the entry path.
   *
   * @default - Flux applies the entry path every 10 minutes, and prunes
   */
  readonly kustomization?: Partial<Omit<KustomizationFields, 'path' | 'sourceRef'>>;
}
