import type { FluxDuration } from '../../flux/duration';
import type { OCIRepositoryFields } from '../../flux/generated/oci-repository';
import type { KustomizationFields } from '../../flux/kustomization';

/**
 * The artifact that a cluster is synced from: every field of an OCIRepository, under Flux's own names.
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
   * @default - it prunes, and is applied again every 10 minutes
   */
  readonly kustomization?: Partial<Omit<KustomizationFields, 'path' | 'sourceRef'>>;
}
