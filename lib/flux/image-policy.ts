import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import type { Spelled } from './choice';
import type { FluxDuration } from './duration';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import { FLUX_NAMESPACE } from '../kinds/names';
import { appliedName, appliedNamespace } from './applied-identity';
import type { ImagePolicyFields } from './generated/image-policy';
import { withMarker, type ImagePart } from './variables/image-marker';
import { referenceTo, type ObjectReference } from './references/reference';

/** How Flux chooses the newest image: exactly one of these. */
export type ImagePolicyChoice = ImagePolicyFields['policy'];

/** An interval is allowed only if the digest is always looked up. */
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
 * Chooses the newest image of an ImageRepository, and marks the fields that contain it.
 *
 * @see https://fluxcd.io/flux/components/image/imagepolicies/
 */
export class ImagePolicy extends FluxObject {
  /**
   * Refers to an ImagePolicy that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
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
   * Text for a field that Flux's image automation keeps at the image of this policy. It works in every field of every
   * construct in a `FluxApp`: a container of cdk8s-plus, Helm values, `images` of a Kustomization. Synth keeps the
   * value that Flux wrote into the file, until you change the text here.
   *
   * @param text - the value of the field until Flux changes it for the first time: `ghcr.io/org/app:1.2.0`, or a part
   *   of it
   * @param part - which part of the image the field contains; by default, all of it
   */
  image(text: string, part?: ImagePart): string {
    const policy = `${appliedNamespace(this) ?? FLUX_NAMESPACE}:${appliedName(this)}`;
    return withMarker(text, part === undefined ? policy : `${policy}:${part}`);
  }
}
