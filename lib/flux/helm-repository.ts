import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { HelmRepositoryFields } from './generated/helm-repository';
import { referenceTo, type ObjectReference } from './references/reference';

/**
 * The props of a `HelmRepository`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
export interface HelmRepositoryProps extends FluxObjectProps, HelmRepositoryFields {}

/**
 * A Helm chart repository, served over HTTP or by a container registry.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
export class HelmRepository extends FluxObject {
  /**
   * Refers to a HelmRepository that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'HelmRepository'> {
    return referenceTo('HelmRepository', name, namespace);
  }

  declare readonly kind: 'HelmRepository';

  constructor(scope: Construct, id: string, props: HelmRepositoryProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('HelmRepository'), spec });
  }
}
