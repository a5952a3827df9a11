import type { Construct } from 'constructs';
import type { ImageUpdateAutomationSpec } from '../../imports/image.toolkit.fluxcd.io';
import type { Fields } from './fields';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';

/**
 * What an `ImageUpdateAutomation` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/image/imageupdateautomations/
 */
export interface ImageUpdateAutomationProps extends FluxObjectProps, Fields<ImageUpdateAutomationSpec> {}

/**
 * Commits new image tags to Git, in the fields that are marked with a policy.
 *
 * @see https://fluxcd.io/flux/components/image/imageupdateautomations/
 */
export class ImageUpdateAutomation extends FluxObject {
  declare readonly kind: 'ImageUpdateAutomation';

  constructor(scope: Construct, id: string, props: ImageUpdateAutomationProps) {
    const [metadata, spec] = splitProps(props);
    super(
      scope,
      id,
      { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImageUpdateAutomation' },
      metadata,
      spec,
    );
  }
}
