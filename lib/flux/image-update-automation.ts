import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ImageUpdateAutomationFields } from './generated/image-update-automation';
import { referenceTo, type ObjectReference } from './references/reference';

/**
 * The props of an `ImageUpdateAutomation`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/image/imageupdateautomations/
 */
export interface ImageUpdateAutomationProps extends FluxObjectProps, ImageUpdateAutomationFields {}

/**
 * Commits new image tags to Git, in the fields that are marked with a policy.
 *
 * @see https://fluxcd.io/flux/components/image/imageupdateautomations/
 */
export class ImageUpdateAutomation extends FluxObject {
  /**
   * Refers to an ImageUpdateAutomation that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'ImageUpdateAutomation'> {
    return referenceTo('ImageUpdateAutomation', name, namespace);
  }

  declare readonly kind: 'ImageUpdateAutomation';
  /** The repository to commit to. */
  readonly sourceRef: ImageUpdateAutomationProps['sourceRef'];

  constructor(scope: Construct, id: string, props: ImageUpdateAutomationProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('ImageUpdateAutomation'), spec });
    this.sourceRef = spec.sourceRef;
  }
}
