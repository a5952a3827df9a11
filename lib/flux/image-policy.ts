import type { Construct } from 'constructs';
import type { ImagePolicySpec } from '../../imports/image.toolkit.fluxcd.io';
import type { Fields } from './fields';
import { FLUX_NAMESPACE, FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import { withMarker, type ImagePart } from './image-marker';

/** How the newest image is chosen; exactly one way. */
export type ImagePolicyChoice =
  | {
      /** By semantic version, within a range such as `>=1.0.0` or `6.9.x`. */
      readonly semver: { readonly range: string };
    }
  | {
      /** By alphabet, as for dates. */
      readonly alphabetical: { readonly order?: 'asc' | 'desc' };
    }
  | {
      /** By number, as for build numbers. */
      readonly numerical: { readonly order?: 'asc' | 'desc' };
    };

/**
 * What an `ImagePolicy` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/image/imagepolicies/
 */
export interface ImagePolicyProps extends FluxObjectProps, Omit<Fields<ImagePolicySpec>, 'policy'> {
  /** How the newest image is chosen. */
  readonly policy: ImagePolicyChoice;
}

/**
 * Chooses the newest image of an ImageRepository, and marks the fields that hold it.
 *
 * @see https://fluxcd.io/flux/components/image/imagepolicies/
 */
export class ImagePolicy extends FluxObject {
  declare readonly kind: 'ImagePolicy';

  constructor(scope: Construct, id: string, props: ImagePolicyProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImagePolicy' }, metadata, spec);
  }

  /**
   * Text for an image field whose value Flux's image automation is to keep at this policy's choice. It works in every
   * field of every construct in a `FluxApp`: a container of cdk8s-plus, Helm values, `images` of a Kustomization. What
   * Flux wrote into the published file since stays, until the text here changes.
   *
   * @param text - what the field holds before Flux first changes it: `ghcr.io/org/app:1.2.0`, or a part of it
   * @param part - which part of the image the field holds; by default all of it
   */
  image(text: string, part?: ImagePart): string {
    const policy = `${this.metadata.namespace ?? FLUX_NAMESPACE}:${this.name}`;
    return withMarker(text, part === undefined ? policy : `${policy}:${part}`);
  }
}
