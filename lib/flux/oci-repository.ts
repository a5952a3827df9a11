import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { OCIRepositoryFields } from './generated/oci-repository';
import { referenceTo, type ObjectReference } from './references/reference';

/**
 * The props of an `OCIRepository`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export interface OCIRepositoryProps extends FluxObjectProps, OCIRepositoryFields {}

/**
 * An artifact in a container registry that Flux fetches: manifests, or a Helm chart.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
export class OCIRepository extends FluxObject {
  /**
   * Refers to an OCIRepository that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'OCIRepository'> {
    return referenceTo('OCIRepository', name, namespace);
  }

  declare readonly kind: 'OCIRepository';

  constructor(scope: Construct, id: string, props: OCIRepositoryProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('OCIRepository'), spec });
  }
}
