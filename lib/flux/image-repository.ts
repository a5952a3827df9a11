import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ImageRepositoryFields } from './generated/image-repository';
import { referenceTo, type ObjectReference } from './references/reference';

/**
 * The props of an `ImageRepository`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/image/imagerepositories/
 */
export interface ImageRepositoryProps extends FluxObjectProps, ImageRepositoryFields {}

/**
 * A container image repository whose tags Flux scans.
 *
 * @see https://fluxcd.io/flux/components/image/imagerepositories/
 */
export class ImageRepository extends FluxObject {
  /**
   * Refers to an ImageRepository that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'ImageRepository'> {
    return referenceTo('ImageRepository', name, namespace);
  }

  declare readonly kind: 'ImageRepository';

  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('ImageRepository'), spec });
  }
}
