import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import type { Spelled } from './choice';
import type { FluxDuration } from './duration';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import { FLUX_NAMESPACE } from '../kinds/names';
import type { ImagePolicyFields } from './generated/image-policy';
import { withMarker, type ImagePart } from './variables/image-marker';
import { referenceTo, type ObjectReference } from './references/reference';

/** How the newest image is chosen; exactly one way. */
export type ImagePolicyChoice = ImagePolicyFields['policy'];

/** The digest is looked up again at an interval only where it always is. */
export type DigestChoice =
  | {
      readonly digestReflectionPolicy: Spelled<ImagePolicyFields['digestReflectionPolicy'], 'Always'>;
      readonly interval: FluxDuration;
    }
  | {
      readonly digestReflectionPolicy?: Spelled<
        ImagePolicyFields['digestReflectionPolicy'],
        'IfNotPresent' | 'Never'
      >;
      readonly interval?: never;
    };

/**
 * The props of an `ImagePolicy`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/image/imagepolicies/
 */
export type ImagePolicyProps = FluxObjectProps & ImagePolicyFields & DigestChoice;

/**
 * Chooses the newest image of an ImageRepository, and marks the fields that hold it.
 *
 * @see https://fluxcd.io/flux/components/image/imagepolicies/
 */
export class ImagePolicy extends FluxObject {
  /**
   * Refers to an ImagePolicy that lives elsewhere.
   *
   * @param name - its name
   * @param namespace - its namespace; by default that of the object which refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'ImagePolicy'> {
    return referenceTo('ImagePolicy', name, namespace);
  }

  declare readonly kind: 'ImagePolicy';

  constructor(scope: Construct, id: string, props: ImagePolicyProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('ImagePolicy'), spec });
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
